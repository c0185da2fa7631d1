import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareWords, type Piece } from './compare-words.ts'

const without = (pieces: readonly Piece[], type: Piece['type']): string =>
  pieces
    .filter((piece) => piece.type !== type)
    .map((piece) => piece.text)
    .join('')

describe('old and new beside each other', () => {
  it('mark only the words that changed', () => {
    expect(compareWords('I call on Monday', 'I call on Tuesday')).toEqual([
      { type: 'same', text: 'I call on ' },
      { type: 'old', text: 'Monday' },
      { type: 'new', text: 'Tuesday' },
    ])
  })
  it('never lose or add a letter of either text', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'ج', ' ', '\n', 'word')).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = compareWords(before, after)
        expect(without(pieces, 'new')).toBe(before)
        expect(without(pieces, 'old')).toBe(after)
      }),
    )
  })
  it('stay quick for very long texts', () => {
    const long = 'word '.repeat(5_000)
    expect(compareWords(long, `${long}more`)).toEqual([
      { type: 'old', text: long },
      { type: 'new', text: `${long}more` },
    ])
  })
})
