import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AMAL, BEA, idOf, type Story, together } from '../../test/story.ts'
import { ITEMS, noAnswers, type CheckInAnswers, type Item } from './answers.ts'
import { gap, talkOffers, type OpenedAnswers } from './offers.ts'

type Marks = Partial<{ [I in Item]: number | null }>
const marks = (some: Marks, rest: Partial<CheckInAnswers> = {}): CheckInAnswers => ({
  ...noAnswers,
  ...rest,
  items: { ...noAnswers.items, ...some },
})
const all = (mark: number): CheckInAnswers => marks({ worth: mark, voice: mark, open: mark, choice: mark, free: mark })

/** A meeting was met and both sealed; Amal shows as told. */
function meet(
  story: Story,
  name: string,
  shows: 'answers' | 'topics' | 'nothing',
  topics: readonly Item[] = [],
): Story {
  const encounter = idOf(name)
  const seal = (fill: number) =>
    ({
      type: 'CheckInSealed',
      encounter,
      item: new Uint8Array(4096).fill(fill),
      commitment: '0'.repeat(64),
      wrap: new Uint8Array(80),
    }) as const
  story
    .says('Bea', { type: 'EncounterPlanned', encounter, day: null, time: null, place: '', way: 'call' })
    .says('Bea', { type: 'EncounterMet', encounter })
    .says('Bea', seal(1))
    .says('Amal', seal(2))
  const key = shows === 'answers' ? 'ab'.repeat(32) : null
  if (shows !== 'nothing')
    story.says('Amal', { type: 'CheckInShown', encounter, what: shows, key, topics, oneStep: null, oneStepWords: '' })
  return story
}

const said = (name: string, member: string, answers: CheckInAnswers): OpenedAnswers => ({
  encounter: idOf(name),
  member,
  answers,
})

/** What Amal's and Bea's devices offer after one meeting. */
function offered(person: CheckInAnswers, practitioner: CheckInAnswers, story = meet(together(), 'first', 'answers')) {
  const [hers, theirs] = [said('first', AMAL, person), said('first', BEA, practitioner)]
  return {
    amal: talkOffers(story.circle, AMAL, [theirs], [hers]).map(({ trigger, to, item }) => [trigger, to, item]),
    bea: talkOffers(story.circle, BEA, [hers], [theirs]).map(({ trigger, to, item }) => [trigger, to, item]),
  }
}

describe('the gap', () => {
  it('[CHK-15] is the practitioner’s mark less the person’s, only where both marked', () => {
    expect(gap(marks({ worth: 4, voice: 1, open: 2 }), marks({ worth: 1, voice: 3, free: 2 }))).toEqual({
      worth: 3,
      voice: -2,
      open: null,
      choice: null,
      free: null,
    })
    expect(gap(all(4), { ...all(1), nothingToChoose: true }).choice).toBeNull()
  })

  it('[CHK-15] turns its sign when the two sides change places', () => {
    const mark = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null })
    const one = fc.record({ worth: mark, voice: mark, open: mark, choice: mark, free: mark }).map((some) => marks(some))
    fc.assert(
      fc.property(one, one, (a, b) => {
        const [there, back] = [gap(a, b), gap(b, a)]
        for (const item of ITEMS) {
          const [one, other] = [there[item], back[item]]
          expect(one === null ? other : one + (other ?? NaN)).toBe(one === null ? null : 0)
        }
      }),
    )
  })
})

describe('talk offers', () => {
  it('[CHK-16] what the person showed at 0 or 1 is offered to the person alone', () => {
    const { amal, bea } = offered(marks({ voice: 1, worth: 2 }), marks({}))
    expect(amal).toEqual([['aboutAnItem', 'person', 'voice']])
    expect(bea).toEqual([])
  })

  it('[CHK-16] free at 0 to 2 has its own offer, once', () => {
    expect(offered(marks({ free: 2 }), marks({})).amal).toEqual([['aboutFree', 'person', 'free']])
    expect(offered(marks({ free: 0 }), marks({})).amal).toEqual([['aboutFree', 'person', 'free']])
    expect(offered(marks({ free: 3 }), marks({})).amal).toEqual([])
    const off = meet(together(), 'first', 'answers')
    off.says('Amal', { type: 'TriggerSet', trigger: 'aboutFree', on: false })
    expect(offered(marks({ free: 1 }), marks({}), off).amal).toEqual([['aboutAnItem', 'person', 'free']])
    expect(offered(marks({ free: 2 }), marks({}), off).amal).toEqual([])
  })

  it('[CHK-16] private answers lead to no offer to anybody, and topics only to the person', () => {
    const hidden = meet(together(), 'first', 'nothing')
    expect(offered(all(0), all(4), hidden)).toEqual({ amal: [], bea: [] })
    const topics = meet(together(), 'first', 'topics', ['voice'])
    expect(offered(all(0), all(4), topics)).toEqual({ amal: [['aboutAnItem', 'person', 'voice']], bea: [] })
  })

  it('[CHK-16] a gap of two or more is offered to both, the other way round to the practitioner alone', () => {
    const { amal, bea } = offered(marks({ voice: 2, open: 4 }), marks({ voice: 4, open: 2 }))
    expect(amal).toEqual([['seenDifferently', 'both', 'voice']])
    expect(bea).toEqual([
      ['seenDifferently', 'both', 'voice'],
      ['lessEqualThanFelt', 'practitioner', 'open'],
    ])
  })

  it('[CHK-16] a practitioner who marks 0 or 1 is asked to own it first', () => {
    const { amal, bea } = offered(marks({}), marks({ choice: 1, free: 2 }))
    expect(bea).toEqual([['ownItFirst', 'practitioner', 'choice']])
    expect(amal).toEqual([])
  })

  it('[CHK-16] both high leads to nothing', () => {
    expect(offered(all(4), all(4))).toEqual({ amal: [], bea: [] })
  })

  it('[CHK-16] seeing more equality over three shared meetings is offered to the practitioner', () => {
    const story = together()
    for (const name of ['first', 'second', 'third']) meet(story, name, 'answers')
    const names = ['first', 'second', 'third']
    const hers = names.map((name) => said(name, AMAL, all(3)))
    const theirs = (of: number[]) => names.map((name, at) => said(name, BEA, all(of[at] ?? 0)))
    const bea = (of: number[]) => talkOffers(story.circle, BEA, hers, theirs(of)).map((one) => one.trigger)
    expect(bea([4, 4, 4])).toEqual(['moreEqualThanFelt'])
    expect(bea([4, 4, 3])).toEqual([])
    expect(talkOffers(story.circle, AMAL, theirs([4, 4, 4]), hers)).toEqual([])
    meet(story, 'fourth', 'nothing')
    expect(bea([4, 4, 4])).toEqual(['moreEqualThanFelt'])
  })

  it('[CHK-16] only the latest three shared meetings count, marks of one meeting meet only its own, and no mark is no gap', () => {
    const names = ['first', 'second', 'third', 'fourth']
    const story = together()
    for (const name of names) meet(story, name, 'answers')
    const from = (member: string, of: readonly CheckInAnswers[]) =>
      of.map((answers, at) => said(names[at] ?? '', member, answers))
    const bea = (hers: readonly CheckInAnswers[], theirs: readonly CheckInAnswers[]) =>
      talkOffers(story.circle, BEA, from(AMAL, hers), from(BEA, theirs)).map((one) => [one.trigger, one.encounter])
    const more = ['moreEqualThanFelt', idOf('fourth')]
    const three = [all(3), all(3), all(3), all(3)]
    expect(bea(three, [all(3), all(4), all(4), all(4)])).toEqual([more])
    expect(bea(three, [all(4), all(4), all(4), all(3)])).toEqual([])
    expect(bea([marks({}), marks({}), marks({}), marks({})], three)).toEqual([])
    expect(bea([all(4), all(2), all(3), all(4)], [all(4), all(2), all(3), all(4)])).toEqual([])
  })

  it('[CHK-16] offers come with the latest meeting first', () => {
    const story = together()
    for (const name of ['first', 'second', 'third']) meet(story, name, 'answers')
    const own = ['first', 'third', 'second'].map((name) => said(name, AMAL, marks({ voice: 0 })))
    expect(talkOffers(story.circle, AMAL, [], own).map((one) => one.encounter)).toEqual(
      ['third', 'second', 'first'].map(idOf),
    )
  })

  it('[CHK-16] answers that are not there, or of somebody who is nobody here, are compared with nothing', () => {
    const story = meet(together(), 'first', 'answers')
    const stranger = said('first', idOf('Mallory'), all(4))
    expect(talkOffers(story.circle, BEA, [], [said('first', BEA, all(4))])).toEqual([])
    expect(talkOffers(story.circle, AMAL, [stranger], [said('first', AMAL, all(2))]).map((one) => one.trigger)).toEqual(
      ['aboutFree'],
    )
  })

  it('[CHK-16] whatever was marked, the person’s own offers never reach the practitioner', () => {
    const mark = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null })
    const one = fc.record({ worth: mark, voice: mark, open: mark, choice: mark, free: mark }).map((some) => marks(some))
    const shows = fc.constantFrom('answers' as const, 'nothing' as const)
    fc.assert(
      fc.property(one, one, shows, (person, practitioner, how) => {
        const { amal, bea } = offered(person, practitioner, meet(together(), 'first', how))
        expect(amal.every(([, to]) => to === 'person' || to === 'both')).toBe(true)
        expect(bea.every(([, to]) => to === 'practitioner' || to === 'both')).toBe(true)
        const shared = (list: unknown[][]) => list.filter(([, to]) => to === 'both')
        expect(shared(amal)).toEqual(shared(bea))
      }),
    )
  })

  it('[CHK-16] the person can switch off every kind', () => {
    const story = meet(together(), 'first', 'answers')
    const kinds = ['aboutAnItem', 'aboutFree', 'seenDifferently', 'lessEqualThanFelt', 'ownItFirst'] as const
    for (const trigger of kinds) story.says('Amal', { type: 'TriggerSet', trigger, on: false })
    expect(offered(all(0), marks({ worth: 4, voice: 0 }), story)).toEqual({ amal: [], bea: [] })
  })
})
