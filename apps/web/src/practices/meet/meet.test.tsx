// @vitest-environment happy-dom
/** The practice page as a visitor reads it, drawn from a page that could be published. */
import axe from 'axe-core'
import { render } from 'preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyPage, LIMIT_KINDS, PAGE_TEXTS, type PracticePage } from '@alongside/practice/page/page.ts'
import { missingToPublish } from '@alongside/practice/page/publish.ts'
import { useWords } from '../../../messages/testing.ts'
import { LANGUAGES } from '../../words/locale.ts'
import { textFor } from '../../words/t.ts'
import { PageShown } from './PageShown.tsx'
import { limitsAloud, limitTitle } from './shown.ts'

const least: PracticePage = {
  ...emptyPage('Bea', 'en'),
  controls: 'I write the report that the council reads.',
  whoseSide: 'On yours.',
  dutyToWarn: { duty: 'may', source: 'State code 12.4', checkedOn: '2026-11-02' },
  limits: [
    {
      kind: 'child',
      duty: 'must',
      text: 'I tell the children’s office.',
      first: 'I tell you first.',
      youCan: 'You can sit beside me when I call.',
      source: 'Children Act',
      checkedOn: '2026-11-02',
      checkedBy: 'Bea',
    },
  ],
}

function draw(page: PracticePage): HTMLElement {
  const place = document.body.appendChild(document.createElement('main'))
  render(
    <>
      <h1>{page.name}</h1>
      <PageShown page={page} />
    </>,
    place,
  )
  return place
}

beforeEach(() => useWords('en'))
afterEach(() => document.body.replaceChildren())

describe('a practice page', () => {
  it('[PAG-6] can be shown with nothing about who the practitioner is, and leaves no empty heading', () => {
    expect(missingToPublish(least)).toEqual([])
    const titles = [...draw(least).querySelectorAll('h2')].map((heading) => heading.textContent)
    expect(titles).toEqual([textFor('meet.limits'), textFor('meet.part.power'), textFor('meet.part.side')])
  })

  it('has its limits first and no field to type in', () => {
    const texts = Object.fromEntries(PAGE_TEXTS.map((name) => [name, `about ${name}`]))
    const place = draw({ ...least, ...texts })
    expect(place.querySelector('h2')?.textContent).toBe(textFor('meet.limits'))
    expect(place.querySelectorAll('input, textarea').length).toBe(0)
    for (const name of PAGE_TEXTS) expect(place.textContent).toContain(`about ${name}`)
  })

  it('says of each limit what must follow, what comes first, what the person can do, and where it is written', () => {
    const said = draw(least).querySelector('.limits')?.textContent ?? ''
    for (const part of [
      'Here I must tell someone.',
      'I tell you first.',
      'You can sit beside me',
      'Children Act',
      'Bea',
    ])
      expect(said).toContain(part)
    expect(limitsAloud(least)).toContain('I tell the children’s office.')
  })

  it('[PAG-9] is read in the second language by those who use it, marked as that language', async () => {
    await useWords('ar')
    const two = { ...emptyPage('Bea', 'ar'), controls: 'أكتب التقرير.', cost: [], draft: [] }
    const place = draw({
      ...least,
      secondLanguage: { ...two, limits: [{ text: 'أخبر مكتب الأطفال.', first: '', youCan: '' }] },
    })
    expect(place.querySelector('[lang="ar"]')?.textContent).toBe('أخبر مكتب الأطفال.')
    expect(place.textContent).toContain('أكتب التقرير.')
    expect(place.textContent).toContain('I tell you first.')
  })

  for (const each of LANGUAGES) {
    it(`gives axe nothing to object to in ${each}, and has words for every kind of limit`, async () => {
      await useWords(each)
      const found = await axe.run(draw({ ...least, how: 'Slowly.', cost: [{ tier: 'free', amount: '0' }] }), {
        rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
        resultTypes: ['violations'],
      })
      expect(found.violations.map((violation) => violation.id)).toEqual([])
      for (const kind of LIMIT_KINDS) expect(limitTitle(kind)).not.toBe('')
    })
  }
})
