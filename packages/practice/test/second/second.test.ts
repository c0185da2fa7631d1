/**
 * The product's reducer beside the second one, which was written from the SPEC.md files alone: on histories that once told
 * them apart, on generated ones, on senseless ones, and on ones that fill a circle to its bounds. `SECOND_SEED` and
 * `SECOND_RUNS` change what is generated; with `SECOND_KEEP=1` a history that tells them apart is written to `fixtures/`.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RuleId } from '../../src/define.ts'
import { allSubjects } from '../../src/registry.ts'
import { isBlank } from '../../src/shapes.ts'
import { compare } from './compare.ts'
import { crowds } from './crowds.ts'
import { fixtures, keep, parse, show } from './fixtures.ts'
import { historyFrom } from './histories.ts'
import { drawFrom } from './say.ts'
import { type Entry, saysSomething, type Verdict } from './world.ts'

const SEED = Number(process.env['SECOND_SEED'] ?? 83)
const RUNS = Number(process.env['SECOND_RUNS'] ?? 60)

/** Nothing when both readings agree; else where they come apart, with the history up to there. */
function differenceIn(entries: readonly Entry[], stride: number): string {
  const { difference } = compare(entries, stride)
  if (difference === null) return ''
  const { at, entry, product, second } = difference
  const why = `${entry.event.type}: product ${JSON.stringify(product)}, second ${JSON.stringify(second)}`
  const upTo = entries.slice(0, at + 1)
  if (process.env['SECOND_KEEP'] === '1') return `${why}, kept in ${keep(`found-${entry.event.type}`, why, upTo)}`
  return `${why}\n${show({ why, entries: upTo })}`
}

/** Without bias to short lists and small numbers: deep histories are what this is about. Shrinking stays. */
const seeds = (maxLength: number) => fc.noBias(fc.array(fc.nat(2 ** 31 - 1), { minLength: 1, maxLength, size: 'max' }))
const numbers = (seed: number, count: number) => {
  const draw = drawFrom(seed)
  return Array.from({ length: count }, () => draw(2 ** 31))
}

describe('two reducers, one written from the sentences alone', { timeout: 240_000 }, () => {
  for (const [name, { entries }] of fixtures())
    it(`agree on what once told them apart: ${name}`, () => {
      expect(differenceIn(entries, 1)).toBe('')
    })

  it('ADV-83 agree on every verdict and on the whole state, on long and mostly valid histories', () => {
    fc.assert(
      fc.property(seeds(250), (each) => {
        expect(differenceIn(historyFrom(each), 25)).toBe('')
      }),
      { seed: SEED, numRuns: RUNS },
    )
  })

  it('[GEN-5, GEN-11] ADV-83 agree when each bound is reached and passed', () => {
    for (const [name, entries] of crowds) {
      const told = entries()
      expect(differenceIn(told, told.length > 1000 ? 10_000 : 50), name).toBe('')
    }
  })

  it('ADV-83 have seen every event take effect and every sentence refuse', () => {
    const said = new Set<string>()
    const refused = new Set<Verdict>()
    const look = (entries: readonly Entry[]) => {
      for (const [at, verdict] of compare(entries, 5000).verdicts.entries())
        if (verdict === null) said.add(entries[at]?.event.type ?? '')
        else refused.add(verdict)
    }
    for (let seed = 1; seed <= 60; seed++) look(historyFrom(numbers(seed, 200)))
    for (const [name, entries] of crowds) if (!name.startsWith('three thousand')) look(entries())
    look(crowds.get('three thousand lines')?.() ?? [])
    const events = allSubjects.flatMap((subject) => subject.events.map((event) => event.name))
    expect(events.filter((name) => !said.has(name))).toEqual([])
    const sentences = new Set<RuleId>()
    for (const { gates, handlers } of allSubjects) {
      for (const gate of gates ?? []) sentences.add(gate.id)
      for (const name of events) for (const rule of handlers[name as 'Founded']?.rules ?? []) sentences.add(rule.id)
    }
    expect([...sentences].filter((id) => !refused.has(id))).toEqual([])
  })

  it('[GEN-5] go by the order in which the specification says each event asks its rules', () => {
    const spec = readFileSync(new URL('../../SPEC.md', import.meta.url), 'utf8')
    const written = [...spec.matchAll(/^\| (\d+ \w+) \| (.*) \|$/gm)].map(([, event, rules]) => `${event}: ${rules}`)
    const asked = allSubjects.flatMap(({ events, handlers }) =>
      events.map(({ code, name }) => {
        const ids = (handlers[name as 'Founded']?.rules ?? []).map((rule) => rule.id)
        return `${code} ${name}: ${ids.filter((id, at) => id !== ids[at - 1]).join(', ') || 'none'}`
      }),
    )
    expect(written).toEqual(asked.sort((a, b) => Number.parseInt(a) - Number.parseInt(b)))
    const gates = allSubjects.flatMap((subject) => (subject.gates ?? []).map((gate) => gate.id))
    expect(spec).toContain(`${gates.slice(0, -1).join(', ')} and ${gates.at(-1)}.`)
  })

  it('hold the same characters to say nothing', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit))
    expect(units.filter((unit) => saysSomething(unit) === isBlank(unit))).toEqual([])
  })

  it('read a kept history as it was written', () => {
    const entries = historyFrom(numbers(7, 120))
    expect(parse(show({ why: 'only to read', entries })).entries).toEqual(entries)
  })
})
