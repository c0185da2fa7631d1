// @vitest-environment happy-dom
/** What leaving shows: every copy that stays, what is owed to whom, and the words of a copy that is taken out. */
import { render } from 'preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TAKE_OUT_WORDS } from '@alongside/device/take-out/words.ts'
import { useWords } from '../../../messages/testing.ts'
import { LANGUAGES } from '../../words/locale.ts'
import { shownTo, together } from '../check-in/testing.ts'
import { Announced } from './Announced.tsx'
import { takeOutTexts } from './take-out-words.ts'
import { turn } from './turn.ts'
import { WhatStays } from './WhatStays.tsx'

beforeEach(() => useWords('en'))
afterEach(() => document.body.replaceChildren())

function stays(story: ReturnType<typeof together>): readonly string[] {
  const place = document.body.appendChild(document.createElement('main'))
  render(<WhatStays circle={shownTo(story, 'Amal')} />, place)
  return [...place.querySelectorAll('.stays > li')].map((each) => each.textContent ?? '')
}

it('[PEO-12] tells the person, not the one who said it, when somebody says they will leave, and the newest word only', () => {
  const story = together()
    .says('Bea', { type: 'LeavingAnnounced', day: '2030-01-01', words: 'Maybe.' })
    .says('Bea', { type: 'LeavingAnnounced', day: '2030-03-05', words: 'Noor comes next.' })
  const seen = (who: string): string => {
    const place = document.body.appendChild(document.createElement('main'))
    render(<Announced circle={shownTo(story, who)} />, place)
    return place.textContent ?? ''
  }
  expect(seen('Amal')).toMatch(/Bea says: my last day is .*March 5, 2030.*Noor comes next\./)
  expect(seen('Amal')).not.toContain('Maybe.')
  expect(seen('Bea')).toBe('')
})

describe('what stays with whom', () => {
  it('[LEA-7] lists each holder with why and until when, and the relay last', () => {
    const lines = stays(
      together().says('Bea', {
        type: 'OutsideRecordDeclared',
        what: 'One page with the dates we met',
        where: 'The council',
        source: 'Records Act',
        until: '2033-05-01',
        required: true,
      }),
    )
    expect(lines).toHaveLength(4)
    expect(lines[0]).toContain('Amal')
    expect(lines[1]).toContain('Bea')
    expect(lines[2]).toContain('One page with the dates we met')
    expect(lines[2]).toMatch(/The council.*Records Act.*2033/)
    expect(lines[3]).toContain('It cannot open the box.')
  })

  it('[LEA-7] says so when somebody has gone, and when the box goes', () => {
    const lines = stays(together().says('Bea', { type: 'MemberLeft' }).says('Amal', { type: 'EndAsked', now: false }))
    expect(lines[1]).toContain('They read nothing after that.')
    expect(lines.at(-1)).toContain('seven days')
  })
})

describe('your turn', () => {
  it('[KEY-1] asks the person, and nobody else, for new keys after somebody left', () => {
    const story = together().says('Bea', { type: 'MemberLeft' })
    expect(turn(shownTo(story, 'Amal')).map((one) => one.title)).toEqual(['New keys are needed'])
    expect(turn(shownTo(story, 'Bea'))).toEqual([])
  })

  it('[LEA-5] says until when an ending can be taken back, and nothing once it cannot', () => {
    const story = together().says('Amal', { type: 'EndAsked', now: false })
    expect(turn(shownTo(story, 'Amal'))[0]?.note).toBe('You can take it back until then.')
    story.says('Amal', { type: 'EndAsked', now: true })
    expect(turn(shownTo(story, 'Amal'))).toEqual([])
  })
})

describe('a copy that is taken out', () => {
  for (const each of LANGUAGES) {
    it(`has a word for everything in ${each}`, async () => {
      await useWords(each)
      const { words, sections, ready, steps, answers, nothingToChoose } = await takeOutTexts()
      for (const word of TAKE_OUT_WORDS) expect(words[word], word).not.toBe('')
      expect(sections.filter((one) => one !== '')).toHaveLength(15)
      expect(Object.values(ready).filter((one) => one !== '')).toHaveLength(15)
      expect(steps['slowDown']).not.toBe('')
      for (const own of Object.values(answers)) expect(own.filter((one) => one !== '')).toHaveLength(5)
      expect(nothingToChoose).not.toBe('')
    })
  }
})
