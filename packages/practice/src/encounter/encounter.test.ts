import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AMAL, BEA, idOf, rekey, together } from '../../test/story.ts'
import {
  intentionOf,
  lastEncounter,
  metEncounters,
  nextEncounter,
  openAgenda,
  parkedAgenda,
  plannedEncounters,
  talkedIn,
  windowOpen,
} from './state.ts'

const plan = (name: string, day: string | null = null, time: string | null = null) =>
  ({ type: 'EncounterPlanned', encounter: idOf(name), day, time, place: 'Library', way: 'visit' }) as const
const met = (name: string) => ({ type: 'EncounterMet', encounter: idOf(name) }) as const
const notMet = (name: string) => ({ type: 'EncounterNotMet', encounter: idOf(name) }) as const
const close = (name: string) => ({ type: 'LookBackClosed', encounter: idOf(name) }) as const
const add = (name: string, opening = false) =>
  ({ type: 'AgendaItemAdded', item: idOf(name), text: name, opening }) as const
const park = (name: string) => ({ type: 'AgendaItemParked', item: idOf(name) }) as const
const back = (name: string) => ({ type: 'AgendaItemBack', item: idOf(name) }) as const
const talked = (name: string, at: string) =>
  ({ type: 'AgendaItemTalked', item: idOf(name), encounter: idOf(at) }) as const
const names = (items: readonly { readonly text: string }[]) => items.map((item) => item.text)

describe('meeting', () => {
  it('[ENC-1] an id is used once', () => {
    const story = together().says('Bea', plan('first', '2026-12-01', '10:00'))
    expect(story.say('Amal', plan('first'))?.rule).toBe('ENC-1')
  })

  it('[ENC-2] only what is planned is changed or not met', () => {
    const story = together().says('Bea', plan('first', '2026-12-01'))
    const later = { ...plan('first', '2026-12-08', '14:30'), type: 'EncounterChanged' } as const
    story.says('Amal', later)
    expect(nextEncounter(story.circle)?.day).toBe('2026-12-08')
    story.says('Amal', met('first'))
    expect(story.say('Bea', later)?.rule).toBe('ENC-2')
    expect(story.say('Bea', notMet('first'))?.rule).toBe('ENC-2')
    expect(story.say('Bea', notMet('nothing'))?.rule).toBe('ENC-2')
  })

  it('[ENC-3] a meeting is marked met once, and one that was marked as not met can still be', () => {
    const story = together().says('Bea', plan('first')).says('Amal', notMet('first')).says('Bea', met('first'))
    expect(story.say('Amal', met('first'))?.rule).toBe('ENC-3')
    expect(story.say('Amal', met('nothing'))?.rule).toBe('ENC-3')
    expect(lastEncounter(story.circle)?.id).toBe(idOf('first'))
  })

  it('[ENC-4] looking back is open from met until the next is met or somebody closes it', () => {
    const story = together().says('Bea', plan('first')).says('Bea', plan('second'))
    expect(windowOpen(story.circle, idOf('first'))).toBe(false)
    story.says('Bea', met('first'))
    expect(windowOpen(story.circle, idOf('first'))).toBe(true)
    story.says('Amal', met('second'))
    expect(windowOpen(story.circle, idOf('first'))).toBe(false)
    story.says('Amal', close('second'))
    expect(windowOpen(story.circle, idOf('second'))).toBe(false)
  })

  it('[ENC-5] only what is open is closed', () => {
    const story = together().says('Bea', plan('first'))
    expect(story.say('Bea', close('first'))?.rule).toBe('ENC-5')
    story.says('Bea', met('first')).says('Bea', close('first'))
    expect(story.say('Amal', close('first'))?.rule).toBe('ENC-5')
  })

  it('at most one window is open, whatever is planned and met', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd')
    const saying = fc.oneof(...[plan, met, notMet, close].map((make) => name.map((one) => make(one))))
    fc.assert(
      fc.property(fc.array(saying, { maxLength: 30 }), (sayings) => {
        const story = together()
        for (const event of sayings) story.say('Bea', event)
        const open = Object.keys(story.circle.encounter.encounters).filter((one) => windowOpen(story.circle, one))
        expect(open.length).toBeLessThan(2)
        expect(open.every((one) => one === lastEncounter(story.circle)?.id)).toBe(true)
      }),
    )
  })

  it('the next meeting is the soonest planned, those without a day last; the last is what was met last', () => {
    const story = together()
      .says('Bea', plan('someday'))
      .says('Bea', plan('late', '2027-01-01'))
      .says('Amal', plan('soon', '2026-12-01', '09:00'))
      .says('Amal', plan('sooner', '2026-12-01', '08:00'))
    expect(nextEncounter(story.circle)?.id).toBe(idOf('sooner'))
    expect(plannedEncounters(story.circle).map((one) => one.id)).toEqual(
      ['sooner', 'soon', 'late', 'someday'].map(idOf),
    )
    story.says('Amal', met('late')).says('Amal', met('soon'))
    expect(lastEncounter(story.circle)?.id).toBe(idOf('soon'))
    expect(metEncounters(story.circle).map((one) => one.id)).toEqual(['soon', 'late'].map(idOf))
  })

  it('a meeting works with one agenda line made in the room', () => {
    const story = together().says('Bea', plan('now')).says('Bea', met('now')).says('Amal', add('The letter'))
    story.says('Bea', talked('The letter', 'now'))
    expect(names(talkedIn(story.circle, idOf('now')))).toEqual(['The letter'])
  })
})

describe('intentions', () => {
  const choose = (act: 'slowDown' | 'own', words = '') =>
    ({ type: 'IntentionChosen', encounter: idOf('first'), act, words }) as const

  it('[ENC-6] an intention is chosen before the meeting, and the latest of each stands', () => {
    const story = together()
    expect(story.say('Bea', choose('slowDown'))?.rule).toBe('ENC-6')
    story.says('Bea', plan('first')).says('Bea', choose('slowDown')).says('Amal', choose('own', 'Say no once'))
    story.says('Bea', choose('own', 'Bring tea'))
    expect(intentionOf(story.circle, idOf('first'), BEA)?.words).toBe('Bring tea')
    expect(intentionOf(story.circle, idOf('first'), AMAL)?.words).toBe('Say no once')
    story.says('Bea', met('first'))
    expect(story.say('Bea', choose('slowDown'))?.rule).toBe('ENC-6')
  })

  it('[ENC-7] an own intention has words', () => {
    const story = together().says('Bea', plan('first'))
    expect(story.say('Bea', choose('own', ' '))?.rule).toBe('ENC-7')
    expect(story.say('Bea', choose('slowDown'))).toBeNull()
  })
})

describe('the agenda', () => {
  it('[ENC-8] a line has a new id and says something', () => {
    const story = together().says('Amal', add('Rent'))
    expect(story.say('Bea', add('Rent'))?.rule).toBe('ENC-8')
    expect(story.say('Bea', add(' '))?.rule).toBe('ENC-8')
    expect(story.say('Amal', { type: 'AgendaItemChanged', item: idOf('Rent'), text: ' ' })?.rule).toBe('ENC-8')
  })

  it('[ENC-9] two hundred lines may wait, not more, and others never fill the room that is left for the person', () => {
    const story = together()
    for (let i = 0; i < 100; i++) story.says('Bea', add(`line ${i}`))
    expect(story.say('Bea', add('one more'))?.rule).toBe('ENC-9')
    for (let i = 100; i < 200; i++) story.says('Amal', add(`line ${i}`))
    expect(story.say('Amal', add('one more'))?.rule).toBe('ENC-9')
    story.says('Bea', { type: 'AgendaItemTakenOff', item: idOf('line 7') })
    expect(story.say('Amal', add('one more'))).toBeNull()
  })

  it('[ENC-10] only its author rewords a line or takes it off, until it was talked about', () => {
    const story = together().says('Amal', add('Rent')).says('Bea', plan('first'))
    for (const type of ['AgendaItemChanged', 'AgendaItemTakenOff'] as const) {
      expect(story.say('Bea', { type, item: idOf('Rent'), text: 'Other' })?.rule).toBe('ENC-10')
      expect(story.say('Amal', { type, item: idOf('nothing'), text: 'Other' })?.rule).toBe('ENC-10')
    }
    story.says('Amal', { type: 'AgendaItemChanged', item: idOf('Rent'), text: 'Rent and heating' })
    expect(names(openAgenda(story.circle))).toEqual(['Rent and heating'])
    story.says('Bea', talked('Rent', 'first'))
    expect(story.say('Amal', { type: 'AgendaItemTakenOff', item: idOf('Rent') })?.rule).toBe('ENC-10')
  })

  it('[ENC-11] an open line is talked about in a meeting that is planned or met', () => {
    const story = together().says('Amal', add('Rent')).says('Bea', plan('first')).says('Bea', notMet('first'))
    expect(story.say('Bea', talked('Rent', 'first'))?.rule).toBe('ENC-11')
    expect(story.say('Bea', talked('Rent', 'nothing'))?.rule).toBe('ENC-11')
    story.says('Bea', plan('second')).says('Bea', met('second')).says('Bea', talked('Rent', 'second'))
    expect(story.say('Amal', talked('Rent', 'second'))?.rule).toBe('ENC-11')
  })

  it('[ENC-12] the author and the person leave a line for another time, nobody else', () => {
    const story = together().says('Amal', add('Rent')).says('Bea', add('Form'))
    expect(story.say('Bea', park('Rent'))?.rule).toBe('ENC-12')
    story.says('Amal', park('Form')).says('Amal', park('Rent'))
    expect(story.say('Amal', park('Rent'))?.rule).toBe('ENC-12')
    expect(names(parkedAgenda(story.circle))).toEqual(['Rent', 'Form'])
  })

  it('[ENC-13] the author and the person bring a line back, also one another marked as talked about', () => {
    const story = together().says('Amal', add('Rent')).says('Bea', plan('first')).says('Bea', talked('Rent', 'first'))
    expect(story.say('Bea', back('Rent'))?.rule).toBe('ENC-13')
    story.says('Amal', back('Rent'))
    expect(story.say('Amal', back('Rent'))?.rule).toBe('ENC-13')
    expect(names(openAgenda(story.circle))).toEqual(['Rent'])
    expect(talkedIn(story.circle, idOf('first'))).toEqual([])
  })

  it('[ENC-9] [ENC-10] [ENC-13] a line left for another time still waits: it takes room, is its author’s to reword, and comes back', () => {
    const story = together().says('Bea', add('dentist')).says('Bea', park('dentist'))
    story.says('Bea', { type: 'AgendaItemChanged', item: idOf('dentist'), text: 'The dentist' })
    expect(names(parkedAgenda(story.circle))).toEqual(['The dentist'])
    for (let i = 1; i < 100; i++) story.says('Bea', add(`line ${i}`))
    expect(story.say('Bea', add('one more'))?.rule).toBe('ENC-9')
    for (let i = 0; i < 100; i++) story.says('Amal', add(`mine ${i}`))
    expect(story.say('Amal', add('one more'))?.rule).toBe('ENC-9')
    story.says('Bea', back('dentist'))
    expect(openAgenda(story.circle).some((item) => item.text === 'The dentist')).toBe(true)
    expect(story.say('Bea', back('nothing'))?.rule).toBe('ENC-13')
    story.says('Bea', { type: 'AgendaItemTakenOff', item: idOf('dentist') })
    expect(story.say('Bea', add('one more'))).toBeNull()
  })

  it('[ENC-12] the author leaves their own line for another time, and so does the person', () => {
    const story = together().says('Bea', add('hers')).says('Amal', add('theirs'))
    expect(story.say('Bea', park('theirs'))?.rule).toBe('ENC-12')
    expect(story.say('Bea', park('nothing'))?.rule).toBe('ENC-12')
    story.says('Bea', park('hers')).says('Bea', back('hers')).says('Amal', park('hers'))
    expect(names(parkedAgenda(story.circle))).toEqual(['hers'])
  })

  it('lists what is planned by day and time, then what came first, and nothing that was met', () => {
    const story = together()
    const days = [
      ['no day', null, null],
      ['no day either', null, null],
      ['late', '2026-12-01', '14:00'],
      ['no time', '2026-12-01', null],
      ['early', '2026-12-01', '09:00'],
      ['done', '2026-11-01', null],
    ] as const
    for (const [name, day, time] of days) story.says('Bea', plan(name, day, time))
    story.says('Bea', met('done'))
    const order = ['early', 'late', 'no time', 'no day', 'no day either'].map(idOf)
    expect(plannedEncounters(story.circle).map((one) => one.id)).toEqual(order)
    story.circle = {
      ...story.circle,
      encounter: {
        ...story.circle.encounter,
        encounters: Object.fromEntries(Object.entries(story.circle.encounter.encounters).reverse()),
      },
    }
    expect(plannedEncounters(story.circle).map((one) => one.id)).toEqual(order)
  })

  it('asks about a meeting that is not there without falling over, and shows what was talked about in each', () => {
    const story = together().says('Bea', plan('one')).says('Bea', plan('two'))
    expect(lastEncounter(story.circle)).toBeNull()
    expect(intentionOf(story.circle, idOf('nowhere'), BEA)).toBeNull()
    expect(windowOpen(story.circle, idOf('nowhere'))).toBe(false)
    story.says('Bea', add('money')).says('Bea', add('rent'))
    story.says('Bea', talked('money', 'one')).says('Amal', talked('rent', 'two'))
    expect(names(talkedIn(story.circle, idOf('one')))).toEqual(['money'])
    expect(names(talkedIn(story.circle, idOf('two')))).toEqual(['rent'])
  })

  it('[ENC-14] the person comes first, a line to open with leads its side, and unfinished lines roll over', () => {
    const story = together()
      .says('Bea', add('Form'))
      .says('Bea', add('The garden', true))
      .says('Amal', add('Rent'))
      .says('Amal', add('My sister', true))
      .says('Bea', plan('first'))
      .says('Bea', met('first'))
    expect(names(openAgenda(story.circle))).toEqual(['My sister', 'Rent', 'The garden', 'Form'])
    story.says('Bea', talked('My sister', 'first')).says('Bea', plan('second')).says('Bea', met('second'))
    expect(names(openAgenda(story.circle))).toEqual(['Rent', 'The garden', 'Form'])
  })

  it('the agenda goes on when a practitioner has gone', () => {
    const story = together()
      .says('Bea', add('Form'))
      .says('Bea', { type: 'MemberLeft' })
      .says('Amal', rekey('leave', 1))
      .says('Amal', park('Form'))
      .says('Amal', plan('alone'))
    expect(names(parkedAgenda(story.circle))).toEqual(['Form'])
  })
})
