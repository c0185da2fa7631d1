// @vitest-environment happy-dom
/** What a page that is being written is told: what is missing, by which rule, and the ready words offered for each part. */
import { beforeEach, describe, expect, it } from 'vitest'
import { emptyPage, LIMIT_KINDS, type Limit } from '@alongside/practice/page/page.ts'
import { useWords } from '../../../messages/testing.ts'
import { LANGUAGES } from '../../words/locale.ts'
import { textFor } from '../../words/t.ts'
import { PARTS } from '../meet/shown.ts'
import { blanksLeft, hrefOf, limitGaps, missingIn, partState, ruleOf, ruleText } from './gaps.ts'
import { withLimit } from './page-edit.ts'

const child: Limit = {
  kind: 'child',
  duty: null,
  text: '',
  first: '',
  youCan: '',
  source: '',
  checkedOn: null,
  checkedBy: '',
}

beforeEach(() => useWords('en'))

describe('what a page still lacks', () => {
  it('[PAG-1] [PAG-3] [PAG-4] [PAG-5] is said with the rule, and leads to where it is filled', () => {
    const missing = missingIn(emptyPage('Bea', 'en'))
    expect(missing.map((field) => [ruleOf(field), hrefOf(field)])).toEqual([
      ['PAG-1', '/page/limits'],
      ['PAG-3', '/page/power'],
      ['PAG-4', '/page/warn'],
      ['PAG-5', '/page/side'],
    ])
    for (const field of missing) expect(ruleText(ruleOf(field))).toMatch(/^A page .+\. \(PAG-\d\)$/)
  })

  it('[PAG-2] names what a limit lacks', () => {
    const page = withLimit(emptyPage('Bea', 'en'), child)
    expect(limitGaps(page, 0)).toEqual(['must or may', 'where it is written', 'the day it was checked'])
  })

  it('[PAG-6] asks for nothing about the practitioner', () => {
    const page = emptyPage('Bea', 'en')
    expect(PARTS.filter(({ part }) => partState(page, part) === 'missing').map(({ part }) => part)).toEqual([
      'power',
      'side',
    ])
  })

  it('notices blanks of ready words, which it never fills by itself', () => {
    const page = emptyPage('Bea', 'en')
    expect(blanksLeft(page)).toBe(false)
    expect(blanksLeft({ ...page, why: textFor('page.ready.why') ?? '' })).toBe(true)
    expect(partState({ ...page, why: textFor('page.ready.why') ?? '' }, 'work')).toBe('blanks')
  })

  for (const each of LANGUAGES) {
    it(`is helped in ${each} by ready words for every text of the page`, async () => {
      await useWords(each)
      for (const { texts } of PARTS) for (const name of texts) expect(textFor(`page.ready.${name}`)).toBeTruthy()
      for (const kind of LIMIT_KINDS)
        for (const name of ['text', 'first', 'youCan'])
          expect(textFor(`page.ready.limit.${kind}.${name}`), `${kind} ${name}`).toBeTruthy()
    })
  }
})
