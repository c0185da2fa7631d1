import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import { isEmpty, ITEMS, noAnswers, STEPS, TRIGGERS, type CheckInAnswers } from './answers.ts'
import { decodeAnswers, encodeAnswers, MOST_ANSWER_BYTES } from './answer-bytes.ts'

const mark = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null })
const words = (max: number) => fc.string({ unit: fc.constantFrom('a', 'ñ', 'ع', '語', ' '), maxLength: max })
const answers: fc.Arbitrary<CheckInAnswers> = fc.record({
  oneStep: fc.option(fc.constantFrom(...STEPS), { nil: null }),
  oneStepWords: words(300),
  items: fc.record({ worth: mark, voice: mark, open: mark, choice: mark, free: mark }),
  nothingToChoose: fc.boolean(),
  line: words(600),
  power: words(300),
})

describe('answers as bytes', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(answers, (one) => {
        expect(must(decodeAnswers(encodeAnswers(one)))).toEqual(one)
      }),
    )
  })

  it('fit an item even when every text is full and in a script of three bytes', () => {
    const full: CheckInAnswers = {
      oneStep: 'own',
      oneStepWords: '語'.repeat(300),
      items: { worth: 4, voice: 4, open: 4, choice: 4, free: 4 },
      nothingToChoose: true,
      line: '語'.repeat(600),
      power: '語'.repeat(300),
    }
    expect(encodeAnswers(full).length).toBeLessThanOrEqual(MOST_ANSWER_BYTES)
  })

  it('never throw when the bytes are anything at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeAnswers(bytes)).toHaveProperty('ok')
      }),
    )
    expect(decodeAnswers(encodeAnswers(noAnswers).slice(1)).ok).toBe(false)
  })

  it('are empty only when nothing was answered', () => {
    expect(isEmpty(noAnswers)).toBe(true)
    expect(isEmpty({ ...noAnswers, line: ' ' })).toBe(true)
    expect(isEmpty({ ...noAnswers, nothingToChoose: true })).toBe(false)
    for (const item of ITEMS) expect(isEmpty({ ...noAnswers, items: { ...noAnswers.items, [item]: 0 } })).toBe(false)
  })
})

describe('the words of the check-in', () => {
  it('name no offer by what it might mean', () => {
    for (const word of TRIGGERS) expect(word).not.toMatch(/harm|rupture|low|score|bad|risk/i)
  })
})
