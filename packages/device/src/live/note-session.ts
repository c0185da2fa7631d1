/**
 * Sitting down to write a note: joins the draft with its lines. What is typed goes to the others in a tick of about 400
 * ms as signed frames that the relay passes on and forgets; what has to outlast the sitting goes to this device's sealed
 * store and to the shared draft. A block that was offered leaves both. Source: decisions “Live writing is not kept”.
 */
import { fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { deviceIn, isHere } from '@alongside/practice/people/state.ts'
import type { EpochKeys } from '@alongside/record/epoch.ts'
import { openLiveReceiver, openLiveSender, type LiveReceiver, type LiveSender } from '@alongside/record/live.ts'
import type { ActError, DraftBlock, DraftPresence, NoteEvent } from '../api.ts'
import type { CircleOnDevice } from '../circle/circle.ts'
import type { World } from '../core.ts'
import type { SealedStore } from '../store/sealed.ts'
import { inTurns } from '../turns.ts'
import { MAX_DRAW } from './client-ids.ts'
import { readSaved, relayDraft, savedWrite } from './draft-store.ts'
import { encodeMessage, readMessage, type NoteMessage, type Part } from './messages.ts'
import { noteDraft, type DraftError, type Heard, type NoteDraft } from './note-draft.ts'

export interface NoteSession {
  readonly id: Id
  readonly clientId: number
  blocks(): readonly DraftBlock[]
  add(kind: DraftBlock['kind']): Result<{ block: Id }, DraftError>
  drop(block: Id): Result<null, DraftError>
  write(block: Id, update: Bytes): Result<null, DraftError>
  move(at: { readonly block: Id | null; readonly anchor: Bytes | null; readonly head: Bytes | null }): void
  offer(block: Id, readBy: string | null): Promise<Result<null, ActError | DraftError>>
  /** Ends the sitting; what was written is saved first. */
  leave(): Promise<void>
}

export interface NoteSeat {
  readonly circle: CircleOnDevice
  readonly encounter: Id
  readonly store: SealedStore
  readonly world: Pick<World, 'random' | 'clock' | 'schedule'>
  /** The language that offered text is marked with. */
  readonly language: () => string
  readonly heard: (event: NoteEvent) => void
}

/** How long what is typed waits for more of it, in milliseconds. */
export const TICK_MS = 400
const BEAT_MS = 5_000
/** Someone not heard of for this long is shown as gone. */
const AWAY_MS = 20_000
/** How often missing text may be asked for again. */
const ASK_MS = 2_000
const MAX_SPANS = 400

/** Sits down to the note of an encounter. */
export async function openNoteSession(seat: NoteSeat): Promise<Result<NoteSession, ActError>> {
  const saved = await readSaved(seat.store, seat.circle.id, seat.encounter)
  if (!saved.ok) return saved
  const { circle, encounter, world } = seat
  const draw = new DataView(world.random.bytes(2).buffer).getUint16(0) & MAX_DRAW
  const memberOf = (device: Id): Id | null => {
    const known = deviceIn(circle.state(), device)
    return known !== null && isHere(circle.state(), known.member) ? known.member : null
  }
  const draft = noteDraft({ encounter, member: circle.me, device: circle.device, draw, memberOf, saved: saved.value })
  return ok(sit(seat, draft))
}

interface Channel {
  readonly keys: EpochKeys
  readonly sender: LiveSender
  readonly receiver: LiveReceiver
}

function sit(seat: NoteSeat, draft: NoteDraft): NoteSession {
  const { circle, encounter, store, world, heard } = seat
  const { random, clock, schedule } = world
  const inTurn = inTurns()
  const publicKeyOf = (device: Id): Bytes | null => {
    const known = deviceIn(circle.state(), device)
    return known === null || !isHere(circle.state(), known.member) ? null : fromHex(known.signPk)
  }
  const atRelay = relayDraft({
    encounter,
    device: circle.device,
    deviceSecret: circle.deviceKeys.signing.secretKey,
    publicKeyOf,
    random,
  })
  const others = new Map<Id, DraftPresence & { readonly at: number }>()
  let channel: Channel | null = null
  let isOver = false
  let isLineUp = false
  let cancelTick: (() => void) | null = null
  let cancelBeat: (() => void) | null = null
  let askedAt = Number.NEGATIVE_INFINITY
  let isMoved = false
  let isUnsaved = false
  let isUnshared = false
  let presence: NoteMessage = { type: 'here', block: null, anchor: null, head: null }

  /** Keys and counters of the epoch in force; begun anew with each epoch. */
  function current(): Channel | null {
    const keys = circle.keys()
    if (keys === null) return null
    if (channel?.keys.epoch === keys.epoch) return channel
    const sender = openLiveSender(keys, circle.device, circle.deviceKeys.signing.secretKey, random)
    channel = { keys, sender, receiver: openLiveReceiver(keys, publicKeyOf) }
    return channel
  }

  async function speak(messages: readonly NoteMessage[]): Promise<void> {
    const now = current()
    const link = circle.link()
    if (now === null || link === null || link.machine.connection() !== 'live') return
    for (const message of messages) {
      const frames = await now.sender.frames(encodeMessage(encounter, message))
      if (frames.ok) for (const frame of frames.value) link.sendLive(frame)
    }
  }

  function changed(): void {
    isUnsaved = true
    isUnshared = true
    soon()
  }

  function soon(): void {
    if (isOver || cancelTick !== null) return
    cancelTick = schedule(TICK_MS, () => {
      cancelTick = null
      void inTurn(tick)
    })
  }

  async function tick(): Promise<void> {
    const messages = draft.due()
    await speak(isMoved ? [...messages, presence] : messages)
    isMoved = false
    if (!isUnsaved) return
    isUnsaved = false
    const written = await store.write([savedWrite(circle.id, encounter, draft.save())])
    if (written.ok) heard({ type: 'saved', where: 'here' })
    else isUnsaved = true
  }

  const beat = (): void => {
    if (isOver) return
    cancelBeat = schedule(BEAT_MS, () => {
      void inTurn(async () => {
        const wasUp = isLineUp
        isLineUp = circle.link()?.machine.connection() === 'live'
        if (isLineUp && !wasUp) await arrive()
        else await speak([presence])
        if (isUnshared) await share()
        tellWhoIsHere()
      }).finally(beat)
    })
  }

  /** The line has come up: say hello, and read what the others laid down while this device was away. */
  async function arrive(): Promise<void> {
    await speak([draft.hello(), presence])
    const now = current()
    const link = circle.link()
    if (now !== null && link !== null) await atRelay.fetch(now.keys, link, takePart)
  }

  async function share(): Promise<void> {
    const now = current()
    const link = circle.link()
    if (now === null || link === null || link.machine.connection() !== 'live') return
    isUnshared = false
    const part = draft.part()
    if (part.metas.length === 0) return atRelay.remove(now.keys, link)
    if (await atRelay.put(now.keys, link, part, takePart)) heard({ type: 'saved', where: 'relay' })
    else isUnshared = true
  }

  function takePart(device: Id, part: Part): void {
    show(draft.takePart(device, part))
  }

  function show(news: Heard): void {
    if (settled() || news.blocksChanged) heard({ type: 'blocks', blocks: draft.blocks() })
    for (const { block, update } of news.updates) heard({ type: 'update', block, update })
    if (news.blocksChanged || news.updates.length > 0) {
      isUnsaved = true
      soon()
    }
    if (news.missing && clock.now() - askedAt >= ASK_MS) {
      askedAt = clock.now()
      void inTurn(() => speak([draft.hello()]))
    }
  }

  /** Blocks that stand in the record are no drafts any more. */
  const settled = (): boolean => draft.forget(new Set(Object.keys(circle.state().note.blocks)))

  async function hear(frame: Bytes): Promise<void> {
    const taken = await current()?.receiver.take(frame)
    if (taken === undefined || isOver) return
    if (!taken.ok || taken.value.gap) show({ updates: [], blocksChanged: false, missing: true })
    const message = taken.ok && taken.value.message !== null ? readMessage(encounter, taken.value.message) : null
    if (!taken.ok || message === null) return
    const { device } = taken.value
    const member = deviceIn(circle.state(), device)?.member
    if (member === undefined || device === circle.device) return
    if (message.type === 'bye') others.delete(device)
    else {
      const before = others.get(device) ?? { member, block: null, anchor: null, head: null }
      const where = message.type === 'here' ? message : before
      others.set(device, { member, block: where.block, anchor: where.anchor, head: where.head, at: clock.now() })
    }
    if (message.type === 'here' || message.type === 'bye' || message.type === 'hello') tellWhoIsHere()
    show(draft.hear(device, message))
    soon() // an answer may be due
  }

  function tellWhoIsHere(): void {
    for (const [device, one] of others) if (clock.now() - one.at > AWAY_MS) others.delete(device)
    const here = [...others.values()].map(({ member, block, anchor, head }) => ({ member, block, anchor, head }))
    heard({ type: 'here', others: here })
  }

  async function offer(block: Id, readBy: string | null): Promise<Result<null, ActError | DraftError>> {
    const [text, spans, kind] = [draft.text(block), draft.spans(block), draft.kindOf(block)]
    if (text === null || kind === null) return err({ type: 'NoSuchBlock' })
    if (spans === null || spans.length > MAX_SPANS) return err({ type: 'TooLarge' })
    const said = await circle.act([
      {
        type: 'BlockOffered',
        encounter,
        block,
        kind,
        text,
        language: seat.language(),
        spans,
        replaces: null,
        readBy,
      },
    ])
    if (!said.ok) return said
    draft.forget(new Set([block]))
    changed()
    heard({ type: 'blocks', blocks: draft.blocks() })
    return said
  }

  const stopListening = circle.listen({
    live: (frame) => void hear(frame),
    placed: () => {
      if (!settled()) return
      changed()
      heard({ type: 'blocks', blocks: draft.blocks() })
    },
  })
  settled()
  void inTurn(async () => {
    isLineUp = circle.link()?.machine.connection() === 'live'
    if (isLineUp) await arrive()
  }).finally(beat)

  return {
    id: toHex(random.bytes(16)),
    clientId: draft.clientId,
    blocks: () => draft.blocks(),
    add(kind) {
      const made = draft.add(kind, random.bytes(16))
      if (!made.ok) return made
      changed()
      heard({ type: 'blocks', blocks: draft.blocks() })
      return ok({ block: made.value })
    },
    drop(block) {
      const done = draft.drop(block)
      if (!done.ok) return done
      changed()
      heard({ type: 'blocks', blocks: draft.blocks() })
      return done
    },
    write(block, update) {
      const done = draft.write(block, update)
      if (done.ok) changed()
      return done
    },
    move({ block, anchor, head }) {
      presence = { type: 'here', block, anchor, head }
      isMoved = true
      soon()
    },
    offer,
    leave: () =>
      inTurn(async () => {
        if (isOver) return
        cancelTick?.()
        cancelBeat?.()
        await tick()
        await speak([{ type: 'bye', back: false }])
        isOver = true
        if (isUnshared) await share()
        stopListening()
      }),
  }
}
