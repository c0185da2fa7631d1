import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { emptyPage, LIMIT_KINDS, pageIn, TIERS, type Limit } from '@alongside/practice/page/page.ts'
import { encodePage } from '@alongside/practice/page/bytes.ts'
import { offerRow, withCost, withLimit, withoutLimit, withoutOffer, withOffer, withSecond } from './page-edit.ts'

const limit = (kind: Limit['kind']): Limit => ({
  kind,
  duty: null,
  text: kind,
  first: '',
  youCan: '',
  source: '',
  checkedOn: null,
  checkedBy: '',
})
const line = (section: number) => ({
  section,
  text: `line ${section}`,
  asks: 'both' as const,
  refusable: true,
  why: '',
  ready: null,
})

describe('a page that is being written', () => {
  it('keeps limits in one order, however they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...LIMIT_KINDS]), (kinds) => {
        const page = kinds.reduce((so, kind) => withLimit(so, limit(kind)), emptyPage('Bea', 'en'))
        expect(page.limits.map((row) => row.kind)).toEqual(LIMIT_KINDS.filter((kind) => kinds.includes(kind)))
      }),
    )
  })

  it('[PAG-9] keeps the second language beside its rows when rows come and go', () => {
    let page = withSecond(withLimit(emptyPage('Bea', 'en'), limit('court')), 'ar')
    const two = page.secondLanguage
    if (two === null) throw new Error('no second language')
    page = { ...page, secondLanguage: { ...two, limits: [{ text: 'محكمة', first: '', youCan: '' }] } }
    page = withLimit(page, limit('child'))
    expect(pageIn(page, 'ar').limits.map((row) => row.text)).toEqual(['child', 'محكمة'])
    page = withoutLimit(page, 'child')
    expect(pageIn(page, 'ar').limits.map((row) => row.text)).toEqual(['محكمة'])
  })

  it('has one line for a section, in the order of sections', () => {
    const page = withOffer(withOffer(withOffer(emptyPage('Bea', 'en'), line(9)), line(2)), { ...line(9), text: 'new' })
    expect(page.draft.map((row) => row.section)).toEqual([2, 9])
    expect(page.draft[offerRow(page, 9)]?.text).toBe('new')
    expect(withoutOffer(page, 2).draft.map((row) => row.section)).toEqual([9])
  })

  it('is always in the shape of the format, with and without a second language', () => {
    const step = fc.oneof(
      fc.constantFrom(...LIMIT_KINDS).map((kind) => ['limit', kind] as const),
      fc.constantFrom(...LIMIT_KINDS).map((kind) => ['noLimit', kind] as const),
      fc.tuple(fc.constantFrom(...TIERS), fc.constantFrom('', '10')).map((cost) => ['cost', ...cost] as const),
      fc.integer({ min: 1, max: 15 }).map((section) => ['offer', section] as const),
      fc.integer({ min: 1, max: 15 }).map((section) => ['noOffer', section] as const),
      fc.constantFrom(null, 'es', 'ar').map((to) => ['second', to] as const),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let page = emptyPage('Bea', 'en')
        for (const each of steps) {
          if (each[0] === 'limit') page = withLimit(page, limit(each[1]))
          if (each[0] === 'noLimit') page = withoutLimit(page, each[1])
          if (each[0] === 'cost') page = withCost(page, each[1], each[2])
          if (each[0] === 'offer') page = withOffer(page, line(each[1]))
          if (each[0] === 'noOffer') page = withoutOffer(page, each[1])
          if (each[0] === 'second') page = withSecond(page, each[1])
        }
        expect(encodePage(page).ok).toBe(true)
        const two = page.secondLanguage
        if (two === null) return
        expect([two.limits.length, two.cost.length, two.draft.length]).toEqual([
          page.limits.length,
          page.cost.length,
          page.draft.length,
        ])
      }),
    )
  })
})
