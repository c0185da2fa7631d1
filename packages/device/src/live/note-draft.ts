/**
 * A note while it is being written, without line, clock or keys: which blocks there are, the text of each, who may write
 * where, and what has to be said to the others. Own-words blocks take writing and deletions from their owner's devices
 * only. Everything that comes in is checked whole before it counts. Source: decisions “Live writing is not kept”.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { DraftBlock } from '../api.ts'
import { blockDoc, type BlockDoc } from './block-doc.ts'
import type { UpdateError } from './check-update.ts'
import { blockIdOf, clientIdOf, type BlockKind, type BlockMeta } from './client-ids.ts'
import { MAX_BLOCKS, MAX_DRAWS, type NoteMessage, type Part } from './messages.ts'

export type DraftError =
  | UpdateError
  | { readonly type: 'NoSuchBlock' }
  /** The block's words are another's own. */
  | { readonly type: 'NotYours' }
  | { readonly type: 'TooManyBlocks' }

export interface Span {
  readonly member: Id
  readonly length: number
}

/** What a device keeps of a draft, on itself only. */
export interface SavedDraft {
  /** The numbers each device drew, this one's among them: without them nobody's text could be told apart. */
  readonly draws: readonly { readonly device: Id; readonly draws: readonly number[] }[]
  readonly metas: readonly BlockMeta[]
  readonly droppedByMe: readonly Id[]
  readonly states: readonly { readonly block: Id; readonly state: Bytes }[]
}

/** What changed here because of something that came in. */
export interface Heard {
  readonly updates: readonly { readonly block: Id; readonly update: Bytes }[]
  readonly blocksChanged: boolean
  /** Something before it is missing; asking again will bring it. */
  readonly missing: boolean
}

export interface NoteDraft {
  readonly clientId: number
  blocks(): readonly DraftBlock[]
  add(kind: BlockKind, salt: Bytes): Result<Id, DraftError>
  drop(block: Id): Result<null, DraftError>
  /** Blocks whose text is now in the record, or was: they are drafts no more. Says whether any was here. */
  forget(blocks: ReadonlySet<Id>): boolean
  write(block: Id, update: Bytes): Result<null, DraftError>
  text(block: Id): string | null
  /** Who wrote which part of a block, by member; null when some of it is of a device unknown to the circle. */
  spans(block: Id): readonly Span[] | null
  kindOf(block: Id): BlockKind | null
  /** What the others have not been told yet; empties the list. */
  due(): readonly NoteMessage[]
  hello(): NoteMessage
  /** Takes in what a device said; answers go out with `due`. */
  hear(device: Id, said: NoteMessage): Heard
  part(): Part
  takePart(device: Id, part: Part): Heard
  save(): SavedDraft
}

export interface DraftSeat {
  readonly encounter: Id
  readonly member: Id
  readonly device: Id
  /** The number drawn for this session. */
  readonly draw: number
  /** Whose device it is, when it may write in the circle; null otherwise. */
  readonly memberOf: (device: Id) => Id | null
  readonly saved: SavedDraft | null
}

interface Open {
  readonly meta: BlockMeta
  readonly doc: BlockDoc
}

const NOTHING: Heard = { updates: [], blocksChanged: false, missing: false }

/** Opens a draft, empty or as this device kept it. */
export function noteDraft(seat: DraftSeat): NoteDraft {
  const { encounter, memberOf } = seat
  const clientId = clientIdOf(encounter, seat.device, seat.draw)
  const drawn = new Map<Id, Set<number>>(seat.saved?.draws.map((one) => [one.device, new Set(one.draws)]))
  const draws = [...(drawn.get(seat.device) ?? new Set()), seat.draw].slice(-MAX_DRAWS)
  drawn.set(seat.device, new Set(draws))
  const owned = (device: Id, numbers: readonly number[]) =>
    new Set(numbers.map((draw) => clientIdOf(encounter, device, draw)))
  const mine = owned(seat.device, draws)
  const thisSession = new Set([clientId])
  /** Which device each client id seen so far belongs to. */
  const deviceOf = new Map<number, Id>()
  for (const [device, numbers] of drawn) for (const client of owned(device, [...numbers])) deviceOf.set(client, device)
  const open = new Map<Id, Open>()
  const gone = new Set<Id>()
  const droppedByMe = new Set<Id>(seat.saved?.droppedByMe)
  let outbox: NoteMessage[] = []

  const mayWrite = (member: Id, block: Open) => block.meta.kind !== 'ownWords' || block.meta.writer === member
  const remember = (device: Id, numbers: readonly number[]): void => {
    drawn.set(device, new Set([...(drawn.get(device) ?? []), ...numbers].slice(-4 * MAX_DRAWS)))
    for (const client of owned(device, numbers)) deviceOf.set(client, device)
  }

  function begin(meta: BlockMeta): Id | null {
    const id = blockIdOf(encounter, meta)
    if (open.has(id) || gone.has(id) || open.size >= MAX_BLOCKS) return null
    open.set(id, { meta, doc: blockDoc() })
    return id
  }

  function close(block: Id): boolean {
    gone.add(block)
    return open.delete(block)
  }

  function takeBlocks(member: Id, metas: readonly BlockMeta[], dropped: readonly Id[]): boolean {
    let changed = false
    for (const meta of metas) if (begin(meta) !== null) changed = true
    for (const id of dropped) {
      const block = open.get(id)
      if (block !== undefined && mayWrite(member, block)) changed = close(id) || changed
    }
    return changed
  }

  function takeText(device: Id, numbers: readonly number[], id: Id, update: Bytes): Result<null, DraftError> {
    const member = memberOf(device)
    const block = open.get(id)
    if (member === null || block === undefined) return err({ type: 'NoSuchBlock' })
    if (!mayWrite(member, block)) return err({ type: 'NotYours' })
    const applied = block.doc.apply(update, owned(device, numbers))
    if (applied.ok) remember(device, numbers)
    return applied
  }

  function answerTo(vectors: readonly { readonly block: Id; readonly vector: Bytes }[]): void {
    const known = new Map(vectors.map(({ block, vector }) => [block, vector]))
    outbox.push({ type: 'blocks', metas: [...open.values()].map(({ meta }) => meta), dropped: [...droppedByMe] })
    for (const [id, block] of open) {
      const update = mayWrite(seat.member, block) ? block.doc.written(mine, known.get(id) ?? null) : null
      if (update !== null) outbox.push({ type: 'update', draws, block: id, update })
    }
  }

  const heardText = (device: Id, numbers: readonly number[], block: Id, update: Bytes): Heard => {
    const taken = takeText(device, numbers, block, update)
    if (taken.ok)
      return { ...NOTHING, updates: [{ block, update }], missing: open.get(block)?.doc.isWaiting() === true }
    const gap = taken.error.type === 'UpdateRefused' && taken.error.why === 'gap'
    return { ...NOTHING, missing: gap || (taken.error.type === 'NoSuchBlock' && !gone.has(block)) }
  }

  /** Whether somebody knows text of a block that is not here. */
  const isAhead = ({ block, vector }: { readonly block: Id; readonly vector: Bytes }): boolean =>
    open.get(block)?.doc.isBehind(vector) ?? !gone.has(block)

  function restore(saved: SavedDraft): void {
    for (const meta of saved.metas) begin(meta)
    for (const { block, state } of saved.states) open.get(block)?.doc.restore(state)
  }
  if (seat.saved !== null) restore(seat.saved)

  return {
    clientId,
    blocks: () =>
      [...open]
        .map(([block, { meta, doc }]) => ({
          block,
          kind: meta.kind,
          writer: meta.writer,
          order: meta.order,
          state: doc.state(),
        }))
        .sort((a, b) => a.order - b.order || (a.block < b.block ? -1 : 1)),
    add(kind, salt) {
      const order = Math.max(0, ...[...open.values()].map(({ meta }) => meta.order + 1))
      const meta: BlockMeta = { salt, kind, writer: seat.member, order }
      const id = begin(meta)
      if (id === null) return err({ type: 'TooManyBlocks' })
      outbox.push({ type: 'blocks', metas: [meta], dropped: [] })
      return ok(id)
    },
    drop(id) {
      const block = open.get(id)
      if (block === undefined) return err({ type: 'NoSuchBlock' })
      if (!mayWrite(seat.member, block)) return err({ type: 'NotYours' })
      close(id)
      droppedByMe.add(id)
      outbox.push({ type: 'blocks', metas: [], dropped: [id] })
      return ok(null)
    },
    forget(blocks) {
      let any = false
      for (const block of blocks) any = close(block) || any
      return any
    },
    write(id, update) {
      const block = open.get(id)
      if (block === undefined) return err({ type: 'NoSuchBlock' })
      if (!mayWrite(seat.member, block)) return err({ type: 'NotYours' })
      return block.doc.write(update, thisSession)
    },
    text: (block) => open.get(block)?.doc.text() ?? null,
    kindOf: (block) => open.get(block)?.meta.kind ?? null,
    spans(id) {
      const block = open.get(id)
      if (block === undefined) return null
      const spans: { member: Id; length: number }[] = []
      for (const { client, length } of block.doc.spans()) {
        const device = deviceOf.get(client) ?? null
        const member = device === null ? null : memberOf(device)
        if (member === null) return null
        const last = spans.at(-1)
        if (last?.member === member) last.length += length
        else spans.push({ member, length })
      }
      return spans
    },
    due() {
      for (const [id, { doc }] of open)
        for (const update of doc.unsaid()) outbox.push({ type: 'update', draws, block: id, update })
      const messages = outbox
      outbox = []
      return messages
    },
    hello: () => ({
      type: 'hello',
      vectors: [...open].map(([block, { doc }]) => ({ block, vector: doc.vector() })),
    }),
    hear(device, said) {
      const member = memberOf(device)
      if (member === null || device === seat.device) return NOTHING
      if (said.type === 'hello') {
        answerTo(said.vectors)
        return { ...NOTHING, missing: said.vectors.some(isAhead) }
      }
      if (said.type === 'blocks') return { ...NOTHING, blocksChanged: takeBlocks(member, said.metas, said.dropped) }
      return said.type === 'update' ? heardText(device, said.draws, said.block, said.update) : NOTHING
    },
    part: () => ({
      draws,
      metas: [...open.values()].map(({ meta }) => meta),
      dropped: [...droppedByMe],
      texts: [...open].flatMap(([block, one]) => {
        const update = mayWrite(seat.member, one) ? one.doc.written(mine, null) : null
        return update === null ? [] : [{ block, update }]
      }),
    }),
    takePart(device, part) {
      const member = memberOf(device)
      if (member === null || device === seat.device) return NOTHING
      const blocksChanged = takeBlocks(member, part.metas, part.dropped)
      const texts = part.texts.map(({ block, update }) => heardText(device, part.draws, block, update))
      return {
        blocksChanged,
        updates: texts.flatMap(({ updates }) => updates),
        missing: texts.some(({ missing }) => missing),
      }
    },
    save: () => ({
      draws: [...drawn].map(([device, numbers]) => ({ device, draws: [...numbers] })),
      metas: [...open.values()].map(({ meta }) => meta),
      droppedByMe: [...droppedByMe],
      states: [...open].map(([block, { doc }]) => ({ block, state: doc.state() })),
    }),
  }
}
