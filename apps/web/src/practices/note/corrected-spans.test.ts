import type { Block } from '@alongside/practice/note/state.ts'
import { covers } from '@alongside/practice/note/state.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correctedSpans } from './corrected-spans.ts'

const blockOf = (parts: readonly (readonly [string, string])[]): Block => ({
  id: 'block',
  encounter: null,
  kind: 'shared',
  offeredBy: 'bea',
  seq: 1,
  at: 0,
  place: 1,
  text: parts.map(([, text]) => text).join(''),
  language: 'en',
  spans: parts.map(([member, text]) => ({ member, length: text.length })),
  readBy: null,
  replaces: null,
  needs: [],
  yes: [],
  status: 'kept',
  keptSeq: 1,
  correctedBy: null,
  struck: null,
  words: {},
})

describe('who wrote which part of a correction', () => {
  it('[NOTE-9] what stays keeps its writer and what comes is the corrector’s', () => {
    const block = blockOf([
      ['amal', 'The flat is cold. '],
      ['bea', 'We write to the owner.'],
    ])
    const spans = correctedSpans(block, 'The flat is very cold. We write to the council.', 'bea', () => true)
    expect(spans.map((span) => span.member)).toEqual(['amal', 'bea', 'amal', 'bea'])
    expect(spans[1]?.length).toBe('very '.length)
  })

  it('words of somebody who has gone become the corrector’s, because the gone can say no yes', () => {
    const block = blockOf([
      ['amal', 'One. '],
      ['gone', 'Two.'],
    ])
    expect(correctedSpans(block, 'One. Two!', 'amal', (member) => member !== 'gone')).toEqual([
      { member: 'amal', length: 9 },
    ])
  })

  it('covers the new text exactly, whatever both texts are', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(text, text, text, (one, two, after) => {
        const spans = correctedSpans(
          blockOf([
            ['amal', one],
            ['bea', two],
          ]),
          after,
          'bea',
          () => true,
        )
        expect(covers(spans, after)).toBe(true)
      }),
    )
  })

  it('keeps the writers of a long text when one word of it changes', () => {
    const long = 'word '.repeat(1000)
    const spans = correctedSpans(blockOf([['amal', long]]), `${long}more`, 'bea', () => true)
    expect(spans).toEqual([
      { member: 'amal', length: long.length },
      { member: 'bea', length: 4 },
    ])
  })
})
