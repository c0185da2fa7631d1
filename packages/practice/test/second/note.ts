/** What is kept of notes, as the sentences NOTE-1 to NOTE-12 have it. */
import type { Id } from '@alongside/base/codec.ts'
import type { By } from '../../src/define.ts'
import { isMeetingHere } from './encounter.ts'
import { isHere, isOwn, isSaidByADeviceThatCounts, isThePerson } from './people.ts'
import { type Named, roomFor, saysSomething, type Verdict, type World } from './world.ts'

type Block = World['note']['blocks'][string]
type Span = { readonly member: Id; readonly length: number }

const writersOf = (spans: readonly Span[]): Id[] => [...new Set(spans.map((span) => span.member))]

/** Whether text ends with the first half of a character that takes two units. */
const endsInsideACharacter = (piece: string): boolean => /[\ud800-\udbff]$/.test(piece)

/** The text cut where the parts end; null when the parts do not cover it exactly or cut a character in two. */
function pieces(text: string, spans: readonly Span[]): string[] | null {
  const found: string[] = []
  let at = 0
  for (const { length } of spans) {
    const piece = text.slice(at, at + length)
    if (length === 0 || piece.length !== length || endsInsideACharacter(piece)) return null
    found.push(piece)
    at += length
  }
  return at === text.length ? found : null
}

/** A block that stands: kept, neither corrected nor struck. */
const stands = (block: Block | undefined): block is Block => block?.status === 'kept' && block.struck === null

/** NOTE-5 and NOTE-9: kept once everybody it needs has said yes; the one it corrects is corrected then. */
function perhapsKept(world: World, block: Block, by: By): void {
  for (const member of block.needs) if (!block.yes.includes(member)) return
  block.status = 'kept'
  block.keptSeq = by.seq
  for (const member of block.needs) block.words[member] = { word: 'signed', words: '', seq: by.seq, at: by.at }
  const old = block.replaces === null ? undefined : world.note.blocks[block.replaces]
  if (old === undefined) return
  old.status = 'corrected'
  old.correctedBy = block.id
}

export function blockOffered(world: World, event: Named<'BlockOffered'>, by: By): Verdict {
  const { blocks } = world.note
  if (isOwn(world)) return 'NOTE-1'
  if (blocks[event.block] !== undefined) return 'NOTE-2'
  if (!saysSomething(event.text)) return 'NOTE-12'
  if (!isMeetingHere(world, event.encounter)) return 'NOTE-11'
  const writers = writersOf(event.spans)
  if (!writers.every((writer) => isHere(world, writer)) || pieces(event.text, event.spans) === null) return 'NOTE-3'
  const old = event.replaces === null ? undefined : blocks[event.replaces]
  if (event.replaces !== null && (!stands(old) || old.encounter !== event.encounter)) return 'NOTE-9'
  if (event.kind === 'ownWords' && writers.some((writer) => writer !== by.member)) return 'NOTE-4'
  if (old?.kind === 'ownWords' && (old.offeredBy !== by.member || event.kind !== 'ownWords')) return 'NOTE-4'
  if (!roomFor(world, by, blocks)) return 'GEN-11'
  const olderWriters = old === undefined ? [] : writersOf(old.spans).filter((writer) => isHere(world, writer))
  const block: Block = {
    id: event.block,
    encounter: event.encounter,
    kind: event.kind,
    offeredBy: by.member,
    seq: by.seq,
    at: by.at,
    place: old?.place ?? by.seq,
    text: event.text,
    language: event.language,
    spans: event.spans.map((span) => ({ member: span.member, length: span.length })),
    readBy: event.readBy,
    replaces: event.replaces,
    needs: [...new Set([...writers, ...olderWriters])].sort((a, b) => (a < b ? -1 : 1)),
    yes: isSaidByADeviceThatCounts(world, by) ? [by.member] : [],
    status: 'offered',
    keptSeq: null,
    correctedBy: null,
    struck: null,
    words: {},
  }
  blocks[event.block] = block
  perhapsKept(world, block, by)
  return null
}

export function blockAgreed(world: World, event: Named<'BlockAgreed'>, by: By): Verdict {
  const block = world.note.blocks[event.block]
  if (block?.status !== 'offered' || !block.needs.includes(by.member) || block.yes.includes(by.member)) return 'NOTE-6'
  if (block.replaces !== null && !stands(world.note.blocks[block.replaces])) return 'NOTE-9'
  block.yes.push(by.member)
  perhapsKept(world, block, by)
  return null
}

export function blockTakenBack(world: World, event: Named<'BlockTakenBack'>, by: By): Verdict {
  const block = world.note.blocks[event.block]
  if (block?.status !== 'offered') return 'NOTE-7'
  if (block.offeredBy !== by.member && !block.needs.includes(by.member)) return 'NOTE-7'
  block.status = 'takenBack'
  block.text = ''
  block.spans = []
  block.needs = []
  block.yes = []
  block.readBy = null
  return null
}

/** NOTE-8: whether this member can say a word about a block. */
const canSayAWord = (block: Block | undefined, by: By): block is Block =>
  stands(block) && block.spans.some((span) => span.member !== by.member)

export function blockSigned(world: World, event: Named<'BlockSigned'>, by: By): Verdict {
  const block = world.note.blocks[event.block]
  if (!canSayAWord(block, by)) return 'NOTE-8'
  block.words[by.member] = { word: 'signed', words: '', seq: by.seq, at: by.at }
  return null
}

export function blockDiffers(world: World, event: Named<'BlockDiffers'>, by: By): Verdict {
  const block = world.note.blocks[event.block]
  if (!canSayAWord(block, by)) return 'NOTE-8'
  if (!saysSomething(event.words)) return 'NOTE-12'
  block.words[by.member] = { word: 'differs', words: event.words, seq: by.seq, at: by.at }
  return null
}

export function blockStruck(world: World, event: Named<'BlockStruck'>, by: By): Verdict {
  const block = world.note.blocks[event.block]
  if (block === undefined || block.keptSeq === null || block.struck !== null) return 'NOTE-10'
  const ownWords = block.kind === 'ownWords' && block.offeredBy === by.member
  if (!isThePerson(world, by.member) && !ownWords) return 'NOTE-10'
  block.struck = { by: by.member, seq: by.seq }
  return null
}
