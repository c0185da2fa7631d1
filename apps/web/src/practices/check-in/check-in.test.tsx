// @vitest-environment happy-dom
/** What the check-in shows, drawn from circles that the rules let through, and looked at by axe. */
import axe from 'axe-core'
import { render, type ComponentChild } from 'preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenedCheckIn } from '@alongside/device/api.ts'
import { ITEMS, STEPS, TRIGGERS, type CheckInAnswers } from '@alongside/practice/check-in/answers.ts'
import { encounterOf } from '@alongside/practice/encounter/state.ts'
import { useWords } from '../../../messages/testing.ts'
import { LANGUAGES } from '../../words/locale.ts'
import { textFor } from '../../words/t.ts'
import { besideOf, gapOf } from './beside.ts'
import { tidy } from './draft.ts'
import { Looked } from './Looked.tsx'
import { Offers } from './Offers.tsx'
import { afterMeetings, AMAL, answers, answersOf, BEA, idOf, shownTo, type Story } from './testing.ts'
import { answered, answerText, itemName, itemQuestion, MARKS, stepText } from './texts.ts'
import { Threads } from './Threads.tsx'
import { turn } from './turn.ts'

const RULES = { 'color-contrast': { enabled: false }, region: { enabled: false } }

function draw(content: ComponentChild): HTMLElement {
  const place = document.body.appendChild(document.createElement('main'))
  render(content, place)
  return place
}

const opened = (who: string, meeting: string, given: CheckInAnswers, shown: OpenedCheckIn['shown']): OpenedCheckIn => ({
  encounter: idOf(meeting),
  member: idOf(who),
  answers: given,
  shown,
})

const meetingOf = (story: Story, name: string) => {
  const one = encounterOf(story.circle, idOf(name))
  if (one === null) throw new Error(`${name} is in the story`)
  return one
}

const low = answersOf([1, 1, 2, 3, 2], { oneStep: 'slowDown' })
const high = answersOf([4, 4, 4, 3, 4])

/** Both answered about one meeting and Amal showed hers, or kept it private. */
function bothAnswered(show: boolean) {
  const story = afterMeetings('first')
  answers(story, 'Bea', 'first', high, false)
  answers(story, 'Amal', 'first', low, show)
  const amal = opened('Amal', 'first', low, show ? 'answers' : 'private')
  const bea = opened('Bea', 'first', high, 'private')
  return { story, amal: shownTo(story, 'Amal', [amal, bea]), bea: shownTo(story, 'Bea', show ? [amal, bea] : [bea]) }
}

beforeEach(() => useWords('en'))
afterEach(() => document.body.replaceChildren())

describe('the words of the check-in', () => {
  for (const each of LANGUAGES) {
    it(`are all there in ${each}, and no answer reads like another of its item`, async () => {
      await useWords(each)
      for (const item of ITEMS) {
        expect(itemName(item)).not.toBe('')
        expect(itemQuestion(item)).not.toBe('')
        expect(new Set(MARKS.map((mark) => answerText(item, mark))).size).toBe(5)
      }
      for (const step of STEPS) if (step !== 'own') expect(stepText(step, '')).not.toBe('')
      for (const trigger of TRIGGERS) expect(textFor(`check-in.trigger.${trigger}`)).toBeTruthy()
    })
  }

  it('say nothing of what was skipped', () => {
    expect(answered('worth', answersOf([0, 1, 2, 3, 4]))).toBe('No. One of us was treated as less.')
    expect(answered('choice', { ...high, nothingToChoose: true })).toBe('Nothing to choose this time.')
    expect(answered('free', { ...high, items: { ...high.items, free: null } })).toBe('')
  })
})

describe('answers', () => {
  it('[CHK-9] a change of one’s own without words is no change asked for, and other changes carry none', () => {
    expect(tidy({ ...high, oneStep: 'own', oneStepWords: '  ' })).toMatchObject({ oneStep: null, oneStepWords: '' })
    expect(tidy({ ...high, oneStep: 'moreTime', oneStepWords: 'left over' })).toMatchObject({ oneStepWords: '' })
    expect(tidy({ ...high, oneStep: 'own', oneStepWords: ' sit here ' })).toMatchObject({ oneStepWords: 'sit here' })
  })
})

describe('what a practitioner sees of somebody who shows nothing', () => {
  it('[CHK-13] does not say that they answered, or when, once their item is there: it may be empty', () => {
    const story = afterMeetings('first')
    answers(story, 'Bea', 'first', high, true)
    answers(story, 'Amal', 'first', low, false)
    const bea = shownTo(story, 'Bea', [opened('Bea', 'first', high, 'answers')])
    const own = bea.checkIns[0] ?? null
    const page = draw(<Looked circle={bea} encounter={meetingOf(story, 'first')} own={own} toTrusted={false} />)
    expect(page.textContent).toContain('No shared answer.')
    expect(page.textContent).not.toContain('Amal answered')
  })
})

describe('your turn', () => {
  it('asks both sides after a meeting, and no longer once they have answered', () => {
    const story = afterMeetings('first')
    const asked = (who: string, own: readonly OpenedCheckIn[] = []) =>
      turn(shownTo(story, who, own)).map((one) => one.href)
    expect(asked('Amal')).toEqual([`/check-in/${idOf('first')}`])
    expect(asked('Bea')).toEqual([`/check-in/${idOf('first')}`])
    expect(asked('Amal', [opened('Amal', 'first', low, 'private')])).toEqual([])
  })

  it('asks only about the last meeting, though the person may answer about any', () => {
    const story = afterMeetings('first', 'second')
    expect(turn(shownTo(story, 'Amal')).map((one) => one.href)).toEqual([`/check-in/${idOf('second')}`])
  })

  it('[CHK-14] puts a change that was asked for to the other side until it is replied to', () => {
    const { story, bea } = bothAnswered(true)
    expect(turn(bea).map((one) => [one.title, one.note])).toEqual([['Amal asks for a small change', 'Slow down']])
    const reply = {
      type: 'ChangeAnswered',
      encounter: idOf('first'),
      member: AMAL,
      what: 'willDo',
      words: 'Yes.',
    } as const
    story.says('Bea', reply)
    expect(turn(shownTo(story, 'Bea', bea.checkIns))).toEqual([])
  })

  it('[CHK-17] says when the same change was asked for twice', () => {
    const story = afterMeetings('first')
    answers(story, 'Amal', 'first', low, true)
    const second = { encounter: idOf('second') }
    story
      .says('Bea', { type: 'EncounterPlanned', ...second, day: null, time: null, place: '', way: 'visit' })
      .says('Bea', { type: 'EncounterMet', ...second })
    answers(story, 'Bea', 'second', high, false)
    answers(story, 'Amal', 'second', low, true)
    const notes = turn(shownTo(story, 'Bea', [opened('Bea', 'second', high, 'private')])).map((one) => one.note)
    expect(notes).toContain('Asked twice: Slow down')
  })
})

describe('a meeting looked back on', () => {
  it('shows both views with words, a picture and the same as a table', async () => {
    const { story, amal } = bothAnswered(true)
    const place = draw(
      <Looked circle={amal} encounter={meetingOf(story, 'first')} own={amal.checkIns[0] ?? null} toTrusted={false} />,
    )
    const rows = [...place.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))
    expect(rows[1]).toEqual(['Voice', 'A little.', 'Yes. We both had room.', '3 steps apart'])
    expect(place.querySelectorAll('.bars circle.person-mark, .bars rect.worker-mark')).toHaveLength(10)
    const found = await axe.run(place, { rules: RULES, resultTypes: ['violations'] })
    expect(found.violations.map((each) => each.id)).toEqual([])
  })

  it('[CHK-13] looks the same to the practitioner when the person kept it private and when they said nothing', () => {
    const silent = afterMeetings('first')
    answers(silent, 'Bea', 'first', high, false)
    const quiet = shownTo(silent, 'Bea', [opened('Bea', 'first', high, 'private')])
    const { story, bea } = bothAnswered(false)
    const html = [
      [silent, quiet],
      [story, bea],
    ].map(([each, view]) => {
      const place = draw(
        <Looked
          circle={view as typeof bea}
          encounter={meetingOf(each as Story, 'first')}
          own={bea.checkIns[0] ?? null}
          toTrusted={false}
        />,
      )
      return place.textContent
    })
    expect(html[0]).toContain('No shared answer.')
    expect(html[1]).toBe(html[0])
  })

  it('[CHK-15] has no gap while the person keeps their answers private', () => {
    const shared = bothAnswered(true)
    const kept = bothAnswered(false)
    const gaps = ({ story, amal }: typeof shared) =>
      ITEMS.map((item) => gapOf(besideOf(amal, meetingOf(story, 'first'), BEA), item))
    expect(gaps(shared)).toEqual([3, 3, 2, 0, 2])
    expect(gaps(kept)).toEqual([null, null, null, null, null])
  })
})

describe('over the meetings', () => {
  it('draws two threads and lists every meeting in a table', async () => {
    const { amal } = bothAnswered(true)
    const place = draw(<Threads circle={amal} worker={BEA} />)
    expect(place.querySelector('svg[role="img"]')?.getAttribute('aria-label')).toContain('1 meeting')
    expect(place.querySelectorAll('tbody tr')).toHaveLength(1)
    const found = await axe.run(place, { rules: RULES, resultTypes: ['violations'] })
    expect(found.violations.map((each) => each.id)).toEqual([])
  })
})

describe('offers to talk', () => {
  it('[CHK-16] say whom they are for, and can be left alone', () => {
    const { amal } = bothAnswered(true)
    const place = draw(<Offers circle={amal} offers={amal.offers} />)
    const titles = () => [...place.querySelectorAll('h2')].map((each) => each.textContent)
    expect(titles()).toContain('You saw “Worth, Voice, Open, and Free” differently. Want to look at it?')
    expect(titles()).toContain('Would you like to talk about it? With whom?')
    expect(place.textContent).toContain('Would a trusted other help?')
    const before = titles().length
    const leave = [...place.querySelectorAll('button')].find((each) => each.textContent === 'Leave it')
    leave?.click()
    return Promise.resolve()
      .then(() => new Promise((done) => setTimeout(done)))
      .then(() => {
        expect(titles()).toHaveLength(before - 1)
      })
  })
})
