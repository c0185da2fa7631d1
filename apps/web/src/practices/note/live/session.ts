/**
 * Writing one note with others, as this screen sees it: the blocks that are open, who else is here and where, and how far
 * what was written has got. It asks the device for everything; text that the device refuses stays on the screen and the
 * refusal is shown.
 */
import { signal, type ReadonlySignal } from '@preact/signals'
import type { Id } from '@alongside/base/codec.ts'
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Result } from '@alongside/base/result.ts'
import type { DeviceApi, DraftBlock, DraftPresence, NoteEvent } from '@alongside/device/api.ts'
import type { Failure } from '../../../device/act.ts'
import { blockText, type BlockText } from './block-text.ts'

export interface LiveBlock {
  readonly id: Id
  readonly kind: DraftBlock['kind']
  readonly writer: Id
  readonly order: number
  readonly text: BlockText
}

/** The calls of the device that writing needs; each may answer later, as from a worker. */
export type NoteDevice = {
  readonly [K in 'addBlock' | 'dropBlock' | 'writeBlock' | 'moveCursor' | 'offerBlock' | 'leaveNote']: (
    ...asked: Parameters<DeviceApi[K]>
  ) => Promise<Awaited<ReturnType<DeviceApi[K]>>>
} & {
  /** Joins, with a listener that can be passed to where the device is. */
  readonly join: (heard: (event: NoteEvent) => void) => Promise<Awaited<ReturnType<DeviceApi['joinNote']>>>
}

export interface NoteSession {
  readonly state: ReadonlySignal<'joining' | 'writing' | 'failed'>
  readonly blocks: ReadonlySignal<readonly LiveBlock[]>
  readonly others: ReadonlySignal<readonly DraftPresence[]>
  readonly saved: ReadonlySignal<'here' | 'relay' | null>
  /** The latest thing that went wrong; what was typed is still here. */
  readonly failure: ReadonlySignal<Failure | null>
  /** Begins a block; gives its id, or null when it could not (see `failure`). */
  readonly add: (kind: DraftBlock['kind']) => Promise<Id | null>
  readonly drop: (block: Id) => Promise<boolean>
  readonly offer: (block: Id, readBy: string | null) => Promise<boolean>
  readonly pointAt: (at: { block: Id | null; anchor: Bytes | null; head: Bytes | null }) => void
  readonly leave: () => void
}

/** A Yjs document with nothing in it, as an update: no structs and no deletions. */
const NOTHING_YET = Uint8Array.of(0, 0)

/** What the screen wants to be told of: others changed a block's text, or a block went that was not taken away here. */
export interface NoteTold {
  readonly heardText: (block: Id) => void
  readonly blockGone: () => void
}

/** Joins a note; `me` is the writer of new blocks. */
export function noteSession(device: NoteDevice, me: Id, tell: NoteTold): NoteSession {
  const state = signal<'joining' | 'writing' | 'failed'>('joining')
  const blocks = signal<readonly LiveBlock[]>([])
  const others = signal<readonly DraftPresence[]>([])
  const saved = signal<'here' | 'relay' | null>(null)
  const failure = signal<Failure | null>(null)
  let session: Id | null = null
  let client = 0
  let left = false
  const removedHere = new Set<Id>()
  /** What was heard before joining had answered. */
  let early: NoteEvent[] = []

  const note = (done: Result<unknown, Failure>): boolean => {
    failure.value = done.ok ? null : done.error
    return done.ok
  }

  const begin = ({ block, kind, writer, order, state: text }: DraftBlock): LiveBlock => {
    const send = (update: Bytes): void => {
      if (session === null) return
      void device.writeBlock(session, block, update).then((done) => {
        // A block that the others have offered or taken out in the same moment says so by going away.
        if (done.ok || (done.error as Failure).type !== 'NoSuchBlock') note(done)
      })
    }
    return { id: block, kind, writer, order, text: blockText(client, text, send) }
  }

  /** Blocks that stay keep their document, and with it the caret and what can be undone. */
  const show = (now: readonly DraftBlock[]): void => {
    const before = new Map(blocks.peek().map((one) => [one.id, one]))
    const next = now.map((one) => {
      const found = before.get(one.block)
      if (found === undefined) return begin(one)
      found.text.take(one.state)
      before.delete(one.block)
      return found
    })
    blocks.value = next.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
    for (const gone of before.values()) gone.text.destroy()
    if ([...before.keys()].some((id) => !removedHere.has(id))) tell.blockGone()
  }

  const remove = (block: Id): void => {
    const gone = blocks.peek().find((one) => one.id === block)
    blocks.value = blocks.peek().filter((one) => one !== gone)
    gone?.text.destroy()
  }

  const hear = (event: NoteEvent): void => {
    if (left) return
    if (session === null) early.push(event)
    else if (event.type === 'blocks') show(event.blocks)
    else if (event.type === 'here') others.value = event.others
    else if (event.type === 'saved') saved.value = event.where
    else {
      const block = blocks.peek().find((one) => one.id === event.block)
      if (block === undefined) return
      block.text.take(event.update)
      tell.heardText(event.block)
    }
  }

  void device.join(hear).then((joined) => {
    if (!joined.ok) {
      failure.value = joined.error
      state.value = 'failed'
      return
    }
    if (left) {
      void device.leaveNote(joined.value.session)
      return
    }
    session = joined.value.session
    client = joined.value.clientId
    show(joined.value.blocks)
    const waiting = early
    early = []
    for (const event of waiting) hear(event)
    state.value = 'writing'
  })

  return {
    state,
    blocks,
    others,
    saved,
    failure,
    async add(kind) {
      if (session === null) return null
      const added = await device.addBlock(session, kind)
      if (!note(added) || !added.ok) return null
      const id = added.value.block
      if (!blocks.peek().some((one) => one.id === id)) {
        const order = Math.max(0, ...blocks.peek().map((one) => one.order + 1))
        blocks.value = [...blocks.peek(), begin({ block: id, kind, writer: me, order, state: NOTHING_YET })]
      }
      return id
    },
    async drop(block) {
      if (session === null) return false
      removedHere.add(block)
      const done = note(await device.dropBlock(session, block))
      if (done) remove(block)
      else removedHere.delete(block)
      return done
    },
    async offer(block, readBy) {
      if (session === null) return false
      removedHere.add(block)
      const done = note(await device.offerBlock(session, block, readBy))
      if (done) remove(block)
      else removedHere.delete(block)
      return done
    },
    pointAt(at) {
      if (session !== null) void device.moveCursor(session, at)
    },
    leave() {
      left = true
      if (session !== null) void device.leaveNote(session)
      session = null
      for (const one of blocks.peek()) one.text.destroy()
      blocks.value = []
    },
  }
}
