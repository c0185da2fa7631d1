/**
 * Content for any event, from its shape alone. A shape is asked once what it wants, by showing it holes: each error names
 * a place and what would fit there. What comes of it makes contents fast, and takes ids and keys from whoever asks, so
 * that they speak of what is really there. A new practice is understood without a line here, unless it wants something new.
 */
import { assert } from '@alongside/base/assert.ts'
import type { Plain } from '@alongside/base/cbor.ts'
import type { Codec } from '@alongside/base/codec.ts'
import { one, type Draw } from './soup.ts'

/** Where ids, keys and counts come from: `field` is the name of the place that wants one. */
export interface Larder {
  readonly id: (field: string, draw: Draw) => Uint8Array
  readonly key: (draw: Draw) => Uint8Array
  readonly count: (max: number, draw: Draw) => number
}

/** Makes one value for a place. */
type Make = (draw: Draw, larder: Larder) => Plain

const TEXTS = ['a', '', ' ', 'With \u{1f331} and ع', 'aa', 'en', 'x'.repeat(70)]
const NAMES = ['Amal', 'أمل', '👩🏽‍🌾']
const DAYS = ['2026-11-30', '2026-12-01', '2028-02-29']
const HOLE = -1
type Tree = Plain | Tree[]

const blanks = new Map<string, Uint8Array>()

/** Bytes of one size, all alike; each made once, since nobody may change them. */
function same(size: number, of: number): Uint8Array {
  const name = `${size} ${of}`
  const made = blanks.get(name) ?? new Uint8Array(size).fill(of)
  blanks.set(name, made)
  return made
}

const numbers = (wanted: string, pattern: RegExp): readonly number[] | null =>
  pattern.exec(wanted)?.slice(1).map(Number) ?? null

/** What makes values for a place that said what it wants and has no places within. */
function leaf(wanted: string, field: string): Make {
  const [size] = numbers(wanted, /^(\d+) bytes$/) ?? []
  if (size === 16) return (draw, larder) => larder.id(field, draw)
  if (size === 32) return (draw, larder) => larder.key(draw)
  if (size !== undefined) return (draw) => same(size, draw(3))
  const [most] = numbers(wanted, /^at most (\d+) bytes$/) ?? []
  if (most !== undefined) return (draw) => same(draw(Math.min(most, 9) + 1), 0)
  const [min, max] = numbers(wanted, /^text of (\d+) to (\d+)$/) ?? []
  if (min !== undefined && max !== undefined) {
    const fit = TEXTS.filter((text) => text.length >= min && text.length <= max)
    return fit.length === 0 ? () => 'x'.repeat(min) : (draw) => one(fit, draw)
  }
  const [upTo] = numbers(wanted, /^a whole number up to (\d+)$/) ?? []
  if (upTo !== undefined) return (draw, larder) => larder.count(upTo, draw)
  const [from, to] = numbers(wanted, /^a whole number from (\d+) to (\d+)$/) ?? []
  if (from !== undefined && to !== undefined) return (draw) => from + draw(to - from + 1)
  if (wanted === 'true or false') return (draw) => draw(2) === 0
  if (wanted === 'a day') return (draw) => one(DAYS, draw)
  if (wanted === 'a name') return (draw) => one(NAMES, draw)
  if (wanted === 'a time of day') return (draw) => one(['09:00', '23:59'], draw)
  const words = wanted.split(' | ')
  assert(
    words.every((word) => /^\w+$/.test(word)),
    `a shape wants "${wanted}", which is not understood yet`,
  )
  return (draw) => draw(words.length)
}

/** Learns a shape: what it wants, place by place. */
export function learn(codec: Codec<unknown>, name: string): Make {
  const root: Tree[] = [HOLE]
  const read = () => codec.decode(root[0] as Plain, name)
  const NO_LARDER: Larder = { id: () => same(16, 1), key: () => same(32, 1), count: () => 1 }
  const steady: Draw = () => 0

  const place = (holder: Tree[], at: number): Make => {
    const empty = read()
    assert(!empty.ok, 'a hole never fits')
    const { wanted, at: where } = empty.error
    holder[at] = null
    const without = read()
    const maybe = without.ok || without.error.at !== where
    const [fields] = numbers(wanted, /^(\d+) fields$/) ?? []
    const [most] = numbers(wanted, /^a list of at most (\d+)$/) ?? []
    let make: Make
    if (fields !== undefined) {
      const inner: Tree[] = Array.from({ length: fields }, () => HOLE)
      holder[at] = inner
      const makes = inner.map((_hole, i) => place(inner, i))
      make = (draw, larder) => makes.map((each) => each(draw, larder))
    } else if (most !== undefined) {
      const inner: Tree[] = [HOLE]
      holder[at] = inner
      const each = place(inner, 0)
      make = (draw, larder) => Array.from({ length: draw(Math.min(most, 3) + 1) }, () => each(draw, larder))
    } else {
      make = leaf(wanted, where.split(/[.[\]]/).findLast((part) => /^[a-z]\w*$/i.test(part)) ?? where)
      holder[at] = make(steady, NO_LARDER)
    }
    return maybe ? (draw, larder) => (draw(2) === 0 ? null : make(draw, larder)) : make
  }
  const whole = place(root, 0)
  assert(read().ok, `${name} is understood`)
  return whole
}
