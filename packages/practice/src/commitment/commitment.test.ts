import { canonical } from '@alongside/base/canonical.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AMAL, BEA, idOf, type Story, together } from '../../test/story.ts'
import type { PracticeEvent } from '../define.ts'
import { checkShape } from '../registry.ts'
import { allPromises, askedToOwn, countsOf, promisesFrom, promisesOf, standing, type Commitment } from './state.ts'

const promise = (name: string, due: string | null = null): PracticeEvent => ({
  type: 'PromiseMade',
  promise: idOf(name),
  text: `I will ${name}.`,
  due,
  encounter: null,
})
const kept = (name: string): PracticeEvent => ({ type: 'PromiseKept', promise: idOf(name) })
const letGo = (name: string): PracticeEvent => ({ type: 'PromiseLetGo', promise: idOf(name), why: '' })
const owned = (name: string, due: string | null = null): PracticeEvent => ({
  type: 'PromiseOwned',
  promise: idOf(name),
  words: 'I forgot. That is on me.',
  due,
})
const changed = (name: string, due: string | null = null): PracticeEvent => ({
  type: 'PromiseChanged',
  promise: idOf(name),
  text: `I will ${name} by letter.`,
  due,
  why: 'Nobody picks up there.',
})
const differs = (name: string, words = 'I see it otherwise.'): PracticeEvent => ({
  type: 'PromiseSeenDifferently',
  promise: idOf(name),
  words,
})
const of = (story: Story, name: string): Commitment => {
  const found = story.circle.commitment.promises[idOf(name)]
  if (found === undefined) throw new Error(`${name} was promised`)
  return found
}

describe('making and moving a promise', () => {
  it('[PRM-1] an id is used once, and nobody can promise for another', () => {
    const story = together().says('Bea', promise('call'))
    expect(story.say('Amal', promise('call'))?.rule).toBe('PRM-1')
    expect(story.say('Bea', promise('call'))?.rule).toBe('PRM-1')
    expect(of(story, 'call').owner).toBe(BEA)
  })

  it('[PRM-2] only its owner moves it, on either side', () => {
    const story = together().says('Bea', promise('call')).says('Amal', promise('bring the letter'))
    for (const move of [kept, owned, changed, letGo]) {
      expect(story.say('Amal', move('call'))?.rule).toBe('PRM-2')
      expect(story.say('Bea', move('bring the letter'))?.rule).toBe('PRM-2')
      expect(story.say('Bea', move('never said'))?.rule).toBe('PRM-2')
    }
    expect(story.say('Bea', kept('call'))).toBeNull()
    expect(story.say('Amal', changed('bring the letter'))).toBeNull()
  })

  it('[PRM-3] kept and let go stay so; owned can still be kept', () => {
    const story = together().says('Bea', promise('call')).says('Bea', kept('call'))
    for (const move of [kept, owned, changed, letGo]) expect(story.say('Bea', move('call'))?.rule).toBe('PRM-3')
    story.says('Bea', promise('write')).says('Bea', letGo('write'))
    expect(story.say('Bea', kept('write'))?.rule).toBe('PRM-3')
    story.says('Bea', promise('ask')).says('Bea', owned('ask')).says('Bea', kept('ask'))
    expect(of(story, 'ask').moves.map((move) => move.type)).toEqual(['made', 'owned', 'kept'])
  })

  it('[PRM-4] another member sees it differently; the latest word stands and moves nothing', () => {
    const story = together().says('Bea', promise('call')).says('Bea', kept('call'))
    expect(story.say('Bea', differs('call'))?.rule).toBe('PRM-4')
    expect(story.say('Amal', differs('never said'))?.rule).toBe('PRM-4')
    story.says('Amal', differs('call', 'Nobody called me.')).says('Amal', differs('call', 'You called too late.'))
    expect(of(story, 'call').differing[AMAL]?.words).toBe('You called too late.')
    expect(of(story, 'call').last).toBe('kept')
  })

  it('[PRM-5] every move stays readable, and there are a hundred at most', () => {
    const story = together().says('Bea', promise('call', '2026-11-01')).says('Bea', changed('call', '2026-12-01'))
    expect(of(story, 'call').moves[0]).toMatchObject({ text: 'I will call.', due: '2026-11-01' })
    expect(of(story, 'call').moves[1]).toMatchObject({
      text: 'I will call by letter.',
      words: 'Nobody picks up there.',
    })
    for (let i = 2; i < 100; i++) story.says('Bea', changed('call'))
    expect(story.say('Bea', changed('call'))?.rule).toBe('PRM-5')
  })

  it('[PRM-8] a promise names a meeting of this circle or none', () => {
    const from = { ...promise('call'), encounter: idOf('first') } as PracticeEvent
    expect(together().say('Bea', from)?.rule).toBe('PRM-8')
    const plan = { type: 'EncounterPlanned', encounter: idOf('first'), day: null, time: null, place: '', way: 'call' }
    const story = together()
      .says('Amal', plan as PracticeEvent)
      .says('Bea', from)
    expect(promisesFrom(story.circle, idOf('first')).map((one) => one.id)).toEqual([idOf('call')])
  })

  it('[PRM-9] a promise, an owning and a differing say something', () => {
    const story = together().says('Bea', promise('call'))
    const blank = { words: '  ' }
    expect(story.say('Bea', { ...promise('write'), text: ' ' } as PracticeEvent)?.rule).toBe('PRM-9')
    expect(story.say('Bea', { ...changed('call'), text: ' ' } as PracticeEvent)?.rule).toBe('PRM-9')
    expect(story.say('Bea', { ...owned('call'), ...blank })?.rule).toBe('PRM-9')
    expect(story.say('Amal', { ...differs('call'), ...blank })?.rule).toBe('PRM-9')
  })

  it('refuses a day that does not exist, and text beyond its bounds', () => {
    expect(checkShape(promise('call', '2026-02-30')).ok).toBe(false)
    expect(checkShape({ ...promise('call'), text: '' } as PracticeEvent).ok).toBe(false)
    expect(checkShape({ ...promise('call'), text: 'x'.repeat(2001) } as PracticeEvent).ok).toBe(false)
    expect(checkShape(differs('call', 'x'.repeat(2000))).ok).toBe(true)
  })
})

describe('how promises look', () => {
  it('[PRM-6] a promise is overdue only from the day after its day, and only to look at', () => {
    const story = together().says('Bea', promise('call', '2026-11-20'))
    const before = canonical(story.circle)
    expect(standing(of(story, 'call'), '2026-11-20')).toBe('open')
    expect(standing(of(story, 'call'), '2026-11-21')).toBe('overdue')
    expect(canonical(story.circle)).toEqual(before)
    story.says('Bea', changed('call', '2026-11-25'))
    expect(standing(of(story, 'call'), '2026-11-21')).toBe('changed')
    expect(standing(of(story, 'call'), '2026-11-26')).toBe('overdue')
    story.says('Bea', owned('call', '2026-11-30'))
    expect(standing(of(story, 'call'), '2026-11-30')).toBe('owned')
    expect(standing(of(story, 'call'), '2026-12-01')).toBe('overdue')
    story.says('Bea', kept('call'))
    expect(standing(of(story, 'call'), '2027-01-01')).toBe('kept')
  })

  it('[PRM-7] a practitioner is asked on the day itself, the person never', () => {
    const story = together().says('Bea', promise('call', '2026-11-20')).says('Amal', promise('bring it', '2026-11-20'))
    story.says('Bea', promise('think about it'))
    expect(askedToOwn(story.circle, BEA, '2026-11-19')).toEqual([])
    expect(askedToOwn(story.circle, BEA, '2026-11-20').map((one) => one.id)).toEqual([idOf('call')])
    expect(standing(of(story, 'call'), '2026-11-20')).toBe('open')
    expect(askedToOwn(story.circle, AMAL, '2026-12-20')).toEqual([])
    story.says('Bea', owned('call'))
    expect(askedToOwn(story.circle, BEA, '2026-12-20')).toEqual([])
    expect(standing(of(story, 'call'), '2026-12-20')).toBe('owned')
  })

  it('[PRM-7] nobody is asked about what is done, let go or owned with no new day, or has no day', () => {
    const story = together()
    for (const name of ['kept', 'gone', 'owned', 'owned anew', 'open', 'some day'])
      story.says('Bea', promise(name, name === 'some day' ? null : '2026-12-01'))
    story.says('Bea', kept('kept')).says('Bea', letGo('gone')).says('Bea', owned('owned'))
    story.says('Bea', owned('owned anew', '2026-12-01'))
    const asked = askedToOwn(story.circle, BEA, '2026-12-02').map((one) => one.id)
    expect(asked).toEqual(['owned anew', 'open'].map(idOf))
  })

  it('lists promises in the order they were made, whatever their ids', () => {
    const story = together()
    const made = ['zebra', 'apple', 'middle', 'Bea last'].map((name) => {
      story.says(name === 'middle' ? 'Amal' : 'Bea', promise(name))
      return idOf(name)
    })
    story.circle = {
      ...story.circle,
      commitment: { promises: Object.fromEntries(Object.entries(story.circle.commitment.promises).reverse()) },
    }
    expect(allPromises(story.circle).map((one) => one.id)).toEqual(made)
  })

  it('shows both sides in one shape and the order they were made', () => {
    const story = together()
      .says('Bea', promise('z', '2026-11-01'))
      .says('Amal', { ...promise('a'), encounter: null } as PracticeEvent)
      .says('Bea', promise('b'))
      .says('Bea', kept('b'))
    expect(allPromises(story.circle).map((one) => one.id)).toEqual([idOf('z'), idOf('a'), idOf('b')])
    expect(promisesOf(story.circle, AMAL)).toHaveLength(1)
    expect(promisesFrom(story.circle, idOf('meeting'))).toEqual([])
    expect(countsOf(story.circle, BEA, '2026-11-02')).toEqual({
      open: 0,
      overdue: 1,
      kept: 1,
      changed: 0,
      owned: 0,
      letGo: 0,
    })
  })

  it('counts every promise once, whatever was said in whatever order', () => {
    const names = ['a', 'b', 'c']
    const move = fc.record({
      who: fc.constantFrom('Amal', 'Bea'),
      what: fc.constantFrom(promise, kept, owned, changed, letGo, differs),
      name: fc.constantFrom(...names),
      due: fc.constantFrom(null, '2026-11-01', '2026-12-01'),
    })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const story = together()
        for (const { who, what, name, due } of moves)
          story.say(who, what === differs || what === kept || what === letGo ? what(name) : what(name, due as never))
        const total = [AMAL, BEA]
          .flatMap((member) => Object.values(countsOf(story.circle, member, '2026-11-15')))
          .reduce((sum, one) => sum + one, 0)
        expect(total).toBe(allPromises(story.circle).length)
        for (const one of allPromises(story.circle)) {
          expect(one.differing[one.owner]).toBeUndefined()
          expect(one.moves.at(-1)).toMatchObject({ type: one.last, text: one.text, due: one.due })
        }
      }),
    )
  })
})
