import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AMAL, BEA, founded, idOf, rekey, type Story, together } from '../../test/story.ts'
import type { PracticeEvent } from '../define.ts'
import { checkShape } from '../registry.ts'
import {
  allChoices,
  canBeMade,
  choiceOf,
  choicesFrom,
  choosers,
  dueToLookAgain,
  lookAgainDay,
  waitingForChoice,
  waysOf,
  type Choice,
} from './state.ts'

type Opening = Extract<PracticeEvent, { type: 'ChoiceOpened' }>
const choice = idOf('flat')

const open = (rest: Partial<Opening> = {}): Opening => ({
  type: 'ChoiceOpened',
  choice,
  encounter: null,
  question: 'What about the cold flat?',
  whose: [AMAL, BEA],
  byWhen: '2026-12-01',
  ifNot: 'The letter runs out.',
  ...rest,
})
const way = (name: string, notNow = false) =>
  ({ type: 'WayAdded', choice, way: idOf(name), text: name, notNow }) as const
const weigh = (name: string, good = 'It is quick.') =>
  ({ type: 'WayWeighed', choice, way: idOf(name), good, hard: '', unknown: 'Who pays?' }) as const
const takeOff = (name: string) => ({ type: 'WayTakenOff', choice, way: idOf(name) }) as const
const take = (name: string, lookAgain: string | null = null) =>
  ({ type: 'ChoiceMade', choice, way: idOf(name), undo: 'We call them.', lookAgain }) as const
const undo = { type: 'ChoiceUndone', choice, why: 'It did not work.' } as const
const look = (lookAgain: string | null = null) =>
  ({ type: 'ChoiceLookedAgain', choice, words: 'Still good.', lookAgain }) as const

const of = (story: Story): Choice => {
  const found = choiceOf(story.circle, choice)
  if (found === null) throw new Error('it was opened')
  return found
}

/** Opened by Bea, with a letter, a visit and not now. */
const opened = (rest: Partial<Opening> = {}) =>
  together()
    .says('Bea', open(rest))
    .says('Bea', way('letter'))
    .says('Amal', way('visit'))
    .says('Bea', way('later', true))

describe('opening a choice', () => {
  it('[WAY-1] an id is used once', () => {
    expect(opened().say('Amal', open())?.rule).toBe('WAY-1')
  })

  it('[WAY-2] it is said whose choice it is: members who are here, each once', () => {
    for (const whose of [[], [AMAL, AMAL], [idOf('Nobody')], [AMAL, idOf('Nobody')]])
      expect(together().say('Bea', open({ whose }))?.rule).toBe('WAY-2')
    expect(checkShape(open({ whose: ['a', 'b', 'c', 'd', 'e'].map(idOf) })).ok).toBe(false)
    for (const whose of [[AMAL], [BEA], [BEA, AMAL]]) expect(together().say('Bea', open({ whose }))).toBeNull()
  })

  it('[WAY-10] it names a meeting of this circle or none', () => {
    const encounter = idOf('first')
    expect(together().say('Bea', open({ encounter }))?.rule).toBe('WAY-10')
    const plan = { type: 'EncounterPlanned', encounter, day: null, time: null, place: '', way: 'call' } as const
    const story = together().says('Bea', plan).says('Bea', open({ encounter }))
    expect(choicesFrom(story.circle, encounter)).toHaveLength(1)
  })

  it('[WAY-11] a question, a way and a weighing say something', () => {
    expect(together().say('Bea', open({ question: ' ' }))?.rule).toBe('WAY-11')
    expect(opened().say('Bea', { ...way('a'), text: ' ' })?.rule).toBe('WAY-11')
    expect(opened().say('Bea', { ...weigh('letter', ' '), unknown: '' })?.rule).toBe('WAY-11')
  })

  it('[WAY-12] an own circle has no choices to make together', () => {
    expect(founded('own').say('Amal', open({ whose: [AMAL] }))?.rule).toBe('WAY-12')
    expect(together().say('Amal', open({ whose: [AMAL] }))).toBeNull()
  })
})

describe('ways', () => {
  it('[WAY-3] are added, weighed and taken off until the choice is made, and again once it is undone', () => {
    const story = opened({ whose: [AMAL] }).says('Amal', take('visit'))
    for (const event of [way('other'), weigh('letter'), takeOff('letter'), take('letter')])
      expect(story.say('Bea', event)?.rule).toBe('WAY-3')
    story.says('Amal', undo)
    for (const event of [way('other'), weigh('letter'), takeOff('letter')]) expect(story.say('Bea', event)).toBeNull()
    expect(together().say('Bea', way('letter'))?.rule).toBe('WAY-3')
  })

  it('[WAY-4] have an id of their own, and there are twenty at most', () => {
    const story = opened()
    expect(story.say('Amal', way('letter'))?.rule).toBe('WAY-4')
    story.says('Bea', takeOff('letter'))
    expect(story.say('Bea', way('letter'))?.rule).toBe('WAY-4')
    for (let i = 3; i < 20; i++) story.says('Amal', way(`way ${i}`))
    expect(story.say('Amal', way('one more'))?.rule).toBe('WAY-4')
  })

  it('[WAY-4] are never all filled by others, so that the person can always add theirs, not now among them', () => {
    const story = together().says('Bea', open())
    for (let i = 0; i < 10; i++) story.says('Bea', way(`way ${i}`))
    expect(story.say('Bea', way('one more'))?.rule).toBe('WAY-4')
    expect(story.say('Amal', way('not now', true))).toBeNull()
  })

  it('[WAY-5] only what is there is weighed or taken, and each member’s weighing stands beside the others’', () => {
    const story = opened().says('Bea', takeOff('later')).says('Bea', way('not now', true))
    for (const event of [weigh('nothing'), weigh('later'), take('nothing'), take('later')])
      expect(story.say('Bea', event)?.rule).toBe('WAY-5')
    story
      .says('Bea', weigh('letter'))
      .says('Amal', weigh('letter', 'I can do it alone.'))
      .says('Bea', weigh('letter', 'Cheap.'))
    const letter = waysOf(of(story))[0]
    expect(letter?.weighings[AMAL]?.good).toBe('I can do it alone.')
    expect(letter?.weighings[BEA]?.good).toBe('Cheap.')
  })

  it('[WAY-9] only its author takes a way off, and not once somebody has taken it', () => {
    const story = opened()
    expect(story.say('Amal', takeOff('letter'))?.rule).toBe('WAY-9')
    expect(story.say('Amal', takeOff('nothing'))?.rule).toBe('WAY-9')
    story.says('Amal', take('letter'))
    expect(story.say('Bea', takeOff('letter'))?.rule).toBe('WAY-9')
    story.says('Amal', take('visit')).says('Bea', takeOff('letter'))
    expect(waysOf(of(story)).map((one) => one.text)).toEqual(['visit', 'later'])
  })
})

describe('choosing', () => {
  it('[WAY-6] not now is among the ways, and so is at least one other', () => {
    const story = together()
      .says('Bea', open({ whose: [AMAL] }))
      .says('Bea', way('letter'))
    expect(story.say('Amal', take('letter'))?.rule).toBe('WAY-6')
    story.says('Bea', way('visit'))
    expect(story.say('Amal', take('letter'))?.rule).toBe('WAY-6')
    story.says('Amal', way('later', true))
    expect(story.say('Amal', take('letter'))).toBeNull()
    const none = together()
      .says('Bea', open({ whose: [AMAL] }))
      .says('Bea', way('later', true))
    none.says('Bea', way('much later', true))
    expect(none.say('Amal', take('later'))?.rule).toBe('WAY-6')
  })

  it('[WAY-7] it is made when all whose choice it is have taken the same way, and by nobody else', () => {
    const hers = opened({ whose: [AMAL] })
    expect(hers.say('Bea', take('letter'))?.rule).toBe('WAY-7')
    expect(waitingForChoice(hers.circle, BEA)).toEqual([])
    expect(waitingForChoice(hers.circle, AMAL)).toHaveLength(1)
    hers.says('Amal', take('later'))
    expect(of(hers)).toMatchObject({ status: 'made', made: { way: idOf('later') } })

    const both = opened().says('Amal', take('letter')).says('Bea', take('visit'))
    expect(of(both).status).toBe('open')
    both.says('Bea', take('letter'))
    expect(of(both)).toMatchObject({ status: 'made', made: { way: idOf('letter') } })
    expect(of(both).picks[AMAL]?.undo).toBe('We call them.')
  })

  it('[WAY-7] one who has gone holds no choice back', () => {
    const story = opened().says('Amal', take('letter')).says('Bea', { type: 'MemberLeft' })
    story.says('Amal', rekey('leave', 1)).says('Amal', take('letter'))
    expect(choosers(story.circle, of(story))).toEqual([AMAL])
    expect(of(story).status).toBe('made')
  })

  it('[WAY-8] any one of them undoes it or lets it stand, and it can be made anew', () => {
    const story = opened()
    for (const event of [undo, look()]) expect(story.say('Amal', event)?.rule).toBe('WAY-8')
    story.says('Amal', take('letter')).says('Bea', take('letter')).says('Bea', look('2027-02-01')).says('Amal', undo)
    expect(of(story)).toMatchObject({
      status: 'undone',
      made: null,
      picks: {},
      undone: { by: AMAL, way: idOf('letter') },
    })
    story.says('Amal', take('visit')).says('Bea', take('visit'))
    expect(of(story)).toMatchObject({ status: 'made', looks: [], undone: { way: idOf('letter') } })
    const hers = opened({ whose: [AMAL] }).says('Amal', take('letter'))
    for (const event of [undo, look()]) expect(hers.say('Bea', event)?.rule).toBe('WAY-7')
  })

  it('lists choices in the order they were opened, by meeting, and those that wait for somebody', () => {
    const plan = {
      type: 'EncounterPlanned',
      encounter: idOf('first'),
      day: null,
      time: null,
      place: '',
      way: 'visit',
    } as const
    const story = opened().says('Bea', plan)
    story
      .says('Bea', open({ choice: idOf('zebra'), encounter: idOf('first') }))
      .says('Bea', open({ choice: idOf('apple') }))
    const choices = Object.fromEntries(Object.entries(story.circle.ways.choices).reverse())
    const turned = { ...story.circle, ways: { choices } }
    expect(allChoices(turned).map((one) => one.id)).toEqual([choice, idOf('zebra'), idOf('apple')])
    expect(choicesFrom(turned, idOf('first')).map((one) => one.id)).toEqual([idOf('zebra')])
    const waiting = (who: string) => waitingForChoice(story.circle, who).map((one) => one.id)
    expect([waiting(AMAL), waiting(BEA)]).toEqual([[choice], [choice]])
    story.says('Amal', take('letter'))
    expect([waiting(AMAL), waiting(BEA)]).toEqual([[], [choice]])
    story.says('Bea', take('letter'))
    expect([waiting(AMAL), waiting(BEA)]).toEqual([[], []])
    expect(lookAgainDay(of(story))).toBeNull()
    expect(dueToLookAgain(story.circle, '2030-01-01')).toEqual([])
    story.says('Amal', undo)
    expect([waiting(AMAL), waiting(BEA)]).toEqual([[choice], [choice]])
  })

  it('shows when to look again: the earliest day said, then the day of the latest look', () => {
    const story = opened().says('Amal', take('letter', '2027-02-01')).says('Bea', take('letter', '2027-01-01'))
    expect(lookAgainDay(of(story))).toBe('2027-01-01')
    expect(dueToLookAgain(story.circle, '2026-12-31')).toEqual([])
    expect(dueToLookAgain(story.circle, '2027-01-01')).toHaveLength(1)
    for (let i = 0; i < 25; i++) story.says('Bea', look('2027-03-01'))
    expect(lookAgainDay(of(story))).toBe('2027-03-01')
    expect(of(story).looks).toHaveLength(20)
    story.says('Amal', look())
    expect(lookAgainDay(of(story))).toBeNull()
    story.says('Amal', undo)
    expect(dueToLookAgain(story.circle, '2030-01-01')).toEqual([])
  })

  it('nothing stands that not all whose choice it is have taken, whatever is said in whatever order', () => {
    const name = fc.constantFrom('letter', 'visit', 'later', 'new')
    const saying = fc.oneof(
      name.map((one) => way(one, one === 'later')),
      name.map((one) => weigh(one)),
      name.map((one) => takeOff(one)),
      name.map((one) => take(one)),
      fc.constantFrom(undo, look()),
    )
    const whose = fc.constantFrom([AMAL], [BEA], [AMAL, BEA])
    fc.assert(
      fc.property(whose, fc.array(fc.tuple(fc.constantFrom('Amal', 'Bea'), saying), { maxLength: 40 }), (of, said) => {
        const story = opened({ whose: of })
        for (const [who, event] of said) story.say(who, event)
        for (const one of allChoices(story.circle)) {
          expect((one.status === 'made') === (one.made !== null)).toBe(true)
          expect(Object.keys(one.picks).every((member) => of.includes(member))).toBe(true)
          if (one.made === null) continue
          expect(of.every((member) => one.picks[member]?.way === one.made?.way)).toBe(true)
          expect(canBeMade(one)).toBe(true)
          expect(waysOf(one).some((each) => each.id === one.made?.way)).toBe(true)
        }
      }),
    )
  })
})
