import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkShape } from '../registry.ts'
import { memberName, nameFault } from './name.ts'

const at = (...points: readonly number[]) => String.fromCodePoint(...points)
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

const HIDDEN = [
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x9f),
  0x061c,
  0x200e,
  0x200f,
  ...range(0x2028, 0x202e),
  ...range(0x2066, 0x2069),
]

describe('ADV-81 a name is taken or refused alike everywhere', () => {
  it('names of many scripts, with joiners, marks and emoji, are taken as they are', () => {
    const names = ['A', 'Bea', 'José', 'أمل', 'نرگس‌خاتون', 'क्‍ष', '👩🏽‍🌾', '🏳️‍🌈', 'Zoë van der Berg', '–', '李']
    for (const name of names) expect(memberName.decode(name)).toEqual({ ok: true, value: name })
  })

  it('no control character, line end or turn of direction stands in a name, wherever it hides', () => {
    for (const point of HIDDEN)
      for (const name of [`${at(point)}Bea`, `B${at(point)}ea`, `Bea${at(point)}`]) {
        expect(nameFault(name), point.toString(16)).toBe('hidden')
        expect(memberName.decode(name).ok, point.toString(16)).toBe(false)
      }
  })

  it('a name that shows nothing is none', () => {
    const blank = [0x20, 0xa0, 0x1680, ...range(0x2000, 0x200d), 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff]
    expect(nameFault('')).toBe('blank')
    for (const point of blank) expect(nameFault(at(point, 0x20, point)), point.toString(16)).toBe('blank')
  })

  it('every other character is taken, so no table of an engine decides', () => {
    const listed = new Set(HIDDEN)
    const other = fc
      .integer({ min: 0x21, max: 0x10ffff })
      .filter((n) => !listed.has(n) && !(n >= 0xd800 && n <= 0xdfff))
    fc.assert(fc.property(other, (point) => nameFault(`B${at(point)}`) === null))
  })

  it('no event brings in a name that could deceive', () => {
    const chosen = (name: string) => checkShape({ type: 'NameChosen', name, language: 'en' })
    expect(chosen('Bea').ok).toBe(true)
    expect(chosen('Bea\u202Elama').ok).toBe(false)
    expect(chosen('\u200B\u200B').ok).toBe(false)
    expect(chosen('B'.repeat(65)).ok).toBe(false)
  })
})
