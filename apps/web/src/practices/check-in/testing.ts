/** For tests of screens: a circle as a device would show it, made from a story that the rules let through. Never part of the app. */
import type { CircleView, OpenedCheckIn } from '@alongside/device/api.ts'
import { noAnswers, type CheckInAnswers } from '@alongside/practice/check-in/answers.ts'
import { talkOffers } from '@alongside/practice/check-in/offers.ts'
import { idOf, together, type Story } from '../../../../../packages/practice/test/story.ts'

export const answersOf = (
  marks: readonly [number, number, number, number, number],
  rest: Partial<CheckInAnswers> = {},
) => {
  const [worth, voice, open, choice, free] = marks
  return { ...noAnswers, items: { worth, voice, open, choice, free }, ...rest }
}

/** Amal and Bea have met, once for each name. */
export function afterMeetings(...names: readonly string[]): Story {
  const story = together()
  for (const name of names) {
    const encounter = idOf(name)
    story
      .says('Bea', { type: 'EncounterPlanned', encounter, day: null, time: null, place: '', way: 'visit' })
      .says('Bea', { type: 'EncounterMet', encounter })
  }
  return story
}

const sealing = (name: string, fill: number) =>
  ({
    type: 'CheckInSealed',
    encounter: idOf(name),
    item: new Uint8Array(4096).fill(fill),
    commitment: 'ab'.repeat(32),
    wrap: new Uint8Array(80).fill(fill),
  }) as const

/** Somebody seals answers about a meeting and, if they want, shows them. */
export function answers(story: Story, who: string, meeting: string, given: CheckInAnswers, show: boolean): void {
  story.says(who, sealing(meeting, 1))
  if (!show) return
  story.says(who, {
    type: 'CheckInShown',
    encounter: idOf(meeting),
    what: 'answers',
    key: 'cd'.repeat(32),
    topics: [],
    oneStep: given.oneStep,
    oneStepWords: given.oneStepWords,
  })
}

/** What `me` is shown of the story; `checkIns` are the answers their device can open. */
export function shownTo(story: Story, me: string, checkIns: readonly OpenedCheckIn[] = []): CircleView {
  const own = checkIns.filter((one) => one.member === idOf(me))
  const others = checkIns.filter((one) => one.member !== idOf(me))
  return {
    id: idOf('circle'),
    me: idOf(me),
    state: story.circle,
    sync: { connection: 'live', head: story.seq, waiting: 0, seen: {}, retryAt: null },
    checkIns,
    offers: talkOffers(story.circle, idOf(me), others, own),
    safety: {},
    page: null,
    alarms: [],
    setAside: [],
    stopping: false,
    phase: 'open',
    wayBack: 'none',
    kept: [],
  }
}
