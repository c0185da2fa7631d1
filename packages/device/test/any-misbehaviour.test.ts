/**
 * Several devices act honestly while the relay does whatever comes to its mind. When it is honest again, every two devices
 * hold the same record and made the same of it, or one of them says that something is wrong; and nobody has lost a word.
 * `ALONGSIDE_SEED` and `ALONGSIDE_RUNS` let it run on and elsewhere. Source: protocol section 4, test 100 in small.
 */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  alarmsOf,
  areSame,
  endCircle,
  evilCircle,
  headOf,
  isAway,
  lostBy,
  relock,
  say,
  viewed,
  type EvilCircle,
  type Person,
} from '../src/testing/evil-circle.ts'
import { repeats } from '../src/testing/evil-relay-tricks.ts'

const SEED = Number(process.env['ALONGSIDE_SEED'] ?? 100)
const RUNS = Number(process.env['ALONGSIDE_RUNS'] ?? 8)
const ROUNDS = 40

/** What happens in one round; `a` and `b` choose where. */
interface Act {
  readonly what: HonestAct | EvilAct
  readonly who: number
  readonly toWhom: number
  readonly a: number
  readonly b: number
}

const HONEST = ['say', 'say', 'say', 'say', 'say', 'say', 'away', 'back', 'relock'] as const
type HonestAct = (typeof HONEST)[number]
const EVIL = [
  'drop',
  'swap',
  'replay',
  'truncate',
  'flip',
  'alterEpoch',
  'fork',
  'merge',
  'lose',
  'hold',
  'keepNothing',
  'misstateHead',
  'garble',
  'repeat',
  'hangUp',
  'repent',
] as const
type EvilAct = (typeof EVIL)[number]
const LOSABLE = ['arrived', 'entries', 'appended', 'rangeEnd', 'headIs', 'subscribed', 'welcome'] as const

const acts = (what: fc.Arbitrary<Act['what']>): fc.Arbitrary<Act> =>
  fc.record({
    what,
    who: fc.nat({ max: 2 }),
    toWhom: fc.integer({ min: 1, max: 7 }),
    a: fc.nat({ max: 1_000 }),
    b: fc.nat({ max: 1_000 }),
  })
const rounds = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: acts(fc.constantFrom(...HONEST)) },
    { weight: 1, arbitrary: acts(fc.constantFrom(...EVIL)) },
  ),
  { minLength: ROUNDS, maxLength: ROUNDS },
)

async function play(circle: EvilCircle, { what, who, toWhom, a, b }: Act, releases: (() => void)[]): Promise<void> {
  const { evil, box, people } = circle
  const person = people[who] as Person
  const names = people.filter((_, i) => (toWhom & (1 << i)) !== 0).map(({ name }) => name)
  const others = people.map(({ name }) => name).filter((name) => !names.includes(name))
  const length = (await evil.record(box, names[0])).length
  /** One of the last few positions that are shown to them. */
  const seq = Math.max(2, length - (a % 6))
  switch (what) {
    case 'say':
      return say(person, `${person.name} says ${a}.${person.said.length}`)
    case 'away':
      return isAway(person, true)
    case 'back':
      return isAway(person, false)
    case 'relock':
      return relock(circle, person)
    case 'drop':
      return evil.drop(box, seq, names)
    case 'swap':
      return evil.swap(box, seq - 1, names)
    case 'replay':
      return evil.replay(box, seq, names)
    case 'truncate':
      return evil.truncate(box, 1 + (a % 6), names)
    case 'flip':
      return evil.flip(box, { seq, byte: b % 590 }, names)
    case 'alterEpoch':
      return evil.alterEpoch(box, { seq, epoch: b % 4 }, names)
    case 'fork':
      return evil.fork(box, names, others)
    case 'merge':
      return evil.merge()
    case 'lose':
      return void evil.lose(names, LOSABLE[a % LOSABLE.length] ?? 'arrived')
    case 'hold':
      return void releases.push(evil.hold(names))
    case 'keepNothing':
      return void evil.keepNothing(names, box, a % 2 === 0 ? 'signed' : 'forged')
    case 'misstateHead':
      return void evil.misstateHead(names, box, (head) => ({
        seq: Math.max(0, head.seq + (a % 5) - 2),
        hash: b % 2 === 0 ? head.hash : new Uint8Array(32).fill(b),
      }))
    case 'garble':
      return void evil.garble(names, LOSABLE[a % LOSABLE.length] ?? 'entries', (size) => b % size)
    case 'repeat':
      return void evil.play(names, repeats)
    case 'hangUp':
      return evil.hangUp(names)
    case 'repent':
      return evil.repent()
  }
}

/** Lets messages and time go by. */
async function letPass({ time, people }: EvilCircle, ticks: number): Promise<void> {
  for (let i = 0; i < ticks; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    const isDown = people.every((person) => person.world.net.isUp && viewed(person).sync.connection === 'offline')
    time.pass(isDown ? 500 : 20)
  }
}

const isFlagged = (person: Person) => alarmsOf(person).length > 0
/** Two devices that hold different records while neither says that anything is wrong. */
const silentlyApart = ({ people }: EvilCircle): readonly string[] =>
  people.flatMap((one, i) =>
    people
      .slice(i + 1)
      .filter((other) => !areSame(one, other) && !isFlagged(one) && !isFlagged(other))
      .map((other) => `${one.name} at ${headOf(one)} and ${other.name} at ${headOf(other)}`),
  )

/** Waits until nothing is on its way any more; what nobody flagged has to come to rest. */
async function comesToRest(circle: EvilCircle): Promise<void> {
  for (let i = 0; i < 400; i++) {
    await letPass(circle, 10)
    const isAtRest = circle.people.every((one) => {
      const { sync } = viewed(one)
      return isFlagged(one) || (sync.connection === 'live' && sync.waiting === 0)
    })
    if (isAtRest && silentlyApart(circle).length === 0) return
  }
}

describe('any misbehaviour of the relay', () => {
  it(
    'ADV-100 in small: ends with the same record or a visible alarm for every two devices, and with nobody’s words lost',
    async () => {
      let [evilActs, flagged, same] = [0, 0, 0]
      await fc.assert(
        fc.asyncProperty(rounds, fc.infiniteStream(fc.nat({ max: 6 })), async (all, ticks) => {
          const circle = await evilCircle(3)
          const releases: (() => void)[] = []
          for (const act of all) {
            await play(circle, act, releases)
            evilActs += EVIL.some((one) => one === act.what) ? 1 : 0
            await letPass(circle, ticks.next().value ?? 0)
          }
          circle.evil.repent()
          for (const release of releases) release()
          for (const person of circle.people) isAway(person, false)
          await comesToRest(circle)
          const apart = silentlyApart(circle)
          const lost = circle.people.flatMap(lostBy)
          const stuck = circle.people.filter((one) => !isFlagged(one) && viewed(one).sync.waiting > 0)
          flagged += circle.people.filter(isFlagged).length
          same += circle.people.filter((one) => !isFlagged(one)).length
          await endCircle(circle)
          expect({ apart, lost, stuck: stuck.map(({ name }) => name) }).toEqual({ apart: [], lost: [], stuck: [] })
        }),
        { seed: SEED, numRuns: RUNS, endOnFailure: true },
      )
      // the relay did misbehave, and it was not all alarm or all calm
      expect(evilActs).toBeGreaterThan(RUNS)
      if (RUNS >= 8) expect(Math.min(flagged, same)).toBeGreaterThan(0)
    },
    60_000 + RUNS * 30_000,
  )
})
