/** Devices that were away for days and come back in any order. Source: protocol section 4, G. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { must } from '@alongside/base/result.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import {
  alarmsOf,
  areSame,
  endCircle,
  evilCircle,
  inStep,
  isAway,
  viewed,
  type EvilCircle,
  type Person,
} from '../src/testing/evil-circle.ts'
import { agenda, someId } from '../src/testing/pair.ts'

const SEED = Number(process.env['ALONGSIDE_SEED'] ?? 84)
const EDITS = Number(process.env['ALONGSIDE_EDITS'] ?? 40)
const THREE_DAYS = 3 * 86_400_000

/** Lines that each of them has on the agenda. */
const ITEMS = 8

let circle: EvilCircle

/** Each first adds their lines, then rewords them in turn. */
function edit(who: number, i: number): PracticeEvent {
  const item = someId(100_000 + who * ITEMS + (i % ITEMS))
  const text = `words ${i} of ${who}`
  return i < ITEMS ? { type: 'AgendaItemAdded', item, text, opening: false } : { type: 'AgendaItemChanged', item, text }
}

beforeEach(async () => {
  circle = await evilCircle(5)
}, 60_000)
afterEach(() => endCircle(circle))

describe('five devices', () => {
  it('ADV-84 offline for three days, writing all the time, and back in any order: the same record and the same text on each', async () => {
    const { people, time, evil } = circle
    for (const person of people) isAway(person, true)
    for (let i = 0; i < EDITS; i++) {
      for (const [who, person] of people.entries()) must(await person.circle.act([edit(who, i)]))
      time.pass(THREE_DAYS / EDITS)
    }
    expect(people.map((person) => viewed(person).sync.waiting)).toEqual(people.map(() => EDITS))
    const order = fc.sample(fc.shuffledSubarray([...people], { minLength: 5 }), { seed: SEED, numRuns: 1 })[0] ?? []
    evil.honest.pass(THREE_DAYS)
    for (const person of order) {
      isAway(person, false)
      time.pass(500)
    }
    await inStep(circle)
    const [first] = people as [Person]
    const lines = agenda(first.circle)
    for (let item = 0; item < ITEMS; item++) {
      const last = EDITS - 1 - ((EDITS - 1 - item) % ITEMS)
      for (const who of people.keys()) expect(lines).toContain(`words ${last} of ${who}`)
    }
    for (const person of people) {
      expect(areSame(first, person), `the order ${order.map(({ name }) => name).join(', ')}, seed ${SEED}`).toBe(true)
      expect(agenda(person.circle)).toEqual(lines)
      expect([alarmsOf(person), viewed(person).setAside]).toEqual([[], []])
    }
  }, 300_000)
})
