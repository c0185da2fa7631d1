/**
 * The rights matrix: whoever sits where, and whatever they say in whatever order, nobody is given what is withheld and
 * nobody loses what is theirs. `RIGHTS_SEED` and `RIGHTS_RUNS` change the seed and the number of stories.
 */
import { err } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PracticeEvent } from '../src/define.ts'
import {
  actFrom,
  after,
  asItIs,
  circleFrom,
  contentOf,
  EVENTS,
  MALLORY,
  saidBy,
  SEATS,
  seatOf,
  type Act,
  type Reduce,
} from './rights-matrix-acts.ts'
import { BEGINNINGS, type Beginning } from './rights-matrix-beginnings.ts'
import { found, keep, taleOf } from './rights-matrix-found.ts'
import { drawing } from './soup.ts'
import { givenIn, without } from './rights-matrix-weakened.ts'
import { brakeTaken, givenBy, WITHHELD } from './rights-matrix-withheld.ts'

const SEED = Number(process.env['RIGHTS_SEED'] ?? 20_261_121)
const RUNS = Number(process.env['RIGHTS_RUNS'] ?? 10_000)

/** Circles that honest members made; each story goes on from one of them. */
const CIRCLES = Array.from({ length: 400 }, (_, i) => circleFrom(SEED + i * 7919))

/** Events that had their effect. */
const seen = new Set<string>()

/** Plays hostile acts on from a circle; gives what went wrong, with the story to keep, or null. */
function played(at: number, seeds: readonly number[]): string | null {
  const start = CIRCLES[at % CIRCLES.length] ?? circleFrom(SEED)
  let { life } = start
  const acts: Act[] = [...start.acts]
  for (const seed of seeds) {
    const act = actFrom(life, seed)
    acts.push(act)
    const { circle } = life
    const next = asItIs(circle, act)
    if (next.ok) {
      seen.add(act.event.type)
      const step = { before: circle, after: next.value, ...act }
      const wrong = givenBy(step) ?? brakeTaken(next.value, act.by.seq)
      if (wrong !== null) {
        const story = JSON.stringify(keep(wrong.split(':')[0] ?? '', null, { from: start.from, acts }))
        return `${wrong}\nby ${act.event.type} from a seat of ${seatOf(circle, act.by.member)}; to keep it: ${story}`
      }
    }
    life = after(life, act, next.ok ? next.value : null)
  }
  return null
}

describe('whatever anybody does in a circle', () => {
  it('[GEN-9, GEN-10] nobody is given what is withheld, the person keeps reading and every brake', () => {
    const stories = fc.tuple(
      fc.nat({ max: CIRCLES.length - 1 }),
      fc.array(fc.nat({ max: 0x7fff_ffff }), { minLength: 1, maxLength: 24, size: 'max' }),
    )
    fc.assert(
      fc.property(stories, ([at, seeds]) => {
        const wrong = played(at, seeds)
        if (wrong !== null) throw new Error(wrong)
      }),
      { numRuns: RUNS, seed: SEED },
    )
  }, 240_000)

  it('every event by everybody, in circles of every kind, gives nobody anything either', () => {
    const seats = new Set<string>()
    for (const [at, { life }] of CIRCLES.slice(0, 120).entries())
      for (const who of [...Object.keys(life.circle.people.members), MALLORY])
        for (const def of EVENTS) {
          const draw = drawing(SEED + at * 101 + def.code)
          const act: Act = { event: contentOf(life, def, draw), by: saidBy(life, who, draw) }
          const next = asItIs(life.circle, act)
          seats.add(seatOf(life.circle, who))
          if (next.ok) expect(givenBy({ before: life.circle, after: next.value, ...act })).toBeNull()
        }
    expect([...seats].sort()).toEqual([...SEATS].sort())
  })

  it('nearly every event has its effect somewhere among them', () => {
    const never = EVENTS.map((def) => def.name).filter((name) => !seen.has(name))
    expect(never).toContain('Founded') // every circle here is founded already, once
    expect(never.length / EVENTS.length, `never had effect: ${never.join(', ')}`).toBeLessThan(0.05)
  })

  it('circles of both kinds, young, full and parted, are among those that stories go on from', () => {
    const from = new Set<Beginning>(CIRCLES.map((start) => start.from))
    expect([...from].sort()).toEqual(Object.keys(BEGINNINGS).sort())
    expect(CIRCLES.filter(({ life }) => life.circle.leaving.paused !== null).length).toBeGreaterThan(5)
    expect(CIRCLES.filter(({ life }) => life.circle.leaving.ending !== null).length).toBeGreaterThan(5)
    expect(CIRCLES.filter(({ life }) => life.circle.people.rekeyOwedSince !== null).length).toBeGreaterThan(5)
  })
})

describe('each row', () => {
  const kept = found()

  for (const row of WITHHELD)
    for (const rule of row.rules)
      it(`${row.act} is lost without ${rule}, and the matrix sees it`, () => {
        const tales = kept.filter((one) => one.act === row.act && one.without === rule).map(taleOf)
        expect(tales.length, 'stories that show it').toBeGreaterThan(0)
        for (const tale of tales) expect(givenIn(tale, [row], without(rule))).toContain(row.act)
      })

  it('no story that was ever found gives anybody anything under the rules as they are', () => {
    for (const one of kept) expect(givenIn(taleOf(one), WITHHELD, asItIs), one.act).toBeNull()
  })

  it('each act is there once, in words that were decided', () => {
    expect(new Set(WITHHELD.map((row) => row.act)).size).toBe(WITHHELD.length)
    expect(WITHHELD.every((row) => row.decided.length > 20)).toBe(true)
  })
})

describe('the brakes', () => {
  const refusing =
    (type: PracticeEvent['type']): Reduce =>
    (circle, act) =>
      act.event.type === type ? err({ type: 'RuleRefused', rule: 'GEN-9', event: type }) : asItIs(circle, act)

  it('are all asked for: without any one of them the matrix says which', () => {
    for (const type of [
      'MemberRemoved',
      'MemberLeft',
      'Paused',
      'Resumed',
      'EndAsked',
      'EndTakenBack',
      'Rekeyed',
      'LinePutOff',
      'LineDeclined',
    ] as const)
      expect(
        CIRCLES.some(({ life }) => brakeTaken(life.circle, life.seq, refusing(type))?.startsWith(type) === true),
        type,
      ).toBe(true)
  })

  it('work in every circle that honest members made', () => {
    for (const { life } of CIRCLES) expect(brakeTaken(life.circle, life.seq)).toBeNull()
  })
})
