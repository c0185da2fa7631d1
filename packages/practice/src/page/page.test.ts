import { encodeCbor } from '@alongside/base/cbor.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AMAL, BEA, idOf, together } from '../../test/story.ts'
import { emptyPage, PAGE_TEXTS, pageIn, type Limit, type PracticePage } from './page.ts'
import { decodePage, encodePage, MAX_PAGE } from './bytes.ts'
import { gapsInLimits, missingToPublish, proposalFrom } from './publish.ts'
import { encodePublishedPage, readPublishedPage } from './bytes.ts'

const limit = (rest: Partial<Limit> = {}): Limit => ({
  kind: 'child',
  duty: 'must',
  text: 'I tell the child service.',
  first: '',
  youCan: '',
  source: 'Children Act, section 47',
  checkedOn: '2026-11-01',
  checkedBy: 'Bea',
  ...rest,
})

/** Everything that must be there and nothing more. */
const bare: PracticePage = {
  ...emptyPage('Bea', 'en'),
  controls: 'I decide who gets the travel fund.',
  whoseSide: 'Yours, where the two differ.',
  limits: [limit()],
  dutyToWarn: { duty: 'notSettled', source: 'Asked my board', checkedOn: '2026-11-01' },
}

describe('publishing', () => {
  it('a page with nothing filled lacks all four parts', () => {
    expect(missingToPublish(emptyPage('Bea', 'en'))).toEqual(['limits', 'power', 'dutyToWarn', 'whoseSide'])
    expect(encodePublishedPage(emptyPage('Bea', 'en'))).toMatchObject({ error: { type: 'PageIncomplete' } })
  })

  it('[PAG-1] not without limits, nor with one that is not finished', () => {
    expect(missingToPublish({ ...bare, limits: [] })).toEqual(['limits'])
    expect(missingToPublish({ ...bare, limits: [limit(), limit({ duty: null })] })).toEqual(['limits'])
  })

  it('[PAG-2] a limit says something; one that a duty decides names the duty, its source and the day', () => {
    const limits = [
      limit({ duty: null, source: ' ', checkedOn: null }),
      limit({ kind: 'boss', duty: null, text: '', source: '' }),
      limit({ kind: 'boss', duty: null, text: 'Dee guides my work.', source: '', checkedOn: null }),
      limit({ kind: 'court', duty: 'may', source: '' }),
    ]
    expect(gapsInLimits({ ...bare, limits })).toEqual([
      { row: 0, what: 'duty' },
      { row: 0, what: 'source' },
      { row: 0, what: 'checkedOn' },
      { row: 1, what: 'text' },
      { row: 3, what: 'source' },
    ])
  })

  it('[PAG-3] not while power is unsaid', () => {
    expect(missingToPublish({ ...bare, controls: ' \n' })).toEqual(['power'])
  })

  it('[PAG-4] not without the duty-to-warn choice, which no limit makes for them', () => {
    const told = [limit({ kind: 'hurtOther', duty: 'must' })]
    expect(missingToPublish({ ...bare, limits: told, dutyToWarn: null })).toEqual(['dutyToWarn'])
    for (const lack of [{ source: '' }, { checkedOn: null }])
      expect(
        missingToPublish({ ...bare, dutyToWarn: { duty: 'must', source: 'a', checkedOn: '2026-11-01', ...lack } }),
      ).toEqual(['dutyToWarn'])
  })

  it('[PAG-5] not while whose side is unsaid', () => {
    expect(missingToPublish({ ...bare, whoseSide: '' })).toEqual(['whoseSide'])
  })

  it('[PAG-6] the bare page can be published, with no fact about who the practitioner is', () => {
    expect(bare.place).toBe('')
    expect(missingToPublish(bare)).toEqual([])
    expect(encodePublishedPage(bare).ok).toBe(true)
  })
})

describe('the format', () => {
  it('[PAG-7] at most 48 KiB, going out and coming in', () => {
    const full = { ...bare, ...Object.fromEntries(PAGE_TEXTS.map((field) => [field, 'ا'.repeat(2000)])) }
    expect(encodePage(full)).toMatchObject({ ok: false, error: { type: 'PageTooLong', max: MAX_PAGE } })
    expect(decodePage(new Uint8Array(MAX_PAGE + 1))).toMatchObject({ error: { type: 'PageTooLong' } })
  })

  it('[PAG-8] a page that others made is read only when it could be published', () => {
    const bytes = must(encodePage(bare))
    expect(readPublishedPage(bytes)).toEqual({ ok: true, value: bare })
    const hollow = must(encodePage({ ...bare, controls: '', limits: [] }))
    expect(readPublishedPage(hollow)).toEqual({
      ok: false,
      error: { type: 'PageIncomplete', missing: ['limits', 'power'] },
    })
    expect(decodePage(hollow).ok).toBe(true)
  })

  it('what is encoded is read back, and no other bytes are a page or throw', () => {
    const bytes = must(encodePage(bare))
    expect(must(decodePage(bytes))).toEqual(bare)
    for (let cut = 0; cut < bytes.length; cut += 7) expect(decodePage(bytes.slice(0, cut)).ok).toBe(false)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (any) => !decodePage(any).ok))
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const changed = bytes.slice()
        changed[at] = byte
        readPublishedPage(changed)
      }),
    )
    expect(decodePage(encodeCbor([])).ok).toBe(false)
  })

  it('a page that breaks a shape is not encoded', () => {
    expect(encodePage({ ...bare, how: 'a\u0000b' })).toMatchObject({ error: { type: 'WrongShape', at: 'page.how' } })
    expect(encodePage({ ...bare, limits: [limit({ checkedOn: '2026-02-30' })] }).ok).toBe(false)
  })
})

describe('two languages and the draft', () => {
  const second: PracticePage['secondLanguage'] = {
    ...emptyPage('', 'ar'),
    language: 'ar',
    controls: 'أقرر من يحصل على المال.',
    limits: [{ text: 'أخبر الخدمة.', first: '', youCan: '' }],
    cost: [],
    draft: ['نلتقي يوم الثلاثاء.'],
  }
  const both: PracticePage = {
    ...bare,
    draft: [
      { section: 6, text: 'We meet on Tuesdays.', asks: 'both', refusable: true, why: '', ready: null },
      { section: 8, text: 'shown', asks: 'practitioner', refusable: false, why: 'Law', ready: { id: 'n', version: 2 } },
      { section: 1, text: ' ', asks: 'nobody', refusable: true, why: '', ready: null },
    ],
    secondLanguage: second,
  }
  const ids = { line: idOf('line'), person: AMAL, practitioner: BEA }

  it('[PAG-9] the second language shows part for part, and the first where it is empty', () => {
    const read = pageIn(both, 'ar')
    expect(read.controls).toBe('أقرر من يحصل على المال.')
    expect(read.whoseSide).toBe(bare.whoseSide)
    expect(read.limits[0]?.text).toBe('أخبر الخدمة.')
    expect(read.limits[0]?.source).toBe('Children Act, section 47')
    expect(read.draft.map((row) => row.text)).toEqual(['نلتقي يوم الثلاثاء.', 'shown', ' '])
    expect(pageIn(both, 'es')).toBe(both)
    expect(must(decodePage(must(encodePage(both)))).secondLanguage?.draft).toEqual(second?.draft)
  })

  it('[PAG-10] a draft line is nothing until somebody proposes it, and then waits like any other', () => {
    const proposal = proposalFrom(both, 0, ids)
    expect(proposal).toMatchObject({ section: 6, asks: [AMAL, BEA], second: { language: 'ar' }, ready: null })
    const story = together()
    expect(story.circle.agreement.lines).toEqual({})
    if (proposal !== null) story.says('Bea', proposal)
    expect(story.circle.agreement.lines[ids.line]?.status).toBe('proposed')
    expect(proposalFrom(both, 1, ids)).toMatchObject({ text: '', asks: [BEA], ready: { id: 'n', version: 2 } })
    expect(proposalFrom(both, 2, ids)).toBeNull()
    expect(proposalFrom(both, 3, ids)).toBeNull()
    const asked = (asks: 'person' | 'nobody') =>
      proposalFrom({ ...both, draft: both.draft.map((row) => ({ ...row, asks })) }, 0, ids)?.asks
    expect([asked('person'), asked('nobody')]).toEqual([[AMAL], []])
  })
})
