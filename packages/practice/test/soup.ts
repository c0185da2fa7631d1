/**
 * Random entries of every practice there is, made from nothing but each event's shape, so that a new practice is in the
 * soup without a line here. A shape is asked what it wants by showing it holes: its error names the first hole and what
 * would fit, and the hole is filled, until nothing is wrong. The same number always gives the same entry.
 */
import { assert } from '@alongside/base/assert.ts'
import { fromHex } from '@alongside/base/bytes.ts'
import type { Plain } from '@alongside/base/cbor.ts'
import type { Codec, Id } from '@alongside/base/codec.ts'
import { must, type Result } from '@alongside/base/result.ts'
import { drawing as chanceFrom } from '@alongside/base/testing/fuzz.ts'
import type { By, Circle, EventDef, PracticeEvent, Refusal } from '../src/define.ts'
import { judge, reduce } from '../src/reduce.ts'
import { allSubjects, readEvent } from '../src/registry.ts'
import { AMAL, BEA, idOf } from './story.ts'

/** No shape accepts this number, and it is plain. */
const HOLE = -1
type Tree = Plain | Tree[]

/** Few ids, so that entries speak of the same things. */
const POOL: readonly Id[] = [AMAL, BEA, ...['one', 'two', 'three'].map(idOf)]
const TEXTS = ['a', '', ' ', 'With \u{1f331} and ع', '2026-12-01', 'aa', 'x'.repeat(70)]

/** A whole number from 0, below the one given. */
export type Draw = (below: number) => number

/** Whole numbers from a seed; the same for the same. */
export function drawing(seed: number): Draw {
  const chance = chanceFrom(seed)
  return (below) => chance.below(below)
}

/** One of these, of which there must be some. */
export const one = <T>(from: readonly T[], draw: Draw): T => {
  const value = from[draw(from.length)]
  assert(value !== undefined, 'there is something to draw from')
  return value
}

/** Something that fits what a shape said it wanted. Throws when a shape says something new: teach it here. */
function fitting(wanted: string, draw: Draw): Tree {
  const number = (pattern: RegExp) => pattern.exec(wanted)?.slice(1).map(Number)
  const fields = number(/^(\d+) fields$/)
  if (fields?.[0] !== undefined) return Array.from({ length: fields[0] }, () => HOLE)
  const list = number(/^a list of at most (\d+)$/)
  if (list?.[0] !== undefined) return Array.from({ length: draw(Math.min(list[0], 3) + 1) }, () => HOLE)
  const size = number(/^(\d+) bytes$/)
  if (size?.[0] === 16) return fromHex(one(POOL, draw))
  if (size?.[0] !== undefined) return new Uint8Array(size[0]).fill(draw(3))
  const atMost = number(/^at most (\d+) bytes$/)
  if (atMost?.[0] !== undefined) return new Uint8Array(draw(Math.min(atMost[0], 9) + 1))
  const text = number(/^text of (\d+) to (\d+)$/)
  if (text?.[0] !== undefined && text[1] !== undefined) {
    const [min, max] = [text[0], text[1]]
    const fit = TEXTS.filter((each) => each.length >= min && each.length <= max)
    return fit.length === 0 ? 'x'.repeat(min) : one(fit, draw)
  }
  const upTo = number(/^a whole number up to (\d+)$/)
  if (upTo?.[0] !== undefined) return draw(Math.min(upTo[0], 3) + 1)
  const between = number(/^a whole number from (\d+) to (\d+)$/)
  if (between?.[0] !== undefined && between[1] !== undefined) return between[0] + draw(between[1] - between[0] + 1)
  if (wanted === 'true or false') return draw(2) === 0
  if (wanted === 'a day') return one(['2026-11-30', '2026-12-01', '2028-02-29'], draw)
  if (wanted === 'a name') return one(['Amal', 'أمل', '👩🏽‍🌾'], draw)
  if (wanted === 'a time of day') return one(['09:00', '23:59'], draw)
  const words = wanted.split(' | ')
  assert(
    words.every((word) => /^\w+$/.test(word)),
    `a shape wants "${wanted}", which the soup does not know`,
  )
  return draw(words.length)
}

/** The first hole, walking in the order in which shapes read. */
function firstHole(tree: Tree[]): { readonly in: Tree[]; readonly at: number } | null {
  for (const [at, value] of tree.entries()) {
    if (value === HOLE) return { in: tree, at }
    const deeper = Array.isArray(value) ? firstHole(value) : null
    if (deeper !== null) return deeper
  }
  return null
}

/** A random payload that fits a shape. */
function payload(codec: Codec<unknown>, draw: Draw): Plain {
  const root: Tree[] = [HOLE]
  for (;;) {
    const read = codec.decode(root[0] as Plain, 'event')
    if (read.ok) return root[0] as Plain
    const hole = firstHole(root)
    assert(hole !== null, `${read.error.at} wanted ${read.error.wanted} and did not take it`)
    if (draw(2) === 0) {
      hole.in[hole.at] = null // nothing, where nothing fits
      const empty = codec.decode(root[0] as Plain, 'event')
      if (empty.ok || empty.error.at !== read.error.at) continue
    }
    hole.in[hole.at] = fitting(read.error.wanted, draw)
  }
}

export interface Entry {
  readonly who: string
  readonly event: PracticeEvent
  readonly derived: string
  /** How many entries before its own place the author had not seen. */
  readonly behind: number
  readonly at: number
}

/** Events after which little else happens; drawn less often, so that soups go on. */
const STOPPERS: readonly string[] = ['Paused', 'EndAsked', 'MemberLeft', 'MemberRemoved']

const anyEvent = (draw: Draw): EventDef<string, any> => one(one(allSubjects, draw).events, draw)

/** The entry that a number stands for. Mallory is never let in. */
export function entryFrom(seed: number): Entry {
  const draw = drawing(seed)
  let def = anyEvent(draw)
  if (STOPPERS.includes(def.name) && draw(8) !== 0) def = anyEvent(draw)
  return {
    who: one(['Amal', 'Amal', 'Amal', 'Bea', 'Bea', 'Cam', 'Mallory'], draw),
    event: must(readEvent(def.code, payload(def.codec, draw)), def.name),
    derived: one(['Cam', 'Dee'], draw),
    behind: draw(4) === 0 ? draw(20) : 0,
    at: draw(1000),
  }
}

const byOf = (entry: Entry, seq: number): By => ({
  member: idOf(entry.who),
  device: idOf(`${entry.who} phone`),
  seq,
  seenSeq: Math.max(0, seq - 1 - entry.behind),
  at: entry.at,
  entry: idOf(`entry ${seq}`),
  derived: { circle: idOf('circle'), member: idOf(entry.derived), device: idOf(`${entry.derived} phone`) },
})

/** Adds an entry at position `seq`, as a device would. */
export const stir = (circle: Circle, entry: Entry, seq: number): Result<Circle, Refusal> =>
  reduce(circle, entry.event, byOf(entry, seq))

/**
 * Entries for a circle, one for each number; positions start at `first`. Three in four are looked for a little, so that
 * they have effect and soups get somewhere; the rest are what the number says, however little sense they make.
 */
export function soupFor(circle: Circle, seeds: readonly number[], first: number): readonly Entry[] {
  let now = circle
  return seeds.map((seed, i) => {
    let entry = entryFrom(seed)
    const stands = () => judge(now, entry.event, byOf(entry, first + i)) === null
    if (seed % 4 !== 0) for (let tries = 1; tries < 16 && !stands(); tries++) entry = entryFrom(seed + tries * 7919)
    const next = stir(now, entry, first + i)
    if (next.ok) now = next.value
    return entry
  })
}
