/** The notes of a circle, block by block, and what screens and rules ask about them. */
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '../define.ts'
import { isHere } from '../people/state.ts'
import type { BlockKind, Span } from './events.ts'

/** A member's latest word on a kept block. `words` is empty for a signature. */
export interface Word {
  readonly word: 'signed' | 'differs'
  readonly words: string
  readonly seq: number
  readonly at: number
}

export interface Block {
  readonly id: Id
  readonly encounter: Id | null
  readonly kind: BlockKind
  readonly offeredBy: Id
  readonly seq: number
  /** Minutes since 2020 as the offerer's clock claimed. Display only. */
  readonly at: number
  /** Position of the first version, so that a correction stands where the first stood. */
  readonly place: number
  readonly text: string
  readonly language: string
  readonly spans: readonly Span[]
  readonly readBy: string | null
  readonly replaces: Id | null
  /** Whose yes it needs to be kept, sorted; and whose it has. */
  readonly needs: readonly Id[]
  readonly yes: readonly Id[]
  /** `takenBack`: was never kept, and its text is gone from here. `corrected`: another block stands in its place. */
  readonly status: 'offered' | 'kept' | 'corrected' | 'takenBack'
  readonly keptSeq: number | null
  readonly correctedBy: Id | null
  readonly struck: { readonly by: Id; readonly seq: number } | null
  readonly words: { readonly [member: Id]: Word }
}

export interface NoteState {
  readonly blocks: { readonly [id: Id]: Block }
}

export const noNotes: NoteState = { blocks: {} }

export const blockOf = (circle: Circle, block: Id): Block | null => circle.note.blocks[block] ?? null

/** Who wrote something in these spans, each once, sorted. */
export const writersOf = (spans: readonly Span[]): readonly Id[] =>
  [...new Set(spans.map((span) => span.member))].sort()

/** Whether spans cover a text exactly, none of them empty, and none ends inside a character. */
export function covers(spans: readonly Span[], text: string): boolean {
  let at = 0
  for (const { length } of spans) {
    at += length
    const before = text.charCodeAt(at - 1) // NaN outside, which is no half of a pair
    if (length === 0 || (at < text.length && before >= 0xd800 && before <= 0xdbff)) return false
  }
  return at === text.length
}

/** NOTE-5, NOTE-9: whose yes a block needs: its writers, and those of the block it corrects who are still here. */
export function needsOf(circle: Circle, spans: readonly Span[], replaces: Id | null): readonly Id[] {
  const old = replaces === null ? null : blockOf(circle, replaces)
  const before = writersOf(old?.spans ?? []).filter((member) => isHere(circle, member))
  return [...new Set([...writersOf(spans), ...before])].sort()
}

/** Whose yes a block still waits for; empty unless it is offered. */
export const waitsOn = (block: Block): readonly Id[] =>
  block.status === 'offered' ? block.needs.filter((member) => !block.yes.includes(member)) : []

/** What a member has said about a block. No word is no word: it is neither a yes nor a no. */
export const wordOf = (block: Block, member: Id): 'signed' | 'differs' | 'none' => block.words[member]?.word ?? 'none'

/** The text in pieces, each with its writer, as it was written. */
export function partsOf(block: Block): readonly { readonly member: Id; readonly text: string }[] {
  let at = 0
  return block.spans.map(({ member, length }) => {
    at += length
    return { member, text: block.text.slice(at - length, at) }
  })
}

const inOrder = (a: Block, b: Block): number => a.place - b.place || a.seq - b.seq || (a.id < b.id ? -1 : 1)

/** Every block that was kept or waits to be, in the order of its first version; what was taken back is not among them. */
export const allBlocks = (circle: Circle): readonly Block[] =>
  Object.values(circle.note.blocks)
    .filter((block) => block.status !== 'takenBack')
    .sort(inOrder)

/** The note of one meeting, or with `null` what was written outside of any. */
export const blocksOf = (circle: Circle, encounter: Id | null): readonly Block[] =>
  allBlocks(circle).filter((block) => block.encounter === encounter)

/** Notes by meeting; the meeting that was written about last comes first. */
export function notes(circle: Circle): readonly { readonly encounter: Id | null; readonly blocks: readonly Block[] }[] {
  const groups = new Map<Id | null, Block[]>()
  for (const block of allBlocks(circle)) {
    const group = groups.get(block.encounter)
    if (group === undefined) groups.set(block.encounter, [block])
    else group.push(block)
  }
  const latest = (blocks: readonly Block[]) => Math.max(...blocks.map((block) => block.place))
  return [...groups]
    .map(([encounter, blocks]) => ({ encounter, blocks }))
    .sort((a, b) => latest(b.blocks) - latest(a.blocks))
}

/** The blocks that wait for this member's yes before they are kept. */
export const waitingForYes = (circle: Circle, me: Id): readonly Block[] =>
  allBlocks(circle).filter((block) => waitsOn(block).includes(me))

/** The kept blocks, as they stand, on which this member has said no word. They may stay so for ever. */
export const withoutWordOf = (circle: Circle, me: Id): readonly Block[] =>
  allBlocks(circle).filter((block) => block.status === 'kept' && block.struck === null && wordOf(block, me) === 'none')
