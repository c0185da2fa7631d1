import { canonical } from '@alongside/base/canonical.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AMAL, BEA, founded, idOf, keysOf, rekey, Story, together } from '../../test/story.ts'
import type { Circle, PracticeEvent } from '../define.ts'
import { checkShape } from '../registry.ts'
import { noAnswers, type CheckInAnswers } from './answers.ts'
import { talkOffers } from './offers.ts'
import {
  askedTwice,
  askOf,
  asksOf,
  laterViews,
  maySeal,
  mayOpen,
  sealedItem,
  sealedKnowing,
  sharedAnswer,
  triggerOn,
  unanswered,
  unsealed,
  wasThere,
} from './state.ts'

type Showing = Extract<PracticeEvent, { type: 'CheckInShown' }>

const plan = (name: string) =>
  ({ type: 'EncounterPlanned', encounter: idOf(name), day: null, time: null, place: '', way: 'visit' }) as const
const met = (name: string) => ({ type: 'EncounterMet', encounter: idOf(name) }) as const
const close = (name: string) => ({ type: 'LookBackClosed', encounter: idOf(name) }) as const
const seal = (name: string, fill = 1) =>
  ({
    type: 'CheckInSealed',
    encounter: idOf(name),
    item: new Uint8Array(4096).fill(fill),
    commitment: fill.toString(16).padStart(2, '0').repeat(32),
    wrap: new Uint8Array(80).fill(fill),
  }) as const
const show = (name: string, rest: Partial<Showing> = {}): Showing => ({
  type: 'CheckInShown',
  encounter: idOf(name),
  what: 'answers',
  key: 'ab'.repeat(32),
  topics: [],
  oneStep: null,
  oneStepWords: '',
  ...rest,
})
const topics = (name: string, rest: Partial<Showing> = {}): Showing =>
  show(name, { what: 'topics', key: null, topics: ['voice'], ...rest })
const reply = (name: string, words = 'I will turn the screen to you.', member = AMAL) =>
  ({ type: 'ChangeAnswered', encounter: idOf(name), member, what: 'willDo', words }) as const
const later = (name: string, answers: CheckInAnswers) =>
  ({ type: 'CheckInLaterView', encounter: idOf(name), answers }) as const

const afterMeeting = (name = 'first') => together().says('Bea', plan(name)).says('Bea', met(name))
const again = (story: Story, name: string) => story.says('Bea', plan(name)).says('Bea', met(name))

describe('sealing', () => {
  it('[CHK-2] only somebody who was there when it was met was there', () => {
    const story = together().says('Bea', plan('first'))
    expect(wasThere(story.circle, idOf('first'), BEA)).toBe(false)
    story.says('Bea', met('first'))
    expect(wasThere(story.circle, idOf('first'), BEA)).toBe(true)
    expect(wasThere(story.circle, idOf('first'), idOf('Mallory'))).toBe(false)
    expect(wasThere(story.circle, idOf('nowhere'), BEA)).toBe(false)
    story.says(
      'Amal',
      {
        type: 'MemberProposed',
        role: 'practitioner',
        name: 'Cam',
        language: 'en',
        keys: keysOf('Cam'),
        place: idOf('place of Cam'),
        commitment: keysOf('Cam commitment').member,
        nonce: keysOf('Cam nonce').member,
      },
      { derived: 'Cam' },
    )
    again(story, 'second')
    expect(wasThere(story.circle, idOf('second'), idOf('Cam'))).toBe(false)
  })

  it('[CHK-5] nobody sealed knowing what was not shown, or without having sealed', () => {
    const story = afterMeeting()
    const knowing = () => sealedKnowing(story.circle, idOf('first'), BEA, AMAL)
    expect(knowing()).toBe(false)
    story.says('Amal', seal('first'))
    expect(knowing()).toBe(false)
    story.says('Amal', show('first'))
    expect(knowing()).toBe(false)
    story.says('Bea', seal('first', 2))
    expect(knowing()).toBe(true)
    expect(sealedKnowing(story.circle, idOf('first'), AMAL, BEA)).toBe(false)
  })

  it('[CHK-1] an own circle has no check-in', () => {
    const story = founded('own')
    expect(story.say('Amal', seal('first'))?.rule).toBe('CHK-1')
    expect(afterMeeting().say('Amal', seal('first'))).toBeNull()
  })

  it('[CHK-2] it is about a meeting that was met while its author was in the circle', () => {
    const story = together()
    expect(story.say('Bea', seal('first'))?.rule).toBe('CHK-2')
    story.says('Bea', plan('first'))
    expect(story.say('Amal', seal('first'))?.rule).toBe('CHK-2')
    story.says('Bea', met('first'))
    const cam = {
      type: 'MemberProposed',
      role: 'practitioner',
      name: 'Cam',
      language: 'en',
      keys: keysOf('Cam'),
      place: idOf('place'),
      commitment: '0'.repeat(64),
      nonce: '0'.repeat(64),
    } as const
    story.says('Amal', cam, { derived: 'Cam' }).says('Amal', rekey('admit', 1))
    story.says('Cam', { type: 'MemberAccepted', nonce: '0'.repeat(64), proof: '0'.repeat(128) })
    expect(story.say('Cam', seal('first'))?.rule).toBe('CHK-2')
    expect(unsealed(story.circle, idOf('Cam'))).toEqual([])
    expect(story.say('Bea', seal('first'))).toBeNull()
  })

  it('[CHK-3] one item for each member and meeting, which nobody changes', () => {
    const story = afterMeeting().says('Amal', seal('first', 1)).says('Bea', seal('first', 2))
    expect(story.say('Amal', seal('first', 3))?.rule).toBe('CHK-3')
    expect(story.say('Bea', seal('first', 3))?.rule).toBe('CHK-3')
    expect(sealedItem(story.circle, idOf('first'), AMAL)?.item[0]).toBe(1)
  })

  it('[CHK-4] the person is never too late, a practitioner is once the next meeting is met or the window closed', () => {
    const next = again(afterMeeting(), 'second')
    expect(next.say('Bea', seal('first'))?.rule).toBe('CHK-4')
    expect(next.say('Amal', seal('first'))).toBeNull()
    for (const who of ['Amal', 'Bea']) {
      const closed = afterMeeting().says(who, close('first'))
      expect(closed.say('Bea', seal('first'))?.rule).toBe('CHK-4')
      expect(maySeal(closed.circle, idOf('first'), BEA)).toBe(false)
      expect(unsealed(closed.circle, AMAL)).toEqual([idOf('first')])
      expect(closed.say('Amal', seal('first'))).toBeNull()
      expect(unsealed(closed.circle, AMAL)).toEqual([])
    }
  })

  it('[CHK-5] a device opens the other’s only after its own is sealed or the window is over', () => {
    const story = afterMeeting().says('Bea', seal('first'))
    expect(mayOpen(story.circle, idOf('first'), AMAL)).toBe(false)
    expect(mayOpen(story.circle, idOf('first'), BEA)).toBe(true)
    expect(mayOpen(again(story, 'second').circle, idOf('first'), AMAL)).toBe(true)
    expect(mayOpen(story.circle, idOf('never planned'), AMAL)).toBe(false)
  })

  it('[CHK-5] it stays visible whether somebody sealed after seeing the other’s', () => {
    const knowing = afterMeeting().says('Amal', seal('first')).says('Amal', show('first')).says('Bea', seal('first'))
    expect(sealedKnowing(knowing.circle, idOf('first'), BEA, AMAL)).toBe(true)
    const story = afterMeeting().says('Amal', seal('first')).says('Amal', show('first'))
    story.says('Bea', seal('first'), { seen: story.seq - 1 })
    expect(sealedKnowing(story.circle, idOf('first'), BEA, AMAL)).toBe(false)
  })

  it('has one size for every item', () => {
    expect(checkShape({ ...seal('first'), item: new Uint8Array(4095) }).ok).toBe(false)
    expect(checkShape({ ...seal('first'), wrap: new Uint8Array(81) }).ok).toBe(false)
  })
})

describe('showing', () => {
  it('[CHK-6] only its author shows an item, at any time later', () => {
    const story = afterMeeting().says('Amal', seal('first'))
    expect(story.say('Bea', show('first'))?.rule).toBe('CHK-6')
    expect(sharedAnswer(story.circle, idOf('first'), AMAL)).toEqual({ type: 'none' })
    again(again(story, 'second'), 'third')
    expect(story.say('Amal', show('first'))).toBeNull()
    expect(sharedAnswer(story.circle, idOf('first'), AMAL)).toMatchObject({ type: 'answers', key: 'ab'.repeat(32) })
  })

  it('[CHK-7] answers go with the key and no topics; topics without it, and never with nothing', () => {
    const story = afterMeeting().says('Amal', seal('first'))
    for (const event of [
      show('first', { key: null }),
      show('first', { topics: ['voice'] }),
      topics('first', { key: 'ab'.repeat(32) }),
      topics('first', { topics: [] }),
      topics('first', { topics: ['voice', 'voice'] }),
    ])
      expect(story.say('Amal', event)?.rule).toBe('CHK-7')
    expect(story.say('Amal', topics('first', { topics: [], oneStep: 'slowDown' }))).toBeNull()
    expect(sharedAnswer(story.circle, idOf('first'), AMAL)).toEqual({
      type: 'topics',
      topics: [],
      step: 'slowDown',
      words: '',
    })
  })

  it('[CHK-8] topics can be followed by the answers, and nothing is taken back', () => {
    const story = afterMeeting()
      .says('Amal', seal('first'))
      .says('Amal', topics('first', { oneStep: 'slowDown' }))
    expect(story.say('Amal', topics('first', { topics: ['free'] }))?.rule).toBe('CHK-8')
    expect(story.say('Amal', show('first', { oneStep: 'tellWhy' }))?.rule).toBe('CHK-8')
    const asked = askOf(story.circle, idOf('first'), AMAL)
    story.says('Amal', show('first', { oneStep: 'slowDown' }))
    expect(askOf(story.circle, idOf('first'), AMAL)).toEqual(asked)
    expect(story.say('Amal', show('first', { oneStep: 'slowDown' }))?.rule).toBe('CHK-8')
    expect(story.say('Amal', topics('first'))?.rule).toBe('CHK-8')
  })

  it('[CHK-9] a step of one’s own has words, and no other has', () => {
    const story = afterMeeting().says('Amal', seal('first'))
    expect(story.say('Amal', show('first', { oneStep: 'own', oneStepWords: ' ' }))?.rule).toBe('CHK-9')
    expect(story.say('Amal', show('first', { oneStep: 'slowDown', oneStepWords: 'please' }))?.rule).toBe('CHK-9')
    expect(story.say('Amal', show('first', { oneStepWords: 'please' }))?.rule).toBe('CHK-9')
    expect(story.say('Amal', show('first', { oneStep: 'own', oneStepWords: 'Sit beside me' }))).toBeNull()
  })

  it('[CHK-10] a later view stands beside what was sealed', () => {
    const story = afterMeeting()
    const view = { ...noAnswers, items: { ...noAnswers.items, voice: 1 } }
    expect(story.say('Amal', later('first', view))?.rule).toBe('CHK-10')
    story.says('Amal', seal('first')).says('Bea', seal('first'))
    expect(story.say('Amal', later('first', noAnswers))?.rule).toBe('CHK-10')
    expect(story.say('Amal', later('first', { ...view, oneStep: 'own' }))?.rule).toBe('CHK-9')
    for (let i = 0; i < 5; i++) story.says('Amal', later('first', view))
    expect(story.say('Amal', later('first', view))?.rule).toBe('CHK-10')
    expect(laterViews(story.circle, idOf('first'), AMAL)[0]?.answers).toEqual(view)
    expect(sharedAnswer(story.circle, idOf('first'), AMAL)).toEqual({ type: 'none' })
  })

  it('[CHK-10] a later view, which everybody can read, does not come before the other side has sealed', () => {
    const view = { ...noAnswers, items: { ...noAnswers.items, worth: 4 } }
    const waiting = afterMeeting().says('Bea', seal('first'))
    expect(waiting.say('Bea', later('first', view))?.rule).toBe('CHK-10')
    expect(waiting.says('Amal', seal('first')).say('Bea', later('first', view))).toBeNull()
    const over = afterMeeting().says('Bea', seal('first')).says('Amal', close('first'))
    expect(over.say('Bea', later('first', view))).toBeNull()
  })
})

describe('offers and replies', () => {
  it('[CHK-11] only the person switches offers', () => {
    const off = { type: 'TriggerSet', trigger: 'aboutFree', on: false } as const
    const story = together()
    expect(story.say('Bea', off)?.rule).toBe('CHK-11')
    expect(triggerOn(story.circle, 'aboutFree')).toBe(true)
    story.says('Amal', off)
    expect(triggerOn(story.circle, 'aboutFree')).toBe(false)
    expect(triggerOn(story.circle, 'askedTwice')).toBe(true)
  })

  it('[CHK-12] others suggest, and the person’s setting ends the suggestion', () => {
    const suggest = (on: boolean) => ({ type: 'TriggerSuggested', trigger: 'askedTwice', on, words: '' }) as const
    const story = together()
    expect(story.say('Amal', suggest(false))?.rule).toBe('CHK-12')
    story.says('Bea', suggest(false)).says('Bea', suggest(true))
    expect(story.circle.checkIn.suggestions).toMatchObject([{ by: BEA, trigger: 'askedTwice', on: true }])
    expect(triggerOn(story.circle, 'askedTwice')).toBe(true)
    story.says('Amal', { type: 'TriggerSet', trigger: 'askedTwice', on: true })
    expect(story.circle.checkIn.suggestions).toEqual([])
  })

  it('[CHK-14] a change asked for and shown gets a dated reply from the other side', () => {
    const story = afterMeeting().says('Amal', seal('first'))
    expect(story.say('Bea', reply('first'))?.rule).toBe('CHK-14')
    story.says('Amal', show('first', { oneStep: 'showScreen' }))
    expect(unanswered(story.circle, BEA)).toMatchObject([{ member: AMAL, step: 'showScreen' }])
    expect(unanswered(story.circle, AMAL)).toEqual([])
    expect(story.say('Amal', reply('first'))?.rule).toBe('CHK-14')
    expect(story.say('Bea', reply('first', ' '))?.rule).toBe('CHK-14')
    story.says('Bea', reply('first'), { at: 5_000 })
    expect(asksOf(story.circle, AMAL)[0]?.replies).toMatchObject([{ by: BEA, what: 'willDo', at: 5_000 }])
    expect(unanswered(story.circle, BEA)).toEqual([])
    for (let i = 1; i < 5; i++) story.says('Bea', reply('first'))
    expect(story.say('Bea', reply('first'))?.rule).toBe('CHK-14')
  })

  it('[CHK-14] no reply is owed to "I don’t know yet" and "nothing this time"', () => {
    for (const oneStep of ['dontKnow', 'nothing'] as const) {
      const story = afterMeeting().says('Amal', seal('first')).says('Amal', show('first', { oneStep }))
      expect(story.say('Bea', reply('first'))?.rule).toBe('CHK-14')
      expect(unanswered(story.circle, BEA)).toEqual([])
    }
  })

  it('[CHK-17] the same change asked for twice asks for an answer, until there is one', () => {
    const story = afterMeeting()
    const ask = (name: string, step: Partial<Showing>) => story.says('Amal', seal(name)).says('Amal', show(name, step))
    ask('first', { oneStep: 'slowDown' }).says('Bea', reply('first'))
    ask(again(story, 'second') && 'second', { oneStep: 'own', oneStepWords: 'Sit down' })
    ask(again(story, 'third') && 'third', { oneStep: 'own', oneStepWords: 'Stand up' })
    expect(askedTwice(story.circle)).toEqual([])
    ask(again(story, 'fourth') && 'fourth', { oneStep: 'slowDown' })
    expect(askedTwice(story.circle)).toMatchObject([{ encounter: idOf('fourth'), step: 'slowDown' }])
    expect(talkOffers(story.circle, BEA, [], []).map((one) => one.trigger)).toEqual(['askedTwice'])
    expect(talkOffers(story.circle, AMAL, [], [])).toEqual([])
    story.says('Bea', reply('fourth'))
    expect(askedTwice(story.circle)).toEqual([])
  })
})

/** A circle's state with everything in it that may differ between an empty item and a private one made equal. */
function withoutItems(circle: Circle): unknown {
  const sealed: Record<string, unknown> = {}
  for (const [encounter, members] of Object.entries(circle.checkIn.sealed))
    sealed[encounter] = Object.fromEntries(
      Object.entries(members).map(([member, { seq, seenSeq }]) => [member, { seq, seenSeq }]),
    )
  return canonical({ ...circle, checkIn: { ...circle.checkIn, sealed } })
}

describe('silence is safe', () => {
  it('[CHK-13] not answered and kept private leave one state, in every history', () => {
    const meeting = fc.constantFrom('first', 'second', 'third')
    const saying = fc.oneof(
      meeting.map((name) => ['Bea', met(name)] as const),
      meeting.map((name) => ['Amal', seal(name)] as const),
      meeting.map((name) => ['Bea', seal(name, 9)] as const),
      meeting.map((name) => ['Bea', show(name, { oneStep: 'tellWhy' })] as const),
      meeting.map((name) => ['Bea', close(name)] as const),
      meeting.map((name) => ['Amal', reply(name, 'Gladly.', BEA)] as const),
    )
    const fills = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 2 })
    fc.assert(
      fc.property(fc.array(saying, { maxLength: 25 }), fills, (sayings, [empty = 0, answered = 1]) => {
        const live = (fill: number) => {
          const story = together()
          for (const name of ['first', 'second', 'third']) story.says('Amal', plan(name))
          const refusals = sayings.map(([who, event]) =>
            story.say(
              who,
              who === 'Amal' && event.type === 'CheckInSealed'
                ? { ...event, ...seal('', fill), encounter: event.encounter }
                : event,
            ),
          )
          return { story, refusals }
        }
        const [silent, kept] = [live(empty), live(answered)]
        expect(silent.refusals).toEqual(kept.refusals)
        expect(withoutItems(silent.story.circle)).toEqual(withoutItems(kept.story.circle))
        for (const name of ['first', 'second', 'third']) {
          expect(sharedAnswer(silent.story.circle, idOf(name), AMAL)).toEqual({ type: 'none' })
          expect(sharedAnswer(kept.story.circle, idOf(name), AMAL)).toEqual({ type: 'none' })
        }
        expect(talkOffers(silent.story.circle, BEA, [], [])).toEqual(talkOffers(kept.story.circle, BEA, [], []))
      }),
    )
  })
})
