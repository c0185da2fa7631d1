/**
 * What an admitted device may ask of its box. Writes go to the store in the order in which they came and are answered in
 * that order, once durable; then those who follow the box hear of them. Source: protocol section 2.16.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { never } from '@alongside/base/assert.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Result } from '@alongside/base/result.ts'
import { ownerOpBytes, ownerRekeyBytes, type OwnerOp } from '@alongside/wire/auth.ts'
import type { Head } from '@alongside/wire/chain.ts'
import { CLOSE, isEnvelopeSize, LIVE_BURST, LIVE_PER_SECOND, MAX_ENVELOPES } from '@alongside/wire/limits.ts'
import type { DeviceFrame, DeviceFrameBody } from '@alongside/wire/messages.ts'
import type { Refusal } from '@alongside/wire/refusals.ts'
import type { SessionWorld } from './box-session.ts'
import type { Connection } from './connection.ts'
import { whereOf } from './events.ts'
import type { Member } from './hub.ts'
import { isSignedBy } from './keys.ts'
import { createBucket } from './limits.ts'
import type { Access, DraftPut, Placement, Rekey, StateOfBox } from './store/port.ts'

export interface Requests {
  handle(frame: DeviceFrame): void
}

export interface Admitted {
  readonly world: SessionWorld
  readonly connection: Connection
  readonly member: Member
  readonly boxId: Id
  readonly ownerPk: Bytes | null
  /** Whether the capability was the newest when it was admitted; a rekey closes the connection. */
  readonly isNewest: boolean
  readonly sign: (head: Head) => Bytes
  /** The same receipt, made while others are served. */
  readonly signAside: (head: Head) => Promise<Bytes>
  subscribe(): void
}

/** Rekeys and owner operations, which cost a signature check each and wait for no quota. */
const CONTROL_RATE = { perSecond: 1, burst: 20 }
/** Bytes of entries in one frame of a `range`. */
const PART_BYTES = 262_144

export function createRequests(admitted: Admitted): Requests {
  const { world, connection, member, boxId, ownerPk, isNewest, sign, signAside } = admitted
  const { store, hub, key, clock } = world
  const live = createBucket({ perSecond: LIVE_PER_SECOND, burst: LIVE_BURST })
  const control = createBucket(CONTROL_RATE)
  let ranges: Promise<void> = Promise.resolve()

  /** Runs until answered; a bug ends the connection and tells nobody what was in it. */
  function answer(work: Promise<void>): void {
    const done = connection.began()
    work.then(done, (error: unknown) => {
      done()
      world.report({ type: 'Bug', where: whereOf(error) })
      connection.abandon()
    })
  }

  const access = async (): Promise<Access> => {
    const found = await store.boxes.access(boxId, member.capIndex)
    // The tombstone of an ended box can run out under an open connection.
    return found ?? { ...EMPTY, ownerPk }
  }

  /** The others hear of it at once; the answer keeps its place and leaves when its receipt is signed. */
  function placed(type: 'appended' | 'rekeyed', request: number, placement: Placement): Promise<void> {
    const { seqs, head } = placement
    const send = connection.sendSoon()
    hub.arrived(boxId, placement, member)
    return signAside(head).then((receipt) => send({ type, request, body: { seqs, hash: head.hash, receipt } }))
  }

  function append(request: number, { envelopes }: DeviceFrameBody<'append'>): Promise<void> {
    return store.boxes.append({ boxId, capIndex: member.capIndex, envelopes }).then((result) => {
      if (result.ok) return placed('appended', request, result.value)
      return connection.refuse(request, result.error)
    })
  }

  /** Who vouches for a rekey, or null when nobody rightly does. */
  function voucher(rekey: DeviceFrameBody<'rekey'>): Rekey['by'] | null {
    const { ownerSig, expectedHash } = rekey
    if (ownerPk === null) return ownerSig === null && expectedHash !== null ? { type: 'head', expectedHash } : null
    if (ownerSig === null || expectedHash !== null) return null
    return isSignedBy(ownerPk, ownerRekeyBytes(key.publicKey, boxId, rekey), ownerSig) ? { type: 'owner' } : null
  }

  function rekey(request: number, body: DeviceFrameBody<'rekey'>): Promise<void> | null {
    const { envelopes, newCapIndex, newCapPk, extend } = body
    if (envelopes.length === 0 || !envelopes.every((envelope) => isEnvelopeSize(envelope.length))) {
      connection.reject({ type: 'Malformed' }, CLOSE.malformed)
      return null
    }
    const by = voucher(body)
    if (by === null) {
      connection.refuse(request, { type: 'OwnerMustSign' })
      return null
    }
    return store.boxes
      .rekey({ boxId, capIndex: member.capIndex, envelopes, newCapIndex, newCapPk, extend, by })
      .then((result) => {
        if (!result.ok) return connection.refuse(request, result.error)
        const answered = placed('rekeyed', request, result.value)
        hub.supersede(boxId, newCapIndex)
        return answered
      })
  }

  async function range(request: number, { from, limit }: DeviceFrameBody<'range'>): Promise<void> {
    const { readable } = await access()
    let next = Math.max(1, from)
    const end = Math.min(readable.seq, next + limit - 1)
    while (next <= end && connection.isOpen()) {
      const to = Math.min(end, next + MAX_ENVELOPES - 1)
      const envelopes = await store.boxes.range(boxId, { from: next, to, maxBytes: PART_BYTES })
      if (envelopes.length === 0) break
      connection.send({ type: 'entries', request, body: { firstSeq: next, envelopes } })
      next += envelopes.length
      await connection.room()
    }
    connection.send({ type: 'rangeEnd', request, body: { next, seq: readable.seq } })
  }

  async function head(type: 'headIs' | 'subscribed', request: number): Promise<void> {
    const { readable } = await access()
    connection.send({ type, request, body: { ...readable, receipt: sign(readable) } })
  }

  function putDraft(request: number, put: Omit<DraftPut, 'boxId' | 'capIndex'>): Promise<void> {
    return store.boxes.putDraft({ boxId, capIndex: member.capIndex, ...put }).then((result) => {
      if (result.ok) connection.send({ type: 'draftStored', request, body: { version: result.value.version } })
      else if (result.error.type === 'DraftConflict')
        connection.send({ type: 'draftConflict', request, body: result.error.draft })
      else connection.refuse(request, result.error)
    })
  }

  function ownerOp(
    request: number,
    owner: OwnerOp & { readonly counter: number; readonly ownerSig: Bytes },
    act: () => Promise<Result<StateOfBox, Refusal>>,
  ): Promise<void> | null {
    const message = ownerOpBytes(key.publicKey, boxId, owner)
    if (ownerPk === null || !isSignedBy(ownerPk, message, owner.ownerSig)) {
      connection.refuse(request, { type: 'OwnerMustSign' })
      return null
    }
    return act().then((result) => {
      if (!result.ok) return connection.refuse(request, result.error)
      connection.send({ type: 'ownerDone', request, body: result.value })
      hub.stateChanged(boxId, result.value)
    })
  }

  /** Runs work that only the newest capability may do. */
  async function ifNewest(request: number, work: () => Promise<void>): Promise<void> {
    if (isNewest) return work()
    connection.refuse(request, { type: 'Superseded', newestCapIndex: (await access()).newestCapIndex })
  }

  function controlled(request: number, work: () => Promise<void> | null): void {
    const retryAfterMs = control.take(clock.now())
    if (retryAfterMs !== null) return connection.refuse(request, { type: 'TooFast', retryAfterMs })
    const running = work()
    if (running !== null) answer(running)
  }

  return {
    handle(frame) {
      const { request } = frame
      switch (frame.type) {
        case 'append':
          return answer(append(request, frame.body))
        case 'rekey':
          return controlled(request, () => rekey(request, frame.body))
        case 'range':
          ranges = ranges.then(() => range(request, frame.body))
          return answer(ranges)
        case 'subscribe':
          return answer(
            ifNewest(request, () => {
              admitted.subscribe()
              return head('subscribed', request)
            }),
          )
        case 'head':
          return answer(head('headIs', request))
        case 'draftPut':
          return answer(putDraft(request, frame.body))
        case 'draftDelete':
          return answer(putDraft(request, { ...frame.body, bytes: null }))
        case 'draftGet':
          return answer(
            ifNewest(request, async () => {
              const body = await store.boxes.draft(boxId, frame.body.draftId)
              connection.send({ type: 'draftIs', request, body })
            }),
          )
        case 'live': {
          const retryAfterMs = live.take(clock.now())
          if (retryAfterMs !== null) return connection.refuse(request, { type: 'TooFast', retryAfterMs })
          if (isNewest) hub.live(boxId, frame.body.bytes, member)
          return
        }
        case 'end': {
          const { now, counter } = frame.body
          return controlled(request, () =>
            ownerOp(request, { op: 'end', ...frame.body }, () =>
              store.boxes.end(boxId, { when: now ? 'now' : 'afterSevenDays', counter }),
            ),
          )
        }
        case 'takeBackEnd':
          return controlled(request, () =>
            ownerOp(request, { op: 'takeBackEnd', ...frame.body }, () =>
              store.boxes.takeBackEnd(boxId, frame.body.counter),
            ),
          )
        case 'hello':
        case 'prove':
          return connection.reject({ type: 'Malformed' }, CLOSE.malformed)
        default:
          return never(frame)
      }
    },
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
