/** What somebody who means harm cannot get by saying anything at all, when their keys and their place are right. */
import { fromHex } from '@alongside/base/bytes.ts'
import type { Plain } from '@alongside/base/cbor.ts'
import { describe, expect, it } from 'vitest'
import type { By, PracticeEvent } from '../src/define.ts'
import { isActive } from '../src/people/state.ts'
import { judge, reduce } from '../src/reduce.ts'
import { allSubjects, readEvent } from '../src/registry.ts'
import { AMAL, BEA, idOf, keysOf, rekey, together, type Story } from './story.ts'

const CAM = idOf('Cam')
const accepts: PracticeEvent = { type: 'MemberAccepted', nonce: '0'.repeat(64), proof: '0'.repeat(128) }
const propose = (name: string): PracticeEvent => ({
  type: 'MemberProposed',
  role: 'practitioner',
  name,
  language: 'en',
  keys: keysOf(name),
  place: idOf('place'),
  commitment: '0'.repeat(64),
  nonce: '0'.repeat(64),
})
const line = (name: string, asks: readonly string[], rest: object = {}): PracticeEvent => ({
  type: 'LineProposed',
  line: idOf(name),
  section: 6,
  text: `We meet ${name}.`,
  language: 'en',
  second: null,
  asks: [...asks],
  refusable: true,
  why: '',
  review: null,
  replaces: null,
  ready: null,
  ...rest,
})
const yes = (name: string): PracticeEvent => ({ type: 'LineAccepted', line: idOf(name) })
const no = (name: string): PracticeEvent => ({ type: 'LineDeclined', line: idOf(name) })
const status = (story: Story, name: string) => story.circle.agreement.lines[idOf(name)]?.status
const membersOf = (story: Story) => Object.values(story.circle.people.members).map((one) => [one.name, one.status])

/** Amal, Bea and Cam are all here. */
const three = (): Story =>
  together().says('Amal', propose('Cam'), { derived: 'Cam' }).says('Amal', rekey('admit', 1)).says('Cam', accepts)

describe('letting somebody in', () => {
  it('[PEO-2] [PEO-8] [KEY-2] ADV-22 ADV-33 without the person’s yes nobody comes in, whoever else says it', () => {
    const story = three().says('Bea', propose('Dee'), { derived: 'Dee' })
    for (const friend of ['Bea', 'Cam']) {
      expect(story.say(friend, { type: 'MemberWelcomed', member: idOf('Dee') })?.rule).toBe('PEO-8')
      expect(story.say(friend, rekey('admit', 2))?.rule).toBe('KEY-2')
    }
    for (const event of [accepts, { type: 'MemberWelcomed', member: idOf('Dee') } as const])
      expect(story.say('Dee', event)?.rule).toBe('PEO-2')
    expect(isActive(story.circle, idOf('Dee'))).toBe(false) // so that no new epoch reaches them
    expect(story.say('Eve', accepts)?.rule).toBe('PEO-2')
    expect(story.say('Bea', accepts)?.rule).toBe('PEO-9')
    expect(membersOf(story)).toContainEqual(['Dee', 'proposed'])
  })

  it('[PEO-6] [PEO-8] ADV-32 the same somebody with other keys is somebody else, and waits for a yes of their own', () => {
    const story = three().says('Bea', propose('Dee'), { derived: 'Dee' })
    story.says('Amal', { type: 'MemberWelcomed', member: idOf('Dee') })
    expect(story.say('Bea', propose('Dee'), { derived: 'Dee' })?.rule).toBe('PEO-6')
    expect(story.say('Bea', propose('Dee'), { derived: 'Dee again', device: 'Dee' })).toBeNull()
    expect(story.circle.people.members[idOf('Dee again')]).toMatchObject({ name: 'Dee', status: 'proposed' })
    expect(story.say('Dee again', accepts)?.rule).toBe('PEO-2')
    // new member keys with a device that the circle knows already
    const borrowed = story.say('Bea', propose('Dee'), { derived: 'Dee third', device: 'Bea phone' })
    expect(borrowed?.rule).toBe('PEO-6')
  })

  it('[PEO-2] [PEO-6] ADV-38 who was removed comes back as somebody new only, with the person’s yes; the old keys say nothing', () => {
    const story = three().says('Amal', { type: 'MemberRemoved', member: BEA }).says('Amal', rekey('remove', 2))
    expect(story.say('Cam', propose('Bea'), { derived: 'Bea' })?.rule).toBe('PEO-6')
    expect(story.say('Amal', propose('Bea'), { derived: 'Bea' })?.rule).toBe('PEO-6')
    expect(story.say('Cam', { type: 'MemberWelcomed', member: BEA })?.rule).toBe('PEO-8')
    expect(story.say('Amal', { type: 'MemberWelcomed', member: BEA })?.rule).toBe('PEO-8')
    story.says('Cam', propose('Bea'), { derived: 'Bea anew' })
    story.says('Amal', { type: 'MemberWelcomed', member: idOf('Bea anew') }).says('Bea anew', accepts)
    for (const event of [accepts, yes('a'), { type: 'MemberLeft' } as const])
      expect(story.say('Bea', event)?.rule).toBe('PEO-2')
    expect(story.circle.people.members[BEA]?.status).toBe('removed')
  })
})

describe('a yes', () => {
  it('[AGR-6] [AGR-11] ADV-23 said when others were here counts for nothing once who is asked has changed', () => {
    const story = three()
      .says('Amal', line('tuesdays', [BEA, CAM]))
      .says('Bea', yes('tuesdays'))
    story.says('Cam', { type: 'MemberLeft' }).says('Amal', rekey('leave', 2))
    expect(status(story, 'tuesdays')).toBe('ended')
    for (const name of ['Amal', 'Bea']) expect(story.say(name, yes('tuesdays'))?.rule).toBe('AGR-6')
    expect(story.say('Bea', line('tuesdays', [BEA]))?.rule).toBe('AGR-2')
    // whoever comes later is bound by nothing that was agreed before, and is asked nothing by it
    story.says('Amal', line('wednesdays', [BEA])).says('Bea', yes('wednesdays'))
    story.says('Amal', propose('Dee'), { derived: 'Dee' }).says('Amal', rekey('admit', 3)).says('Dee', accepts)
    expect(status(story, 'wednesdays')).toBe('live')
    expect(story.say('Dee', yes('wednesdays'))?.rule).toBe('AGR-6')
    expect(story.say('Dee', no('wednesdays'))?.rule).toBe('AGR-8')
  })

  it('[AGR-6] [AGR-10] ADV-24 of two proposals that race the first that stands makes the other stale, also for a yes on its way', () => {
    const story = three()
      .says('Amal', line('tuesdays', []))
      .says('Bea', line('one', [BEA, CAM], { replaces: idOf('tuesdays') }))
    story.says('Cam', line('two', [BEA, CAM], { replaces: idOf('tuesdays') }))
    for (const name of ['one', 'two']) story.says('Amal', yes(name))
    story.says('Cam', yes('one'))
    expect([status(story, 'one'), status(story, 'two'), status(story, 'tuesdays')]).toEqual(['live', 'off', 'changed'])
    expect(story.say('Bea', yes('two'), { seen: 5 })?.rule).toBe('AGR-6')
    expect(story.say('Cam', line('three', [BEA], { replaces: idOf('tuesdays') }))?.rule).toBe('AGR-5')
  })

  it('[AGR-8] ADV-26 is taken back by a no before all have said it, and by no no afterwards', () => {
    const story = three()
      .says('Amal', line('tuesdays', [BEA, CAM]))
      .says('Bea', yes('tuesdays'))
      .says('Bea', no('tuesdays'))
    expect(status(story, 'tuesdays')).toBe('off')
    expect(story.say('Cam', yes('tuesdays'))?.rule).toBe('AGR-6')
    story
      .says('Amal', line('fridays', [BEA, CAM]))
      .says('Bea', yes('fridays'))
      .says('Cam', yes('fridays'))
    for (const name of ['Amal', 'Bea', 'Cam']) expect(story.say(name, no('fridays'))?.rule).toBe('AGR-8')
    expect(status(story, 'fridays')).toBe('live')
  })

  it('[AGR-2] [AGR-6] ADV-27 to a text that differs by one letter is a yes to another line, and to none that is there', () => {
    const story = three().says('Amal', line('tuesdays', [BEA]))
    const seen = readEvent(17, [fromHex(idOf('tuesdayz'))])
    expect(seen.ok && story.say('Bea', seen.value)?.rule).toBe('AGR-6')
    expect(story.say('Cam', line('tuesdays', [BEA], { text: 'We meet tuesdayz.' }))?.rule).toBe('AGR-2')
    expect(status(story, 'tuesdays')).toBe('proposed')
  })
})

describe('removing, showing and erasing', () => {
  it('[PEO-10] ADV-39 no number and no payload removes anybody but by the person’s word', () => {
    const story = three()
    const ids = [AMAL, BEA, CAM].map((one) => fromHex(one) as Uint8Array<ArrayBuffer>)
    const payloads: Plain[] = [
      [],
      ...ids.flatMap((id) => [[id], [id, 'majority'], [[id]], [id, ids], [ids], id, [id, 1], [1, id]]),
    ]
    const by = (member: string): By => {
      const device = story.circle.people.members[member]?.device.id ?? ''
      return { member, device, seq: 99, seenSeq: 98, at: 0, entry: idOf('e') }
    }
    let read = 0
    for (let code = 0; code < 512; code++)
      for (const payload of payloads) {
        const event = readEvent(code, payload)
        if (!event.ok) continue
        read++
        for (const member of [BEA, CAM]) {
          const next = reduce(story.circle, event.value, by(member))
          if (!next.ok) continue
          const changed = Object.values(next.value.people.members).filter((one) => one.status !== 'here')
          expect(changed.map(({ id }) => id).filter((id) => id !== member)).toEqual([])
        }
      }
    expect(read).toBeGreaterThan(20)
    for (const member of [AMAL, CAM]) {
      expect(judge(story.circle, { type: 'MemberRemoved', member }, by(BEA))?.rule).toBe('PEO-10')
    }
  })

  it('[RIG-2] [RIG-3] ADV-28 nothing that anybody says lets the record out or speaks in another’s name: there is no such event', () => {
    const names = allSubjects.flatMap((subject) => subject.events.map((def) => def.name))
    expect(names.length).toBeGreaterThan(60)
    expect(
      names.filter((name) => /disclos|export|publish|issue|share|letter|redact|erase|expel|vote/i.test(name)),
    ).toEqual([])
  })
})
