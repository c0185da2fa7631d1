/** Who wrote which part of a corrected text: what stayed keeps its writer, what came is the corrector's. */
import type { Id } from '@alongside/base/codec.ts'
import type { Span } from '@alongside/practice/note/events.ts'
import { partsOf, type Block } from '@alongside/practice/note/state.ts'
import { compareWords } from '../../components/side-by-side/compare-words.ts'
import { spliceBetween } from './live/splice.ts'

/** As many as a block may have; see the shape of `BlockOffered`. */
const MOST_SPANS = 400

interface Piece {
  readonly type: 'same' | 'old' | 'new'
  readonly length: number
}

/**
 * The spans of `text` as a correction of `block` by `me`. Parts of members for whom `mayBeNamed` is false (they are gone,
 * and can say no yes) become the corrector's too; the old block stays readable with their name.
 */
export function correctedSpans(
  block: Block,
  text: string,
  me: Id,
  mayBeNamed: (member: Id) => boolean,
): readonly Span[] {
  const byWord = compareWords(block.text, text).map((piece) => ({ type: piece.type, length: piece.text.length }))
  const spans = spansOf(block, byWord, me, mayBeNamed)
  const compared = byWord.some(({ type }) => type === 'same')
  return compared && spans.length <= MOST_SPANS ? spans : spansOf(block, wholePieces(block.text, text), me, mayBeNamed)
}

/** One piece before, one exchanged, one after. */
function wholePieces(before: string, after: string): readonly Piece[] {
  const splice = spliceBetween(before, after, after.length) ?? { at: before.length, cut: 0, put: '' }
  return [
    { type: 'same', length: splice.at },
    { type: 'old', length: splice.cut },
    { type: 'new', length: splice.put.length },
    { type: 'same', length: before.length - splice.at - splice.cut },
  ]
}

function spansOf(block: Block, pieces: readonly Piece[], me: Id, mayBeNamed: (member: Id) => boolean): readonly Span[] {
  const writers = partsOf(block).flatMap(({ member, text }) => Array<Id>(text.length).fill(member))
  const spans: { member: Id; length: number }[] = []
  const add = (member: Id): void => {
    const last = spans.at(-1)
    if (last?.member === member) last.length++
    else spans.push({ member, length: 1 })
  }
  let at = 0
  for (const { type, length } of pieces) {
    for (let i = 0; i < length; i++) {
      const writer = type === 'new' ? me : (writers[at] ?? me)
      if (type !== 'new') at++
      if (type !== 'old') add(mayBeNamed(writer) ? writer : me)
    }
  }
  return spans
}
