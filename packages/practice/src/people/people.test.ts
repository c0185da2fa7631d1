import { describe, expect, it } from 'vitest'
import { AMAL, BEA, founded, idOf, invited, keysOf, rekey, Story, together } from '../../test/story.ts'
import { checkShape } from '../registry.ts'
import { membersHere } from './state.ts'

const propose = (name: string) =>
  ({
    type: 'MemberProposed',
    role: 'practitioner',
    name,
    language: 'en',
    keys: keysOf(name),
    place: idOf('place'),
    commitment: '0'.repeat(64),
    nonce: '0'.repeat(64),
  }) as const

describe('founding', () => {
  it('[PEO-1] nothing is said before the circle is founded, and it is founded once', () => {
    expect(new Story().say('Amal', { type: 'NameChosen', name: 'A', language: 'en' })?.rule).toBe('PEO-1')
    const again = founded()
    const first = again.circle
    expect(
      again.say(
        'Bea',
        {
          type: 'Founded',
          kind: 'own',
          rules: 1,
          box: idOf('b'),
          commitment: '0'.repeat(64),
          owner: null,
          name: 'B',
          language: 'en',
          keys: keysOf('Bea'),
        },
        { derived: 'Bea' },
      )?.rule,
    ).toBe('PEO-1')
    expect(again.circle).toBe(first)
  })

  it('[PEO-3] a founding without checked keys founds nothing', () => {
    expect(
      new Story().say('Amal', {
        type: 'Founded',
        kind: 'alongside',
        rules: 1,
        box: idOf('b'),
        commitment: '0'.repeat(64),
        owner: null,
        name: 'A',
        language: 'en',
        keys: keysOf('Amal'),
      })?.rule,
    ).toBe('PEO-3')
  })

  it('[PEO-4] an own circle lets nobody in', () => {
    expect(founded('own').say('Amal', propose('Bea'), { derived: 'Bea' })?.rule).toBe('PEO-4')
  })
})

describe('coming in', () => {
  it('[PEO-9] someone let in is a member only once they say yes themselves', () => {
    const story = invited()
    expect(membersHere(story.circle).map((member) => member.id)).toEqual([AMAL])
    story.says('Bea', { type: 'MemberAccepted', nonce: '0'.repeat(64), proof: '0'.repeat(128) })
    expect(story.circle.people.members[BEA]?.status).toBe('here')
    expect(story.say('Bea', { type: 'MemberAccepted', nonce: '0'.repeat(64), proof: '0'.repeat(128) })?.rule).toBe(
      'PEO-9',
    )
  })

  it('[PEO-2] a newcomer writes nothing before saying yes, and a stranger never', () => {
    expect(invited().say('Bea', { type: 'NameChosen', name: 'B', language: 'en' })?.rule).toBe('PEO-2')
    expect(together().say('Mallory', { type: 'NameChosen', name: 'M', language: 'en' })?.rule).toBe('PEO-2')
  })

  it('[PEO-8] somebody proposed by another waits for the person', () => {
    const story = together().says('Bea', propose('Cam'), { derived: 'Cam' })
    expect(story.circle.people.members[idOf('Cam')]?.status).toBe('proposed')
    expect(story.say('Bea', { type: 'MemberWelcomed', member: idOf('Cam') })?.rule).toBe('PEO-8')
    story.says('Amal', { type: 'MemberWelcomed', member: idOf('Cam') })
    expect(story.circle.people.members[idOf('Cam')]?.status).toBe('admitted')
  })

  it('[PEO-5] supporters and a second person are not open yet', () => {
    for (const role of ['person', 'supporter', 'interpreter'] as const)
      expect(together().say('Amal', { ...propose('Dee'), role }, { derived: 'Dee' })?.rule).toBe('PEO-5')
  })

  it('[PEO-6] ADV-32 the same keys cannot come in twice', () => {
    expect(together().say('Amal', propose('Bea'), { derived: 'Bea' })?.rule).toBe('PEO-6')
  })

  it('[PEO-6] ADV-32 neither a member’s keys nor a device’s come in with another, and never without ids that follow', () => {
    const story = together()
    expect(story.say('Amal', propose('Bea'), { derived: 'Bea', device: 'a new phone' })?.rule).toBe('PEO-6')
    expect(story.say('Amal', propose('Dee'), { derived: 'Dee', device: 'Bea phone' })?.rule).toBe('PEO-6')
    expect(story.say('Amal', propose('Dee'))?.rule).toBe('PEO-6')
    expect(story.say('Amal', propose('Dee'), { derived: 'Dee' })).toBeNull()
  })

  it('[PEO-2] [PEO-10] somebody let in leaves or is removed before their own yes, and nobody is removed twice', () => {
    expect(invited().say('Bea', { type: 'MemberLeft' })).toBeNull()
    const story = invited()
    expect(story.say('Amal', { type: 'MemberRemoved', member: BEA })).toBeNull()
    expect(story.say('Amal', { type: 'MemberRemoved', member: BEA })?.rule).toBe('PEO-10')
    expect(story.say('Amal', { type: 'MemberRemoved', member: idOf('nobody') })?.rule).toBe('PEO-10')
    const objects = { type: 'ObjectionSaid', member: BEA, words: 'Not yet.' } as const
    expect(invited().say('Amal', objects)).toBeNull()
    expect(together().say('Amal', objects)?.rule).toBe('PEO-14')
    expect(together().say('Amal', { ...objects, member: idOf('nobody') })?.rule).toBe('PEO-14')
  })

  it('[KEY-1] [KEY-3] while a new epoch is owed, removing, leaving and a device of one’s own do not wait, and no epoch is skipped', () => {
    const owed = () =>
      together()
        .says('Amal', propose('Cam'), { derived: 'Cam' })
        .says('Amal', propose('Dee'), { derived: 'Dee' })
        .says('Amal', { type: 'MemberRemoved', member: idOf('Cam') })
    expect(owed().say('Amal', { type: 'NameChosen', name: 'A', language: 'en' })?.rule).toBe('KEY-1')
    expect(owed().say('Amal', { type: 'MemberRemoved', member: idOf('Dee') })).toBeNull()
    expect(owed().say('Bea', { type: 'MemberLeft' })).toBeNull()
    const device = { type: 'DeviceAdded', keys: keysOf('Bea'), use: 'everyday' } as const
    expect(owed().say('Bea', device, { derived: 'Bea', device: 'new phone' })).toBeNull()
    const next = rekey('remove', 1)
    expect(owed().say('Amal', { ...next, toEpoch: 3 } as typeof next)?.rule).toBe('KEY-3')
    expect(owed().say('Amal', next)).toBeNull()
  })

  it('[GEN-7] walks those who are here in one order, whatever order they came in', () => {
    const { circle } = together()
    const members = Object.fromEntries(Object.entries(circle.people.members).reverse())
    const turned = { ...circle, people: { ...circle.people, members } }
    const here = [AMAL, BEA].toSorted()
    for (const one of [circle, turned]) expect(membersHere(one).map((member) => member.id)).toEqual(here)
  })

  it('[PEO-7] ADV-80 a circle holds fifty members at most', () => {
    const story = founded()
    for (let i = 1; i < 50; i++) story.says('Amal', propose(`N${i}`), { derived: `N${i}` })
    expect(story.say('Amal', propose('one more'), { derived: 'one more' })?.rule).toBe('PEO-7')
  })

  it('[PEO-7] others cannot fill it up, so that the person can always let in somebody else', () => {
    const story = together()
    for (let i = 2; i < 25; i++) story.says('Bea', propose(`N${i}`), { derived: `N${i}` })
    expect(story.say('Bea', propose('one more'), { derived: 'one more' })?.rule).toBe('PEO-7')
    expect(story.say('Amal', propose('one more'), { derived: 'one more' })).toBeNull()
  })

  it('[PEO-13] a check of who is who names another member, and the latest word stands', () => {
    const story = together()
    expect(story.say('Amal', { type: 'IdentityChecked', member: AMAL, how: 'inPerson' })?.rule).toBe('PEO-13')
    story.says('Amal', { type: 'IdentityChecked', member: BEA, how: 'notChecked' })
    story.says('Amal', { type: 'IdentityChecked', member: BEA, how: 'byCall' })
    expect(story.circle.people.checks.map((check) => check.how)).toEqual(['byCall'])
  })

  it('[PEO-14] an objection stays written and stops nobody', () => {
    const story = together().says('Amal', propose('Cam'), { derived: 'Cam' })
    story.says('Bea', { type: 'ObjectionSaid', member: idOf('Cam'), words: 'We do not know each other.' })
    expect(story.circle.people.objections).toHaveLength(1)
    expect(story.circle.people.members[idOf('Cam')]?.status).toBe('admitted')
    expect(story.say('Bea', { type: 'ObjectionSaid', member: idOf('Nobody'), words: 'No.' })?.rule).toBe('PEO-14')
  })

  it('[PEO-14] an objection is about a newcomer, never about the person, and a member’s latest stands', () => {
    const story = together().says('Amal', propose('Cam'), { derived: 'Cam' })
    const objects = (member: string, words: string) => ({ type: 'ObjectionSaid', member, words }) as const
    expect(story.say('Bea', objects(AMAL, 'She never keeps a time.'))?.rule).toBe('PEO-14')
    expect(story.say('Amal', objects(BEA, 'I did not mean this one.'))?.rule).toBe('PEO-14') // she is here: that is a removal
    for (const words of ['No.', 'I do not know them.']) story.says('Bea', objects(idOf('Cam'), words))
    expect(story.circle.people.objections.map((one) => one.words)).toEqual(['I do not know them.'])
  })

  it('[PEO-12] a day of leaving and an end day are days that exist', () => {
    const outside = { type: 'OutsideRecordDeclared', what: 'Notes', where: '', source: '', required: true } as const
    for (const [until, ok] of [
      ['2026-12-01', true],
      ['2026-02-30', false],
      ['some time!', false],
    ] as const) {
      expect(checkShape({ ...outside, until }).ok).toBe(ok)
      expect(checkShape({ type: 'LeavingAnnounced', day: until, words: '' }).ok).toBe(ok)
    }
  })

  it('[PEO-15] the page the person said yes to is kept once, by the person', () => {
    const page = {
      type: 'PageKept',
      member: keysOf('Bea').member,
      page: new Uint8Array(3),
      signature: new Uint8Array(64),
    } as const
    expect(together().say('Bea', page)?.rule).toBe('PEO-15')
    const story = founded().says('Amal', page)
    expect(story.say('Amal', page)?.rule).toBe('PEO-15')
    story.says('Amal', propose('Bea'), { derived: 'Bea' })
    expect(story.circle.people.page?.member).toBe(BEA)
  })
})

describe('going', () => {
  it('[PEO-10] only the person removes, and the person cannot be removed', () => {
    expect(together().say('Bea', { type: 'MemberRemoved', member: AMAL })?.rule).toBe('PEO-10')
    expect(together().say('Amal', { type: 'MemberRemoved', member: AMAL })?.rule).toBe('PEO-10')
    const story = together().says('Amal', { type: 'MemberRemoved', member: BEA })
    expect(story.circle.people.members[BEA]?.status).toBe('removed')
    expect(story.say('Bea', { type: 'NameChosen', name: 'B', language: 'en' })?.rule).toBe('PEO-2')
  })

  it('[PEO-11] a practitioner may leave, the person pauses or ends instead', () => {
    expect(together().say('Amal', { type: 'MemberLeft' })?.rule).toBe('PEO-11')
    const story = together().says('Bea', { type: 'MemberLeft' })
    expect(story.circle.people.members[BEA]?.status).toBe('left')
  })

  it('[PEO-12] leaving is announced, and outside records declared, by those who are not the person', () => {
    const outside = {
      type: 'OutsideRecordDeclared',
      what: 'Dates',
      where: 'Office',
      source: 'Act 3',
      until: '2030-01-01',
      required: true,
    } as const
    expect(together().say('Amal', outside)?.rule).toBe('PEO-12')
    expect(together().say('Amal', { type: 'LeavingAnnounced', day: '2026-12-01', words: '' })?.rule).toBe('PEO-12')
    const story = together()
      .says('Bea', outside)
      .says('Bea', { type: 'LeavingAnnounced', day: '2026-12-01', words: 'New job' })
    expect(story.circle.people.outside).toHaveLength(1)
    expect(story.circle.people.announced).toHaveLength(1)
  })

  it('[KEY-1] ADV-30 after someone went, only what its author could not know of stands until the new epoch', () => {
    const story = together().says('Bea', { type: 'MemberLeft' })
    const owedSince = story.circle.people.rekeyOwedSince ?? 0
    expect(story.say('Amal', { type: 'NameChosen', name: 'A', language: 'en' })?.rule).toBe('KEY-1')
    expect(story.say('Amal', { type: 'NameChosen', name: 'A', language: 'en' }, { seen: owedSince - 1 })).toBeNull()
    story.says('Amal', rekey('leave', 1))
    expect(story.say('Amal', { type: 'NameChosen', name: 'Amal', language: 'en' })).toBeNull()
  })

  it('[KEY-2] only the person begins a new epoch', () => {
    expect(together().say('Bea', rekey('rotate', 1))?.rule).toBe('KEY-2')
  })

  it('[KEY-3] ADV-86 of two new epochs from the same one, the first counts', () => {
    const story = together().says('Amal', rekey('rotate', 1))
    expect(story.say('Amal', rekey('rotate', 1))?.rule).toBe('KEY-3')
    expect(story.circle.people.epoch).toBe(2)
  })
})
