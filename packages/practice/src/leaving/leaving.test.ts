import { describe, expect, it } from 'vitest'
import { AMAL, BEA, founded, idOf, invited, keysOf, rekey, together } from '../../test/story.ts'
import { copiesThatStay, isWritable } from './state.ts'

const paused = { type: 'Paused' } as const
const resumed = { type: 'Resumed' } as const
const end = (now = false) => ({ type: 'EndAsked', now }) as const
const takenBack = { type: 'EndTakenBack' } as const
const goodbye = (words: string) => ({ type: 'GoodbyeSaid', words }) as const
const writing = { type: 'NameChosen', name: 'A', language: 'en' } as const
const outside = {
  type: 'OutsideRecordDeclared',
  what: 'Dates of meetings',
  where: 'Office file',
  source: 'Records act, section 3',
  until: '2033-01-01',
  required: true,
} as const

describe('pausing and ending', () => {
  it('[LEA-1] while paused or ending nobody writes, not even from before they knew', () => {
    for (const stop of [paused, end()]) {
      const story = together().says('Amal', stop)
      expect(isWritable(story.circle)).toBe(false)
      for (const who of ['Amal', 'Bea']) {
        expect(story.say(who, writing)?.rule).toBe('LEA-1')
        expect(story.say(who, writing, { seen: 1 })?.rule).toBe('LEA-1')
      }
    }
  })

  it('[LEA-1] what ends, removes, leaves or says what is kept is never stopped', () => {
    for (const stop of [paused, end()]) {
      expect(together().says('Amal', stop).say('Bea', outside)).toBeNull()
      const lost = together().says('Amal', stop)
      expect(
        lost.say(
          'Amal',
          { type: 'DeviceAdded', keys: keysOf('Amal'), use: 'everyday' },
          { derived: 'Amal', device: 'new phone' },
        ),
      ).toBeNull()
      const left = together().says('Amal', stop).says('Bea', { type: 'MemberLeft' })
      expect(left.say('Amal', rekey('leave', 1))).toBeNull()
      const removed = together().says('Amal', stop).says('Amal', { type: 'MemberRemoved', member: BEA })
      expect(removed.say('Amal', rekey('remove', 1))).toBeNull()
      expect(removed.say('Amal', end(true))).toBeNull()
    }
  })

  it('[LEA-2] only the person pauses, resumes, ends and takes back; others do not even stand in the way', () => {
    for (const event of [paused, end(), end(true)]) expect(together().say('Bea', event)?.rule).toBe('LEA-2')
    expect(together().says('Amal', paused).say('Bea', resumed)?.rule).toBe('LEA-2')
    expect(together().says('Amal', end()).say('Bea', takenBack)?.rule).toBe('LEA-2')
  })

  it('[LEA-3] a pause is resumed, and then everybody writes again', () => {
    const story = together()
    expect(story.say('Amal', resumed)?.rule).toBe('LEA-3')
    story.says('Amal', paused)
    expect(story.say('Amal', paused)?.rule).toBe('LEA-3')
    story.says('Amal', resumed)
    expect(story.say('Bea', writing)).toBeNull()
  })

  it('[LEA-4] an ending can be brought forward to now, once', () => {
    const story = together().says('Amal', end())
    expect(story.say('Amal', end())?.rule).toBe('LEA-4')
    story.says('Amal', end(true))
    expect(story.say('Amal', end(true))?.rule).toBe('LEA-4')
    expect(story.say('Amal', end())?.rule).toBe('LEA-4')
  })

  it('[LEA-5] an ending that waits is taken back, one that happens now is not', () => {
    expect(together().say('Amal', takenBack)?.rule).toBe('LEA-5')
    const story = together().says('Amal', end()).says('Amal', takenBack)
    expect(story.say('Bea', writing)).toBeNull()
    expect(together().says('Amal', end(true)).say('Amal', takenBack)?.rule).toBe('LEA-5')
  })

  it('[LEA-6] each may say a goodbye while it ends, and nobody has to', () => {
    expect(together().say('Amal', goodbye('Thank you'))?.rule).toBe('LEA-6')
    expect(together().says('Amal', paused).say('Bea', goodbye('Thank you'))?.rule).toBe('LEA-6')
    const story = together().says('Amal', end()).says('Bea', goodbye('Thanks')).says('Amal', goodbye('Go well'))
    story.says('Bea', goodbye('Thank you'))
    expect(story.circle.leaving.goodbyes.map((one) => one.words)).toEqual(['Go well', 'Thank you'])
  })

  it('[LEA-2] with the practitioner silent, gone or removed, the person can still pause and end', () => {
    const removed = together().says('Amal', { type: 'MemberRemoved', member: BEA })
    expect(removed.say('Amal', paused)).toBeNull()
    expect(removed.say('Amal', end())).toBeNull()
    expect(founded('own').say('Amal', end())).toBeNull()
  })
})

describe('copies that stay', () => {
  it('[LEA-7] each copy is listed with holder, why and until when', () => {
    const story = together().says('Bea', outside).says('Amal', end())
    expect(copiesThatStay(story.circle)).toEqual([
      { type: 'device', member: AMAL, why: 'person', keeps: 'all', until: null },
      { type: 'device', member: BEA, why: 'here', keeps: 'ownWords', until: null },
      {
        type: 'declared',
        member: BEA,
        what: 'Dates of meetings',
        where: 'Office file',
        source: 'Records act, section 3',
        until: '2033-01-01',
        required: true,
      },
      { type: 'relay', goes: 'afterSevenDays' },
    ])
    story.says('Amal', end(true))
    expect(copiesThatStay(story.circle).at(-1)).toEqual({ type: 'relay', goes: 'now' })
  })

  it('[LEA-7] whoever had keys stays on the list after going, with where their reading stopped', () => {
    const story = together().says('Bea', outside).says('Amal', { type: 'MemberRemoved', member: BEA })
    const gone = copiesThatStay(story.circle)
    expect(gone[1]).toEqual({ type: 'device', member: BEA, why: 'removed', keeps: 'ownWords', until: story.seq })
    expect(gone[2]).toMatchObject({ type: 'declared', member: BEA })
    expect(gone[3]).toEqual({ type: 'relay', goes: 'stays' })
    const left = together().says('Bea', { type: 'MemberLeft' })
    expect(copiesThatStay(left.circle)[1]).toMatchObject({ why: 'left', keeps: 'ownWords' })
  })

  it('[LEA-7] who was let in has a copy, who waits for the person has none, and an own circle has one', () => {
    expect(copiesThatStay(invited().circle)[1]).toMatchObject({ member: BEA, why: 'letIn', keeps: 'all' })
    const waiting = together().says(
      'Bea',
      {
        type: 'MemberProposed',
        role: 'practitioner',
        name: 'Cam',
        language: 'en',
        keys: keysOf('Cam'),
        place: idOf('place'),
        commitment: '0'.repeat(64),
        nonce: '0'.repeat(64),
      },
      { derived: 'Cam' },
    )
    expect(copiesThatStay(waiting.circle).some((one) => 'member' in one && one.member === idOf('Cam'))).toBe(false)
    expect(copiesThatStay(founded('own').circle)).toEqual([
      { type: 'device', member: AMAL, why: 'person', keeps: 'all', until: null },
    ])
  })

  it('[LEA-7] the person comes first, then the others in the order they were proposed, then what was declared as it was said', () => {
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
    const story = together().says('Bea', outside).says('Amal', cam, { derived: 'Cam' })
    story.says('Bea', { ...outside, what: 'Hours worked' })
    const { people } = story.circle
    const members = Object.fromEntries(Object.entries(people.members).reverse())
    const turned = { ...story.circle, people: { ...people, members, outside: people.outside.toReversed() } }
    const listed = copiesThatStay(turned)
    expect(listed).toEqual(copiesThatStay(story.circle))
    expect(listed.map((one) => ('what' in one ? one.what : 'member' in one ? one.member : one.type))).toEqual([
      AMAL,
      BEA,
      idOf('Cam'),
      'Dates of meetings',
      'Hours worked',
      'relay',
    ])
  })
})
