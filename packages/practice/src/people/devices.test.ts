import { describe, expect, it } from 'vitest'
import { AMAL, BEA, idOf, keysOf, rekey, together, type Story } from '../../test/story.ts'
import type { PracticeEvent } from '../define.ts'
import { deviceIn, devicesOf, devicesThatWait, everydayDeviceOf } from './state.ts'

const added = (name: string) => ({ type: 'DeviceAdded', keys: keysOf(name), use: 'everyday' }) as const
const paper = (name: string) => ({ type: 'DeviceAdded', keys: keysOf(name), use: 'wayBack' }) as const
const acknowledged = (device: string) => ({ type: 'DeviceAcknowledged', device: idOf(device) }) as const
const proposed = (name: string) =>
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
const line = (name: string) =>
  ({
    type: 'LineProposed',
    line: idOf(name),
    section: 6,
    text: 'We start on time.',
    language: 'en',
    second: null,
    asks: [BEA],
    refusable: true,
    why: '',
    review: null,
    replaces: null,
    ready: null,
  }) as const
const block = (name: string, member: string) =>
  ({
    type: 'BlockOffered',
    encounter: null,
    block: idOf(name),
    kind: 'shared',
    text: 'We talked.',
    language: 'en',
    spans: [{ member, length: 10 }],
    replaces: null,
    readBy: null,
  }) as const

describe('a second device', () => {
  it('[PEO-16] a member adds a device of their own, and nobody adds one to another', () => {
    const story = together()
    expect(story.say('Bea', added('Amal'), { derived: 'Amal', device: 'tablet' })?.rule).toBe('PEO-16')
    expect(story.say('Amal', added('Amal'))?.rule).toBe('PEO-16')
    expect(story.say('Amal', added('Amal'), { derived: 'Amal' })?.rule).toBe('PEO-16')
    expect(story.say('Amal', { ...added('Bea') }, { derived: 'Amal', device: 'tablet' })?.rule).toBe('PEO-16')
    story.says('Amal', added('Amal'), { derived: 'Amal', device: 'tablet' })
    expect(deviceIn(story.circle, idOf('tablet'))?.member).toBe(AMAL)
    story.says('Amal', { ...added('Amal'), use: 'wayBack' }, { derived: 'Amal', device: 'paper' })
    const amal = story.circle.people.members[AMAL]
    expect(amal && everydayDeviceOf(amal).id).toBe(idOf('tablet'))
    expect(story.say('Amal', added('Amal'), { derived: 'Amal', device: 'tablet' })?.rule).toBe('PEO-16')
  })

  it('[PEO-17] ADV-80 a member has at most eight devices', () => {
    const story = together()
    for (let i = 2; i <= 8; i++) story.says('Amal', added('Amal'), { derived: 'Amal', device: `device ${i}` })
    expect(story.say('Amal', added('Amal'), { derived: 'Amal', device: 'device 9' })?.rule).toBe('PEO-17')
    const amal = story.circle.people.members[AMAL]
    expect(amal && devicesOf(amal)).toHaveLength(8)
  })
})

const flat = {
  type: 'ChoiceOpened',
  choice: idOf('flat'),
  encounter: null,
  question: 'What about the cold flat?',
  whose: [AMAL],
  byWhen: null,
  ifNot: '',
} as const
const way = (name: string, notNow: boolean) =>
  ({ type: 'WayAdded', choice: idOf('flat'), way: idOf(name), text: name, notNow }) as const

/** Amal's phone is gone; somebody with the paper has brought in a device for Amal. Bea has a line and a block waiting. */
const cameBack = (): Story =>
  together()
    .says('Amal', paper('Amal'), { derived: 'Amal', device: 'paper' })
    .says('Bea', line('waits'))
    .says('Bea', line('live'))
    .says('Amal', { type: 'LineAccepted', line: idOf('live') })
    .says('Bea', flat)
    .says('Bea', way('move', false))
    .says('Bea', way('not now', true))
    .says('Bea', block('signed', BEA))
    .says('Bea', {
      ...block('ours', BEA),
      spans: [
        { member: BEA, length: 5 },
        { member: AMAL, length: 5 },
      ],
    })
    .says('Amal', added('Amal'), { derived: 'Amal', device: 'new', from: 'paper' })

/** Each thing that is a yes of Amal's, once, in an order in which each would have its effect. */
const yeses: readonly (readonly [PracticeEvent, string?])[] = [
  [{ type: 'LineAccepted', line: idOf('waits') }],
  [line('of mine')],
  [{ type: 'BlockAgreed', block: idOf('ours') }],
  [{ type: 'BlockSigned', block: idOf('signed') }],
  [{ type: 'ChoiceMade', choice: idOf('flat'), way: idOf('move'), undo: '', lookAgain: null }],
  [proposed('Cam'), 'Cam'],
]

describe('a device that somebody brought in with a paper', () => {
  it('[PEO-18] ADV-25 says no yes for its member, and each yes can be said again once it is acknowledged', () => {
    const story = cameBack()
    const say = (event: PracticeEvent, derived?: string) =>
      story.say('Amal', event, { from: 'new', ...(derived === undefined ? {} : { derived }) })?.rule ?? null
    for (const [event, derived] of yeses) expect([event.type, say(event, derived)]).toEqual([event.type, 'PEO-18'])
    story.says('Bea', proposed('Dee'), { derived: 'Dee' })
    expect(say({ type: 'MemberWelcomed', member: idOf('Dee') })).toBe('PEO-18')
    expect(story.circle.agreement.lines[idOf('waits')]?.status).toBe('proposed')
    expect(devicesThatWait(story.circle).map(({ id }) => id)).toEqual([idOf('new')])

    story.says('Bea', acknowledged('new'))
    expect(devicesThatWait(story.circle)).toEqual([])
    expect(story.circle.agreement.lines[idOf('waits')]?.status).toBe('proposed') // what was refused stays refused
    for (const [event, derived] of yeses) expect([event.type, say(event, derived)]).toEqual([event.type, null])
    expect(say({ type: 'MemberWelcomed', member: idOf('Dee') })).toBeNull()
    expect(story.circle.agreement.lines[idOf('waits')]?.status).toBe('live')
  })

  it('[PEO-18] ADV-25 reads, writes, says no, objects, removes, renews, pauses, ends and comes back again at once', () => {
    const acts: readonly PracticeEvent[] = [
      { type: 'LineDeclined', line: idOf('waits') },
      { type: 'LinePutOff', line: idOf('live') },
      block('my own words', AMAL),
      { type: 'BlockDiffers', block: idOf('signed'), words: 'Not so.' },
      { type: 'BlockStruck', block: idOf('signed') },
      { type: 'BlockTakenBack', block: idOf('ours') },
      { type: 'AgendaItemAdded', item: idOf('item'), text: 'The phone', opening: false },
      { type: 'PromiseMade', promise: idOf('p'), text: 'I call', due: null, encounter: null },
      { ...flat, choice: idOf('another') },
      { type: 'WayAdded', choice: idOf('flat'), way: idOf('stay'), text: 'Stay', notNow: false },
      { type: 'IdentityChecked', member: BEA, how: 'byCall' },
      { type: 'Paused' },
      { type: 'Resumed' },
      { type: 'MemberRemoved', member: BEA },
      rekey('remove', 1),
      { type: 'EndAsked', now: false },
      { type: 'EndTakenBack' },
    ]
    const story = cameBack()
    for (const event of acts)
      expect([event.type, story.say('Amal', event, { from: 'new' })]).toEqual([event.type, null])
    const objecting = cameBack().says('Bea', proposed('Dee'), { derived: 'Dee' })
    expect(
      objecting.say('Amal', { type: 'ObjectionSaid', member: idOf('Dee'), words: 'No.' }, { from: 'new' }),
    ).toBeNull()
    expect(cameBack().say('Amal', added('Amal'), { derived: 'Amal', device: 'next', from: 'new' })).toBeNull()
  })

  it('[PEO-18] [NOTE-5] ADV-25 what it offers waits for its member’s own yes, and is signed by nobody until then', () => {
    const story = cameBack()
    const offered = () => story.circle.note.blocks[idOf('in Amal’s name')]
    story.says('Amal', block('in Amal’s name', AMAL), { from: 'new' })
    expect(offered()).toMatchObject({ status: 'offered', yes: [], words: {} })
    expect(story.say('Amal', { type: 'BlockAgreed', block: idOf('in Amal’s name') }, { from: 'new' })?.rule).toBe(
      'PEO-18',
    )
    story.says('Bea', acknowledged('new'))
    story.says('Amal', { type: 'BlockAgreed', block: idOf('in Amal’s name') }, { from: 'new' })
    expect(offered()).toMatchObject({ status: 'kept', words: { [AMAL]: { word: 'signed' } } })
  })

  it('[PEO-18] ADV-25 the other’s refusal to acknowledge keeps nobody from going on: alone, every yes counts', () => {
    const story = cameBack()
    story.says('Amal', { type: 'MemberRemoved', member: BEA }, { from: 'new' })
    story.says('Amal', rekey('remove', 1), { from: 'new' })
    expect(story.say('Amal', proposed('Cam'), { from: 'new', derived: 'Cam' })).toBeNull()
    expect(story.say('Amal', proposed('Dee'), { from: 'new', derived: 'Dee' })).toBeNull()
    // let in and not yet here, Cam stands in no yes's way; once here, Cam can acknowledge
    story.says('Cam', { type: 'MemberAccepted', nonce: '0'.repeat(64), proof: '0'.repeat(128) })
    const asksCam = { ...line('new'), asks: [idOf('Cam')] }
    expect(story.say('Amal', asksCam, { from: 'new' })?.rule).toBe('PEO-18')
    story.says('Cam', acknowledged('new'))
    expect(story.say('Amal', asksCam, { from: 'new' })).toBeNull()
  })

  it('[PEO-19] ADV-25 the thief of a paper cannot acknowledge what it brought in, however many devices there are', () => {
    const story = cameBack().says('Amal', added('Amal'), { derived: 'Amal', device: 'second', from: 'new' })
    for (const [device, from] of [
      ['new', 'paper'],
      ['new', 'new'],
      ['new', 'second'],
      ['second', 'new'],
      ['second', 'paper'],
    ] as const)
      expect(story.say('Amal', acknowledged(device), { from })?.rule).toBe('PEO-19')
    for (const device of ['paper', 'Amal phone', 'nobody’s']) {
      expect(story.say('Bea', acknowledged(device))?.rule).toBe('PEO-19')
      expect(story.say('Amal', acknowledged(device))?.rule).toBe('PEO-19')
    }
    expect(story.say('Amal', line('x'), { from: 'paper' })?.rule).toBe('PEO-18')
  })

  it('[PEO-19] ADV-25 the phone that is not lost acknowledges it, or leaves it; once is enough', () => {
    const story = cameBack()
    story.says('Amal', acknowledged('new'))
    expect(story.say('Amal', acknowledged('new'))?.rule).toBe('PEO-19')
    expect(story.say('Bea', acknowledged('new'))?.rule).toBe('PEO-19')
    expect(story.say('Amal', { type: 'LineAccepted', line: idOf('waits') }, { from: 'new' })).toBeNull()
    story.says('Amal', added('Amal'), { derived: 'Amal', device: 'tablet', from: 'new' })
    expect(deviceIn(story.circle, idOf('tablet'))?.counts).toBe(true)
  })

  it('[PEO-18] a device that one’s own phone brings in counts at once, and so does everybody’s first', () => {
    const story = together().says('Amal', added('Amal'), { derived: 'Amal', device: 'tablet' }).says('Bea', line('a'))
    expect(story.say('Amal', { type: 'LineAccepted', line: idOf('a') }, { from: 'tablet' })).toBeNull()
    expect(devicesThatWait(story.circle)).toEqual([])
  })

  it('[PEO-19] both came back with a paper: each can acknowledge the other, and nobody who has gone is', () => {
    const story = together()
      .says('Amal', paper('Amal'), { derived: 'Amal', device: 'paper' })
      .says('Bea', paper('Bea'), { derived: 'Bea', device: 'slip' })
      .says('Amal', added('Amal'), { derived: 'Amal', device: 'new', from: 'paper' })
      .says('Bea', added('Bea'), { derived: 'Bea', device: 'other', from: 'slip' })
    expect(story.say('Bea', acknowledged('new'), { from: 'other' })).toBeNull()
    expect(story.say('Amal', acknowledged('other'), { from: 'new' })).toBeNull()
    const gone = cameBack().says('Bea', paper('Bea'), { derived: 'Bea', device: 'slip' })
    gone
      .says('Bea', added('Bea'), { derived: 'Bea', device: 'other', from: 'slip' })
      .says('Bea', { type: 'MemberLeft' })
    gone.says('Amal', rekey('leave', 1))
    expect(gone.say('Amal', acknowledged('other'))?.rule).toBe('PEO-19')
    expect(devicesThatWait(gone.circle).map(({ id }) => id)).toEqual([idOf('new')])
  })
})
