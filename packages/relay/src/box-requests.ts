/**
 * What an admitted device may ask of its box. Writes go to the store in the order in which they came and are answered in
 * that order, once durable; then those who follow the box hear of them. Source: protocol section 2.16.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { never } from '@alongside/base/assert.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Result } from '@alongside/base/result.ts'
import { ownerOpBytes, ownerRekeyBytes, receiptBytes, type OwnerOp } from '@alongside/wire/auth.ts'
import { CLOSE, isEnvelopeSize, LIVE_BURST, LIVE_PER_SECOND, MAX_ENVELOPES } from '@alongside/wire/limits.ts'
import type { DeviceFrame, DeviceFrameBody } from '@alongside/wire/messages.ts'
import type { Refusal } from '@alongside/wire/refusals.ts'
import type { SessionWorld } from './box-session.ts'
import type { Connection } from './connection.ts'
import { whereOf } from './events.ts'
import type { Member } from './hub.ts'
import { isSignedBy } from './keys.ts'
import { createBucket, type Bucket } from './limits.ts'
import type { Access, DraftPut, Placement, Rekey, StateOfBox } from './store/port.ts'

export interface Admitted {
  readonly world: SessionWorld
  readonly connection: Connection
  readonly member: Member
  readonly boxId: Id
  readonly ownerPk: Bytes | null
  /** Whether the capability was the newest when it was admitted; a rekey closes the connection. */
  readonly isNewest: boolean
}

/** Rekeys and owner operations, which cost a signature check each and wait for no quota. */
const LIVE_RATE = { perSecond: LIVE_PER_SECOND, burst: LIVE_BURST }
const CONTROL_RATE = { perSecond: 1, burst: 20 }
/** Bytes of entries in one frame of a `range`. */
const PART_BYTES = 262_144

/** One object a connection and no closures of its own, since there are thousands of connections that say nothing. */
export class BoxRequests {
  readonly #line: Admitted
  #live: Bucket | null = null
  #control: Bucket | null = null
  #ranges: Promise<void> | null = null

  constructor(line: Admitted) {
    this.#line = line
  }

  /** Runs until answered; a bug ends the connection and tells nobody what was in it. */
  #answer(work: Promise<void>): void {
    const { connection, world } = this.#line
    const done = connection.began()
    work.then(done, (error: unknown) => {
      done()
      world.report({ type: 'Bug', where: whereOf(error) })
      connection.abandon()
    })
  }

  async #access(): Promise<Access> {
    const { boxId, member, ownerPk, world } = this.#line
    const found = await world.store.boxes.access(boxId, member.capIndex)
    // The tombstone of an ended box can run out under an open connection.
    return found ?? { ...EMPTY, ownerPk }
  }

  /** The others hear of it at once; the answer keeps its place and leaves when its receipt is signed. */
  #placed(type: 'appended' | 'rekeyed', request: number, placement: Placement): Promise<void> {
    const { boxId, connection, member, world } = this.#line
    const { seqs, head } = placement
    const send = connection.sendSoon()
    world.hub.arrived(boxId, placement, member)
    return world.key
      .signAside(receiptBytes(boxId, head))
      .then((receipt) => send({ type, request, body: { seqs, hash: head.hash, receipt } }))
  }

  #append(request: number, { envelopes }: DeviceFrameBody<'append'>): Promise<void> {
    const { boxId, connection, member, world } = this.#line
    return world.store.boxes.append({ boxId, capIndex: member.capIndex, envelopes }).then((result) => {
      if (result.ok) return this.#placed('appended', request, result.value)
      return connection.refuse(request, result.error)
    })
  }

  /** Who vouches for a rekey, or null when nobody rightly does. */
  #voucher(rekey: DeviceFrameBody<'rekey'>): Rekey['by'] | null {
    const { boxId, ownerPk, world } = this.#line
    const { ownerSig, expectedHash } = rekey
    if (ownerPk === null) return ownerSig === null && expectedHash !== null ? { type: 'head', expectedHash } : null
    if (ownerSig === null || expectedHash !== null) return null
    return isSignedBy(ownerPk, ownerRekeyBytes(world.key.publicKey, boxId, rekey), ownerSig) ? { type: 'owner' } : null
  }

  #rekey(request: number, body: DeviceFrameBody<'rekey'>): Promise<void> | null {
    const { boxId, connection, member, world } = this.#line
    const { envelopes, newCapIndex, newCapPk, extend } = body
    if (envelopes.length === 0 || !envelopes.every((envelope) => isEnvelopeSize(envelope.length))) {
      connection.reject({ type: 'Malformed' }, CLOSE.malformed)
      return null
    }
    const by = this.#voucher(body)
    if (by === null) {
      connection.refuse(request, { type: 'OwnerMustSign' })
      return null
    }
    return world.store.boxes
      .rekey({ boxId, capIndex: member.capIndex, envelopes, newCapIndex, newCapPk, extend, by })
      .then((result) => {
        if (!result.ok) return connection.refuse(request, result.error)
        const answered = this.#placed('rekeyed', request, result.value)
        world.hub.supersede(boxId, newCapIndex)
        return answered
      })
  }

  async #range(request: number, { from, limit }: DeviceFrameBody<'range'>): Promise<void> {
    const { boxId, connection, world } = this.#line
    const { readable } = await this.#access()
    let next = Math.max(1, from)
    const end = Math.min(readable.seq, next + limit - 1)
    while (next <= end && connection.isOpen()) {
      const to = Math.min(end, next + MAX_ENVELOPES - 1)
      const envelopes = await world.store.boxes.range(boxId, { from: next, to, maxBytes: PART_BYTES })
      if (envelopes.length === 0) break
      connection.send({ type: 'entries', request, body: { firstSeq: next, envelopes } })
      next += envelopes.length
      await connection.room()
    }
    connection.send({ type: 'rangeEnd', request, body: { next, seq: readable.seq } })
  }

  async #head(type: 'headIs' | 'subscribed', request: number): Promise<void> {
    const { boxId, connection, world } = this.#line
    const { readable } = await this.#access()
    connection.send({ type, request, body: { ...readable, receipt: world.key.sign(receiptBytes(boxId, readable)) } })
  }

  #putDraft(request: number, put: Omit<DraftPut, 'boxId' | 'capIndex'>): Promise<void> {
    const { boxId, connection, member, world } = this.#line
    return world.store.boxes.putDraft({ boxId, capIndex: member.capIndex, ...put }).then((result) => {
      if (result.ok) connection.send({ type: 'draftStored', request, body: { version: result.value.version } })
      else if (result.error.type === 'DraftConflict')
        connection.send({ type: 'draftConflict', request, body: result.error.draft })
      else connection.refuse(request, result.error)
    })
  }

  #ownerOp(
    request: number,
    owner: OwnerOp & { readonly counter: number; readonly ownerSig: Bytes },
    act: () => Promise<Result<StateOfBox, Refusal>>,
  ): Promise<void> | null {
    const { boxId, connection, ownerPk, world } = this.#line
    const message = ownerOpBytes(world.key.publicKey, boxId, owner)
    if (ownerPk === null || !isSignedBy(ownerPk, message, owner.ownerSig)) {
      connection.refuse(request, { type: 'OwnerMustSign' })
      return null
    }
    return act().then((result) => {
      if (!result.ok) return connection.refuse(request, result.error)
      connection.send({ type: 'ownerDone', request, body: result.value })
      world.hub.stateChanged(boxId, result.value)
    })
  }

  /** Runs work that only the newest capability may do. */
  async #ifNewest(request: number, work: () => Promise<void>): Promise<void> {
    const { connection, isNewest } = this.#line
    if (isNewest) return work()
    connection.refuse(request, { type: 'Superseded', newestCapIndex: (await this.#access()).newestCapIndex })
  }

  #controlled(request: number, work: () => Promise<void> | null): void {
    const { connection, world } = this.#line
    const retryAfterMs = (this.#control ??= createBucket(CONTROL_RATE)).take(world.clock.now())
    if (retryAfterMs !== null) return connection.refuse(request, { type: 'TooFast', retryAfterMs })
    const running = work()
    if (running !== null) this.#answer(running)
  }

  handle(frame: DeviceFrame): void {
    const { boxId, connection, isNewest, member, world } = this.#line
    const { request } = frame
    switch (frame.type) {
      case 'append':
        return this.#answer(this.#append(request, frame.body))
      case 'rekey':
        return this.#controlled(request, () => this.#rekey(request, frame.body))
      case 'range':
        this.#ranges = (this.#ranges ?? Promise.resolve()).then(() => this.#range(request, frame.body))
        return this.#answer(this.#ranges)
      case 'subscribe':
        return this.#answer(
          this.#ifNewest(request, () => {
            member.subscribe()
            return this.#head('subscribed', request)
          }),
        )
      case 'head':
        return this.#answer(this.#head('headIs', request))
      case 'draftPut':
        return this.#answer(this.#putDraft(request, frame.body))
      case 'draftDelete':
        return this.#answer(this.#putDraft(request, { ...frame.body, bytes: null }))
      case 'draftGet':
        return this.#answer(
          this.#ifNewest(request, async () => {
            const body = await world.store.boxes.draft(boxId, frame.body.draftId)
            connection.send({ type: 'draftIs', request, body })
          }),
        )
      case 'live': {
        const retryAfterMs = (this.#live ??= createBucket(LIVE_RATE)).take(world.clock.now())
        if (retryAfterMs !== null) return connection.refuse(request, { type: 'TooFast', retryAfterMs })
        if (isNewest) world.hub.live(boxId, frame.body.bytes, member)
        return
      }
      case 'end': {
        const { now, counter } = frame.body
        return this.#controlled(request, () =>
          this.#ownerOp(request, { op: 'end', ...frame.body }, () =>
            world.store.boxes.end(boxId, { when: now ? 'now' : 'afterSevenDays', counter }),
          ),
        )
      }
      case 'takeBackEnd':
        return this.#controlled(request, () =>
          this.#ownerOp(request, { op: 'takeBackEnd', ...frame.body }, () =>
            world.store.boxes.takeBackEnd(boxId, frame.body.counter),
          ),
        )
      case 'hello':
      case 'prove':
        return connection.reject({ type: 'Malformed' }, CLOSE.malformed)
      default:
        return never(frame)
    }
  }
}

const EMPTY: Omit<Access, 'ownerPk'> = {
  capPk: new Uint8Array(32),
  ownerCounter: 0,
  newestCapIndex: 0,
  readable: { seq: 0, hash: new Uint8Array(32) },
  state: 'ended',
  daysLeft: 0,
}
