/**
 * A relay that shows some devices another record, told from end to end with its own key: what people see then, and that
 * nobody loses what they wrote. Source: protocol section 4, A.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import {
  alarmsOf,
  areSame,
  endCircle,
  evilCircle,
  headOf,
  inStep,
  isAway,
  isSent,
  lostBy,
  relock,
  say,
  viewed,
  type EvilCircle,
  type Person,
} from '../src/testing/evil-circle.ts'
import { agenda } from '../src/testing/pair.ts'
import { until } from '../src/testing/world.ts'

let circle: EvilCircle

afterEach(() => endCircle(circle))

const nobodyLost = () => expect(circle.people.flatMap(lostBy)).toEqual([])
const reaches = (person: Person, seq: number) =>
  until(circle.time, `${person.name} has read as far as ${seq}`, () => headOf(person) >= seq)
const shows = (person: Person, alarm: string) =>
  until(circle.time, `${person.name} is shown ${alarm}`, () => alarmsOf(person).includes(alarm))
/** What no alarm may stop, and what waits until people have compared. */
async function bindingWaits(person: Person): Promise<void> {
  const frozen = { ok: false, error: { type: 'Frozen' } }
  expect(await person.circle.act([{ type: 'LineAccepted', line: '0'.repeat(32) }])).toEqual(frozen)
  await say(person, `still ${person.name}’s to write`)
  expect(viewed(person).phase).toBe('open')
}

describe('two people and a relay that tells one of them another story', () => {
  beforeEach(async () => {
    circle = await evilCircle()
  }, 60_000)

  it('ADV-1 one entry left out: the next one of its author says so, and nothing of what followed has half an effect', async () => {
    const { evil, box, amal, bea } = circle
    isAway(bea, true)
    await say(amal, 'one')
    await until(circle.time, 'sent', () => isSent(amal))
    const left = headOf(amal)
    await say(amal, 'two')
    await until(circle.time, 'sent', () => isSent(amal))
    await evil.drop(box, left, ['bea'])
    const before = viewed(bea).state
    isAway(bea, false)
    await shows(bea, 'Missing')
    expect(viewed(bea).alarms).toContainEqual({ type: 'Missing', device: amal.circle.device })
    expect(viewed(bea).state.encounter).toEqual(before.encounter)
    expect(viewed(bea).setAside).toMatchObject([{ member: amal.circle.me, reason: 'Gap' }])
    await say(bea, 'written meanwhile')
    evil.repent()
    await shows(bea, 'Fork') // its own copy lacks an entry that everybody else has
    expect(agenda(amal.circle)).toEqual(['one', 'two'])
    nobodyLost()
  })

  it('ADV-1 an entry that only its frame was lost of is asked for again, and both end the same', async () => {
    const { evil, amal, bea } = circle
    const end = evil.lose(['bea'], 'arrived')
    await say(amal, 'one')
    await until(circle.time, 'sent', () => isSent(amal))
    end()
    await say(amal, 'two')
    await inStep(circle)
    expect(agenda(bea.circle)).toEqual(['one', 'two'])
    expect([alarmsOf(amal), alarmsOf(bea)]).toEqual([[], []])
    expect(areSame(amal, bea)).toBe(true)
  })

  it('ADV-3 the same envelope twice counts once, the chain goes on, and nobody is called a copy', async () => {
    const { evil, box, amal, bea } = circle
    await say(amal, 'one')
    await inStep(circle)
    await evil.replay(box, headOf(amal), ['amal', 'bea'])
    await reaches(bea, headOf(amal))
    await say(bea, 'two')
    await say(amal, 'three')
    await inStep(circle)
    expect((await evil.record(box, 'bea')).length).toBe(headOf(bea))
    expect(agenda(bea.circle).toSorted()).toEqual(['one', 'three', 'two'])
    expect([alarmsOf(amal), alarmsOf(bea), viewed(bea).setAside]).toEqual([[], [], []])
    expect(areSame(amal, bea)).toBe(true)
    nobodyLost()
  })

  it('ADV-5 the end of the record kept from somebody who comes back: they notice, give it back, and the head is the same', async () => {
    const { evil, box, amal, bea } = circle
    for (let i = 1; i <= 20; i++) await say(i % 2 === 0 ? amal : bea, `item ${i}`)
    await inStep(circle)
    const { head } = amal.circle.now().confirmed
    isAway(bea, true)
    await evil.truncate(box, 12, ['bea'])
    await say(bea, 'written away')
    isAway(bea, false)
    await shows(bea, 'RolledBack')
    await until(circle.time, 'given back', () => isSent(bea))
    const told = await evil.record(box, 'bea')
    expect(told.slice(0, -1)).toEqual(await evil.record(box))
    evil.repent()
    await inStep(circle)
    expect(areSame(amal, bea)).toBe(true)
    expect(amal.circle.now().confirmed.head).not.toEqual(head) // by what Bea wrote
    expect(agenda(amal.circle)).toContain('written away')
    expect(alarmsOf(amal)).toEqual([])
    nobodyLost()
  })

  it('ADV-6 kept from the end of the record, somebody’s next word shows the others how far they had read', async () => {
    const { evil, amal, bea } = circle
    // an answered word shows that her line hears everything by now; a line that is still reading would never get to speak
    await say(bea, 'I am here')
    await inStep(circle)
    const before = headOf(bea)
    const stops = (['arrived', 'entries'] as const).map((type) => evil.lose(['bea'], type))
    for (let i = 1; i <= 5; i++) await say(amal, `item ${i}`)
    await until(circle.time, 'sent', () => isSent(amal))
    await say(bea, 'what I know')
    await until(circle.time, 'Amal hears of it', () => agenda(amal.circle).includes('what I know'))
    expect(viewed(amal).sync.seen[bea.circle.me]).toBe(before)
    expect(headOf(amal)).toBe(before + 6)
    expect(agenda(bea.circle)).toEqual(['I am here', 'what I know'])
    for (const stop of stops) stop()
    await inStep(circle)
    expect([alarmsOf(amal), alarmsOf(bea)]).toEqual([[], []])
    expect(areSame(amal, bea)).toBe(true)
    nobodyLost()
  })

  it('ADV-7 two records grown apart for fifty entries and then mixed: both see it, what binds waits, nobody loses a word', async () => {
    const { evil, box, amal, bea } = circle
    await evil.fork(box, ['amal'], ['bea'])
    for (let i = 1; i <= 50; i++) {
      await say(amal, `Amal ${i}`)
      await say(bea, `Bea ${i}`)
      if (i % 10 === 0) await until(circle.time, 'each is sent', () => isSent(amal) && isSent(bea))
    }
    const note = { type: 'PrivateNoteKept', note: '1'.repeat(32), text: 'a draft of mine', about: null } as const
    must(await amal.core.own.act([note]))
    expect([alarmsOf(amal), alarmsOf(bea)]).toEqual([[], []])
    evil.merge()
    for (const person of circle.people) await shows(person, 'Fork')
    for (const person of circle.people) await bindingWaits(person)
    nobodyLost()
    const drafts = amal.core.own.state().own
    for (const person of circle.people) await relock(circle, person)
    expect(amal.core.own.state().own).toEqual(drafts)
    for (const person of circle.people) expect(alarmsOf(person)).toContain('Fork')
    evil.repent()
    await until(circle.time, 'asked again', () => circle.people.every((one) => one.circle.now().alarms.length > 0))
    for (const person of circle.people) expect(alarmsOf(person)).toContain('Fork')
    nobodyLost()
  })

  it('ADV-9 one bit of any byte of an envelope changed: set aside, never a crash, and the record goes on', async () => {
    const { evil, box, amal, bea } = circle
    await say(amal, 'one')
    await inStep(circle)
    const seq = headOf(amal)
    const whole = (await evil.record(box))[seq - 1] as Uint8Array<ArrayBuffer>
    const broken = Array.from(whole, (_, at) => whole.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte)))
    const before = viewed(bea).state.encounter
    await evil.slipIn(box, broken, ['amal', 'bea'])
    await reaches(amal, seq + whole.length)
    await reaches(bea, seq + whole.length)
    const judged = must(await bea.circle.history()).slice(seq)
    expect(judged.length).toBe(whole.length)
    expect(
      new Set(judged.map(({ verdict }) => (verdict.type === 'setAside' ? verdict.reason.type : verdict.type))),
    ).toEqual(new Set(['NotAnEnvelope', 'WrongEpoch', 'CannotOpen']))
    expect(viewed(bea).state.encounter).toEqual(before)
    await say(bea, 'two')
    await inStep(circle)
    expect(agenda(amal.circle)).toEqual(['one', 'two'])
    expect([alarmsOf(amal), alarmsOf(bea)]).toEqual([[], []])
    expect(areSame(amal, bea)).toBe(true)
  })

  it('ADV-10 another epoch written into an envelope’s header: no effect, and its author’s next word says that it is missing', async () => {
    const { evil, box, amal, bea } = circle
    isAway(bea, true)
    await say(amal, 'one')
    await say(amal, 'two')
    await until(circle.time, 'sent', () => isSent(amal))
    await evil.alterEpoch(box, { seq: headOf(amal) - 1, epoch: 0 }, ['bea'])
    isAway(bea, false)
    await shows(bea, 'Missing')
    expect(viewed(bea).setAside.map(({ reason }) => reason)).toEqual(['WrongEpoch', 'Gap'])
    expect(agenda(bea.circle)).toEqual([])
    await say(bea, 'three')
    evil.repent()
    await shows(bea, 'Fork')
    nobodyLost()
  })
})

describe('three people', () => {
  it('ADV-2 two entries exchanged after one has them and before another does: a fork on both sides at the first word across', async () => {
    circle = await evilCircle(3)
    const { evil, box, amal, bea, people } = circle
    const cleo = people[2] as Person
    isAway(bea, true)
    await say(amal, 'from Amal')
    await until(circle.time, 'sent', () => isSent(amal))
    await say(cleo, 'from Cleo')
    await inStep(circle, [amal, cleo])
    await evil.swap(box, headOf(amal) - 1, ['bea'])
    isAway(bea, false)
    await reaches(bea, headOf(amal))
    await say(amal, 'after')
    await say(bea, 'across')
    await until(circle.time, 'sent', () => isSent(amal) && isSent(bea))
    await evil.fork(box, ['amal', 'cleo'])
    evil.merge()
    for (const person of people) await shows(person, 'Fork')
    for (const person of people) await bindingWaits(person)
    nobodyLost()
  })
})

describe('two circles at one relay', () => {
  it('ADV-4 an envelope of one circle put into another opens for nobody, is shown as set aside, and hurts nothing', async () => {
    circle = await evilCircle()
    const other = await evilCircle()
    const { evil, box, amal, bea } = circle
    await say(other.amal, 'from another circle')
    await inStep(other)
    const foreign = (await other.evil.record(other.box)).slice(-1)
    await endCircle(other)
    await evil.slipIn(box, foreign, ['amal', 'bea'])
    await reaches(bea, headOf(amal) + 1)
    await say(bea, 'and on')
    await inStep(circle)
    expect(viewed(bea).setAside).toMatchObject([{ member: null, reason: 'CannotOpen' }])
    expect(viewed(amal).setAside).toEqual(viewed(bea).setAside)
    expect(agenda(amal.circle)).toEqual(['and on'])
    expect([alarmsOf(amal), alarmsOf(bea)]).toEqual([[], []])
    expect(areSame(amal, bea)).toBe(true)
  })
})
