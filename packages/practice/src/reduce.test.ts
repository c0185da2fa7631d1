import { encodeCbor, type Plain } from '@alongside/base/cbor.ts'
import { canonical } from '@alongside/base/canonical.ts'
import { toHex } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { soupFor, stir, type Entry } from '../test/soup.ts'
import { AMAL, BEA, founded, idOf, together } from '../test/story.ts'
import { floor } from './agreement/floor.ts'
import type { By, Circle, PracticeEvent } from './define.ts'
import { judge, reduce } from './reduce.ts'
import { allSubjects, checkShape, isKnownCode, ownerOf, readEvent, writeEvent } from './registry.ts'

const START = 10
const seeds = (maxLength: number) => fc.array(fc.nat({ max: 0x7fff_ffff }), { maxLength })
const starts: { readonly [name: string]: Circle } = { together: together().circle, own: founded('own').circle }
const start = fc.constantFrom(...Object.keys(starts)).map((name) => starts[name] as Circle)

/** Freezes a state through and through, so that changing it in place throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && !Object.isFrozen(value))
    for (const part of Object.values(Object.freeze(value))) frozen(part)
  return value
}

const digest = (circle: Circle): string => toHex(encodeCbor(canonical(circle)))

function cook(
  from: Circle,
  entries: readonly Entry[],
  each: (refused: string | null, entry: Entry) => void = () => {},
) {
  let circle = frozen(from)
  for (const [i, entry] of entries.entries()) {
    const next = stir(circle, entry, START + i)
    each(next.ok ? null : next.error.rule, entry)
    if (next.ok) circle = frozen(next.value)
  }
  return circle
}

const by = (member: string, seq: number): By => ({
  member,
  device: idOf('phone'),
  seq,
  seenSeq: seq - 1,
  at: 0,
  entry: idOf('entry'),
})

describe('the shape of the constitution', () => {
  it('[GEN-1] fields that do not fit make no event, whatever they are, and nothing is thrown', () => {
    const plain = fc.letrec<{ value: Plain }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.nat(),
        fc.boolean(),
        fc.constant(null),
        fc.string(),
        fc.uint8Array({ maxLength: 40 }),
        fc.array(tie('value'), { maxLength: 12 }),
      ),
    })).value
    const code = fc.constantFrom(...allSubjects.flatMap((subject) => subject.events.map((def) => def.code)))
    fc.assert(
      fc.property(code, plain, (number, value) => {
        const read = readEvent(number, value)
        if (!read.ok) expect(['WrongShape', 'UnknownEvent']).toContain(read.error.type)
        else expect(writeEvent(read.value)).toEqual({ code: number, payload: value })
      }),
    )
  })

  it('[GEN-2] a number and a name belong to one practice, and an unknown number is said to be unknown', () => {
    const defs = allSubjects.flatMap((subject) => subject.events)
    expect(new Set(defs.map((def) => def.code)).size).toBe(defs.length)
    expect(new Set(defs.map((def) => def.name)).size).toBe(defs.length)
    expect(defs.every((def) => def.code > 0 && def.code < 256)).toBe(true)
    expect(isKnownCode(255)).toBe(false)
    expect(readEvent(255, [])).toEqual({ ok: false, error: { type: 'UnknownEvent', code: 255 } })
  })

  it('[GEN-5] gates judge before own rules, and both in their order', () => {
    // both the pause and the writer stand in the way of a stranger; the pause is asked first
    const paused = together().says('Amal', { type: 'Paused' })
    expect(paused.say('Mallory', { type: 'Paused' })?.rule).toBe('PEO-2')
    expect(paused.say('Mallory', { type: 'MemberRemoved', member: AMAL })?.rule).toBe('PEO-2')
    expect(paused.say('Mallory', { type: 'NameChosen', name: 'M', language: 'en' })?.rule).toBe('LEA-1')
    const names = allSubjects.map((subject) => subject.name)
    expect(names).toEqual([...names].sort())
  })

  it('[GEN-6] what one practice makes of an event, others hear, and each sees the circle as it was', () => {
    const story = together().says('Amal', {
      type: 'LineProposed',
      line: idOf('line'),
      section: 6,
      text: 'We meet on Tuesdays.',
      language: 'en',
      second: null,
      asks: [BEA],
      refusable: true,
      why: '',
      review: null,
      replaces: null,
      ready: null,
    })
    const before = story.circle
    story.says('Bea', { type: 'MemberLeft' })
    expect(story.circle.people.members[BEA]?.status).toBe('left')
    expect(story.circle.agreement.lines[idOf('line')]?.status).toBe('ended')
    expect(before.agreement.lines[idOf('line')]?.status).toBe('proposed')
    expect(ownerOf({ type: 'MemberLeft' }).subject.name).toBe('people')
  })
})

describe('reducing', () => {
  const named: PracticeEvent = { type: 'NameChosen', name: 'A', language: 'en' }

  it('[GEN-4] a refusal says that a rule refused, which, and what', () => {
    const refused = reduce(together().circle, named, by(idOf('Mallory'), START))
    expect(refused).toEqual({ ok: false, error: { type: 'RuleRefused', rule: 'PEO-2', event: 'NameChosen' } })
  })

  it('[GEN-8] grows in place only what the caller says that nobody else has seen', () => {
    const plan = (name: string): PracticeEvent => ({
      type: 'PromiseMade',
      promise: idOf(name),
      text: name,
      due: null,
      encounter: null,
    })
    const given = together().circle
    const unseen = new WeakSet<object>()
    const first = must(reduce(given, plan('one'), by(AMAL, START), unseen), 'one')
    const second = must(reduce(first, plan('two'), by(AMAL, START + 1), unseen), 'two')
    expect(second.commitment.promises).toBe(first.commitment.promises)
    expect(Object.keys(given.commitment.promises)).toEqual([])
    const third = must(reduce(second, plan('three'), by(AMAL, START + 2)), 'three')
    expect(third.commitment.promises).not.toBe(second.commitment.promises)
    expect(Object.keys(third.commitment.promises)).toHaveLength(3)
  })
})

describe('whatever anybody says', () => {
  it('[GEN-3, GEN-4, GEN-8] nothing throws, a refusal names a sentence and changes nothing, nothing is changed in place', () => {
    fc.assert(
      fc.property(start, seeds(60), (from, soup) => {
        let circle = frozen(from)
        for (const [i, entry] of soupFor(from, soup, START).entries()) {
          const before = digest(circle)
          const next = stir(circle, entry, START + i)
          expect(digest(circle)).toBe(before)
          if (next.ok) circle = frozen(next.value)
          else expect(next.error.rule).toMatch(/^[A-Z]+-\d+$/)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('[GEN-7] the same entries give the same circle, and no clock has a say in any refusal', () => {
    fc.assert(
      fc.property(start, seeds(60), (from, soup) => {
        const entries = soupFor(from, soup, START)
        const first: (string | null)[] = []
        const later: (string | null)[] = []
        const once = cook(from, entries, (refused) => first.push(refused))
        expect(digest(cook(from, soupFor(from, soup, START)))).toBe(digest(once))
        cook(
          from,
          entries.map((entry) => ({ ...entry, at: entry.at + 5_000_000 })),
          (refused) => later.push(refused),
        )
        expect(later).toEqual(first)
      }),
    )
  })

  it('[GEN-9, AGR-13] the person stays, can remove, pause and end, and the floor is as it was', () => {
    const before = floor()
    fc.assert(
      fc.property(start, seeds(80), (from, soup) => {
        const circle = cook(from, soupFor(from, soup, START))
        const can = (event: PracticeEvent) => judge(circle, event, by(AMAL, START + soup.length)) === null
        const { people, leaving } = circle
        expect(people.person).toBe(AMAL)
        expect(people.members[AMAL]?.status).toBe('here')
        for (const member of Object.values(people.members))
          if (member.id !== AMAL && ['proposed', 'admitted', 'here'].includes(member.status))
            expect(can({ type: 'MemberRemoved', member: member.id })).toBe(true)
        expect(can({ type: 'Paused' })).toBe(leaving.paused === null)
        expect(can({ type: 'EndAsked', now: true })).toBe(leaving.ending?.now !== true)
        expect(can({ type: 'EndAsked', now: false })).toBe(leaving.ending === null)
        expect(floor()).toEqual(before)
      }),
    )
  })

  it('[GEN-10] a stranger says nothing, and who has gone says nothing more', () => {
    fc.assert(
      fc.property(start, seeds(60), (from, soup) => {
        let gone = false
        cook(from, soupFor(from, soup, START), (refused, entry) => {
          if (entry.who === 'Mallory' || (gone && entry.who === 'Bea')) expect(refused).not.toBeNull()
          const removed = entry.event.type === 'MemberRemoved' && entry.event.member === BEA
          if (refused === null && (removed || (entry.event.type === 'MemberLeft' && entry.who === 'Bea'))) gone = true
        })
      }),
    )
  })

  it('every kind of event is in the soup in its right shape, and most have their effect there', () => {
    const made = new Set<string>()
    const stood = new Set<string>()
    for (let round = 0; round < 60; round++)
      for (const from of Object.values(starts)) {
        const numbers = Array.from({ length: 80 }, (_, i) => round * 1_000_003 + i * 101)
        cook(from, soupFor(from, numbers, START), (refused, { event }) => {
          made.add(event.type)
          if (refused === null) stood.add(event.type)
          expect(checkShape(event).ok).toBe(true)
        })
      }
    const all = allSubjects.flatMap((subject) => subject.events.map((def) => def.name))
    expect(all.filter((name) => !made.has(name))).toEqual([])
    const never = all.filter((name) => !stood.has(name))
    expect(never.length / all.length, `never had effect: ${never.join(', ')}`).toBeLessThan(0.4)
  })
})
