import { toHex } from '@alongside/base/bytes.ts'
import { canonical } from '@alongside/base/canonical.ts'
import { encodeCbor } from '@alongside/base/cbor.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { soupFor, stir } from '../test/soup.ts'
import { founded, together } from '../test/story.ts'
import type { Circle } from './define.ts'
import { growing, put, sizeOf, type Unseen } from './things.ts'

const START = 10
const digest = (circle: Circle): string => toHex(encodeCbor(canonical(circle)))
const starts: { readonly [name: string]: Circle } = { together: together().circle, own: founded('own').circle }

describe('collections', () => {
  it('[GEN-8] are copied when a thing is put in, and stay as they were for whoever has them', () => {
    const before = Object.freeze({ a: 1 })
    expect(put(before, 'b', 2)).toEqual({ a: 1, b: 2 })
    expect(put(before, 'a', 3)).toEqual({ a: 3 })
    expect(before).toEqual({ a: 1 })
  })

  it('grow in place only while nobody else has seen them', () => {
    const given = { a: 1 }
    const mine: Unseen = new WeakSet()
    const first = growing(mine, () => put(given, 'b', 2))
    expect(growing(mine, () => put(first, 'c', 3))).toBe(first)
    expect(given).toEqual({ a: 1 })
    expect(growing(new WeakSet(), () => put(first, 'd', 4))).not.toBe(first)
    expect(put(first, 'd', 4)).not.toBe(first)
    expect(first).toEqual({ a: 1, b: 2, c: 3 })
  })

  it('know how many things they hold', () => {
    const mine: Unseen = new WeakSet()
    const two = growing(mine, () => put(put({}, 'a', 1), 'b', 2))
    expect([sizeOf({}), sizeOf({ x: 1 }), sizeOf(two)]).toEqual([0, 1, 2])
    expect(sizeOf(growing(mine, () => put(two, 'a', 5)))).toBe(2)
    expect(sizeOf(growing(mine, () => put(two, 'c', 6)))).toBe(3)
    expect(sizeOf(put(two, 'd', 7))).toBe(4)
    expect(sizeOf(two)).toBe(3)
  })

  it('[GEN-6, GEN-7, GEN-8] growing in place gives the same circles and refusals, and changes no circle that was shown', () => {
    const start = fc.constantFrom(...Object.keys(starts)).map((name) => starts[name] as Circle)
    const seeds = fc.array(fc.nat({ max: 0x7fff_ffff }), { maxLength: 60 })
    fc.assert(
      fc.property(start, seeds, fc.integer({ min: 1, max: 9 }), (from, soup, each) => {
        let mine: Unseen = new WeakSet()
        let [slow, quick] = [from, from]
        const shown: { readonly circle: Circle; readonly was: string }[] = []
        for (const [i, entry] of soupFor(from, soup, START).entries()) {
          const plain = stir(slow, entry, START + i)
          const grown = growing(mine, () => stir(quick, entry, START + i))
          expect(grown.ok ? null : grown.error).toEqual(plain.ok ? null : plain.error)
          if (plain.ok) slow = plain.value
          if (grown.ok) quick = grown.value
          expect(digest(quick)).toBe(digest(slow))
          if (i % each !== 0) continue
          mine = new WeakSet()
          shown.push({ circle: quick, was: digest(quick) })
        }
        for (const { circle, was } of shown) expect(digest(circle)).toBe(was)
      }),
      { numRuns: 60 },
    )
  })
})
