import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AMAL, BEA, founded, idOf, invited, rekey, Story, together } from '../../test/story.ts'
import type { PracticeEvent } from '../define.ts'
import { ALWAYS_IN_FORCE, floor, PERSON_FLOOR, PRACTITIONER_FLOOR } from './floor.ts'
import { allLines, dueForReview, liveLines, sideBySide, waitingFor, waitingForMember } from './state.ts'

type Proposal = Extract<PracticeEvent, { type: 'LineProposed' }>

const line = (name: string, rest: Partial<Proposal> = {}): Proposal => ({
  type: 'LineProposed',
  line: idOf(name),
  section: 6,
  text: `We meet ${name}.`,
  language: 'en',
  second: null,
  asks: [BEA],
  refusable: true,
  why: '',
  review: null,
  replaces: null,
  ready: null,
  ...rest,
})
const accept = (name: string) => ({ type: 'LineAccepted', line: idOf(name) }) as const
const decline = (name: string) => ({ type: 'LineDeclined', line: idOf(name) }) as const
const putOff = (name: string) => ({ type: 'LinePutOff', line: idOf(name) }) as const
const status = (story: Story, name: string) => story.circle.agreement.lines[idOf(name)]?.status

/** Both have accepted one line. */
const agreed = () => together().says('Amal', line('tuesdays')).says('Bea', accept('tuesdays'))

describe('proposing a line', () => {
  it('[AGR-1] an own circle has no agreement', () => {
    expect(founded('own').say('Amal', line('alone', { asks: [] }))?.rule).toBe('AGR-1')
    expect(together().say('Bea', line('tuesdays'))).toBeNull()
  })

  it('[AGR-2] ADV-27 an id is used once, so a yes means one text', () => {
    const story = together().says('Amal', line('tuesdays'))
    expect(story.say('Bea', line('tuesdays', { text: 'We meet when I say.' }))?.rule).toBe('AGR-2')
    expect(story.circle.agreement.lines[idOf('tuesdays')]?.text).toBe('We meet tuesdays.')
  })

  it('[AGR-3] a line is ready text or its own text, never both and never neither', () => {
    const ready = { id: 'agreement.notes', version: 1 }
    expect(together().say('Bea', line('a', { text: '  ' }))?.rule).toBe('AGR-3')
    expect(together().say('Bea', line('a', { ready }))?.rule).toBe('AGR-3')
    expect(together().say('Bea', line('a', { text: '', ready, second: { language: 'ar', text: 'x' } }))?.rule).toBe(
      'AGR-3',
    )
    expect(together().say('Bea', line('a', { text: '', ready }))).toBeNull()
    expect(together().say('Bea', line('a', { second: { language: 'ar', text: 'نلتقي' } }))).toBeNull()
  })

  it('[AGR-4] a line asks members, each once; one who was let in can be asked before they say yes', () => {
    expect(together().say('Amal', line('a', { asks: [idOf('Nobody')] }))?.rule).toBe('AGR-4')
    expect(together().say('Amal', line('a', { asks: [BEA, BEA] }))?.rule).toBe('AGR-4')
    const gone = together().says('Bea', { type: 'MemberLeft' }).says('Amal', rekey('leave', 1))
    expect(gone.say('Amal', line('a'))?.rule).toBe('AGR-4')
    expect(invited().say('Amal', line('a'))).toBeNull()
  })

  it('[AGR-5] a replacement stays in its section and replaces what is still current', () => {
    const story = agreed()
    expect(story.say('Bea', line('b', { replaces: idOf('nothing') }))?.rule).toBe('AGR-5')
    expect(story.say('Bea', line('b', { replaces: idOf('tuesdays'), section: 7 }))?.rule).toBe('AGR-5')
    story.says('Bea', line('fridays', { replaces: idOf('tuesdays') })).says('Amal', accept('fridays'))
    expect(story.say('Bea', line('b', { replaces: idOf('tuesdays') }))?.rule).toBe('AGR-5')
  })
})

describe('yes and no', () => {
  it('[AGR-6] only those a line waits for accept it, once', () => {
    const story = together().says('Amal', line('tuesdays'))
    expect(story.say('Amal', accept('tuesdays'))?.rule).toBe('AGR-6')
    expect(story.say('Bea', accept('nothing'))?.rule).toBe('AGR-6')
    story.says('Bea', accept('tuesdays'))
    expect(story.say('Bea', accept('tuesdays'))?.rule).toBe('AGR-6')
    const hers = together().says('Amal', line('mine', { asks: [] }))
    expect(hers.say('Bea', accept('mine'))?.rule).toBe('AGR-6')
  })

  it('[AGR-7] a line is live only with the yes of the person and of everybody it asks', () => {
    const story = together().says('Bea', line('both', { asks: [AMAL, BEA] }))
    expect(status(story, 'both')).toBe('proposed')
    expect(liveLines(story.circle)).toEqual([])
    const held = story.circle.agreement.lines[idOf('both')]
    expect(held === undefined ? null : waitingFor(story.circle, held)).toEqual([AMAL])
    expect(waitingForMember(story.circle, AMAL).map((one) => one.id)).toEqual([idOf('both')])
    story.says('Amal', accept('both'))
    expect(status(story, 'both')).toBe('live')
    expect(waitingForMember(story.circle, AMAL)).toEqual([])
    // a line that asks nothing of anybody needs the person's word alone
    expect(status(together().says('Amal', line('name', { asks: [] })), 'name')).toBe('live')
    expect(status(together().says('Bea', line('name', { asks: [] })), 'name')).toBe('proposed')
  })

  it('[AGR-8] those concerned and the author say no, and the line stays off', () => {
    const story = together().says('Bea', line('texts', { asks: [AMAL] }))
    story.says('Amal', decline('texts'))
    expect(status(story, 'texts')).toBe('off')
    expect(story.say('Amal', accept('texts'))?.rule).toBe('AGR-6')
    expect(story.say('Amal', decline('texts'))?.rule).toBe('AGR-8')
    expect(
      status(
        together()
          .says('Bea', line('b', { asks: [AMAL] }))
          .says('Bea', decline('b')),
        'b',
      ),
    ).toBe('off')
    expect(agreed().say('Bea', decline('tuesdays'))?.rule).toBe('AGR-8')
  })

  it('[AGR-8] the author of a proposal takes their no back no more once it was live, and a stranger to it never says no', () => {
    const story = founded()
    story.circle = together().circle
    story.seq = together().seq
    story
      .says('Bea', line('hers', { asks: [AMAL] }))
      .says('Amal', accept('hers'))
      .says('Bea', putOff('hers'))
    expect(status(story, 'hers')).toBe('underReview')
    expect(story.say('Bea', decline('hers'))?.rule).toBe('AGR-8')
    story.says('Bea', line('open', { asks: [AMAL] })).says('Bea', decline('open'))
    expect(status(story, 'open')).toBe('off')
    story.says('Amal', line('own', { asks: [] }))
    story.says('Amal', line('alone', { asks: [AMAL], replaces: idOf('own') }))
    expect(story.say('Bea', decline('alone'))?.rule).toBe('AGR-8')
  })

  it('lines of one section stand in the order they came, whatever their ids', () => {
    const story = together()
    for (const name of ['zebra', 'apple', 'middle']) story.says('Bea', line(name))
    const lines = Object.fromEntries(Object.entries(story.circle.agreement.lines).reverse())
    story.circle = { ...story.circle, agreement: { ...story.circle.agreement, lines } }
    expect(allLines(story.circle).map((one) => one.id)).toEqual(['zebra', 'apple', 'middle'].map(idOf))
    expect(waitingForMember(story.circle, AMAL)).toHaveLength(3)
  })

  it('[AGR-9] the person takes a live line out at once; another pauses it until all agree again', () => {
    expect(status(agreed().says('Amal', putOff('tuesdays')), 'tuesdays')).toBe('off')
    const paused = agreed().says('Bea', putOff('tuesdays'))
    expect(status(paused, 'tuesdays')).toBe('underReview')
    expect(liveLines(paused.circle)).toEqual([])
    expect(paused.say('Bea', putOff('tuesdays'))?.rule).toBe('AGR-9')
    paused.says('Bea', accept('tuesdays'))
    expect(status(paused, 'tuesdays')).toBe('underReview')
    paused.says('Amal', accept('tuesdays'))
    expect(status(paused, 'tuesdays')).toBe('live')
    expect(together().says('Amal', line('a')).say('Amal', putOff('a'))?.rule).toBe('AGR-9')
  })

  it('[AGR-10] a replacement changes the old line when it goes live, and its rivals are off', () => {
    const story = agreed()
      .says('Bea', line('fridays', { replaces: idOf('tuesdays') }))
      .says('Amal', line('mondays', { replaces: idOf('tuesdays') }))
    expect(status(story, 'tuesdays')).toBe('live')
    const offered = story.circle.agreement.lines[idOf('fridays')]
    expect(offered === undefined ? null : sideBySide(story.circle, offered).old?.text).toBe('We meet tuesdays.')
    story.says('Amal', accept('fridays'))
    expect(status(story, 'tuesdays')).toBe('changed')
    expect(status(story, 'mondays')).toBe('off')
    expect(liveLines(story.circle).map((one) => one.id)).toEqual([idOf('fridays')])
    expect(story.circle.agreement.lines[idOf('tuesdays')]?.moved?.replacedBy).toBe(idOf('fridays'))
  })

  it('[AGR-11] what needed somebody who has gone ends with them; the rest stays', () => {
    for (const go of ['leave', 'remove'] as const) {
      const story = agreed()
        .says('Amal', line('name', { asks: [], section: 3 }))
        .says('Bea', line('open', { asks: [AMAL] }))
        .says('Bea', line('no', { asks: [AMAL] }))
        .says('Amal', decline('no'))
      if (go === 'leave') story.says('Bea', { type: 'MemberLeft' })
      else story.says('Amal', { type: 'MemberRemoved', member: BEA })
      expect(['tuesdays', 'name', 'open', 'no'].map((one) => status(story, one))).toEqual([
        'ended',
        'live',
        'ended',
        'off',
      ])
      story.says('Amal', rekey(go, 1))
      expect(story.say('Amal', accept('open'))?.rule).toBe('AGR-6')
    }
  })

  it('lines are listed by section, and a review day asks to be looked at from that day on', () => {
    const story = together()
      .says('Amal', line('late', { section: 15, asks: [], review: '2026-12-01' }))
      .says('Amal', line('early', { section: 1, asks: [] }))
    expect(allLines(story.circle).map((one) => one.section)).toEqual([1, 15])
    expect(dueForReview(story.circle, '2026-11-30')).toEqual([])
    expect(dueForReview(story.circle, '2026-12-01').map((one) => one.id)).toEqual([idOf('late')])
  })
})

describe('what needs no agreement', () => {
  it('[AGR-12] that limits were heard is said by the person, and nothing waits for it', () => {
    const story = together()
    expect(story.say('Bea', { type: 'LimitsHeard', how: 'heard' })?.rule).toBe('AGR-12')
    story.says('Amal', { type: 'LimitsHeard', how: 'heard' }).says('Amal', { type: 'LimitsHeard', how: 'read' })
    expect(story.circle.agreement.limitsHeard.map((one) => one.how)).toEqual(['heard', 'read'])
    expect(agreed().circle.agreement.limitsHeard).toEqual([])
  })

  it('[AGR-13] the floor is the same before, during and after any agreement, and holds all its parts', () => {
    const before = floor()
    const story = agreed().says('Bea', putOff('tuesdays')).says('Amal', decline('tuesdays'))
    expect(status(story, 'tuesdays')).toBe('off')
    expect(floor()).toEqual(before)
    expect([PERSON_FLOOR.length, PRACTITIONER_FLOOR.length, ALWAYS_IN_FORCE.length]).toEqual([11, 5, 3])
    expect(new Set(floor()).size).toBe(19)
  })

  it('[AGR-7] whatever the two say in whatever order, a live line has every yes it needs', () => {
    const who = fc.constantFrom('Amal', 'Bea')
    const name = fc.constantFrom('a', 'b', 'c')
    const saying = fc.oneof(
      fc.record({
        who,
        event: fc
          .record({ name, asks: fc.subarray([AMAL, BEA]), replaces: fc.option(name.map(idOf)) })
          .map(({ name, asks, replaces }): PracticeEvent => line(name, { asks, replaces })),
      }),
      fc.record({ who, event: name.map((one): PracticeEvent => accept(one)) }),
      fc.record({ who, event: name.map((one): PracticeEvent => decline(one)) }),
      fc.record({ who, event: name.map((one): PracticeEvent => putOff(one)) }),
    )
    fc.assert(
      fc.property(fc.array(saying, { maxLength: 30 }), (sayings) => {
        const story = together()
        for (const { who, event } of sayings) story.say(who, event)
        for (const one of liveLines(story.circle)) {
          const yes = one.yes.map((each) => each.member)
          expect(yes).toContain(AMAL)
          for (const asked of one.asks) expect(yes).toContain(asked)
          expect(new Set(yes).size).toBe(yes.length)
        }
      }),
    )
  })
})
