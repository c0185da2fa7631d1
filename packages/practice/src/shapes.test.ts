import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { between, day, isBlank, isDay, timeOfDay } from './shapes.ts'

describe('shapes', () => {
  it('a day is one that exists, leap years included', () => {
    for (const good of ['2026-11-21', '2024-02-29', '2000-02-29']) expect(isDay(good)).toBe(true)
    for (const bad of [
      '2026-02-29',
      '1900-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '26-04-01',
      '2026-4-1',
      '',
    ])
      expect(day.decode(bad).ok).toBe(false)
  })

  it('days agree with the calendar of the platform', () => {
    const any = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    fc.assert(fc.property(any, (date) => isDay(date.toISOString().slice(0, 10))))
  })

  it('a time of day has two digits of hours and two of minutes', () => {
    for (const good of ['00:00', '09:30', '23:59']) expect(timeOfDay.decode(good)).toEqual({ ok: true, value: good })
    for (const bad of ['24:00', '9:30', '12:60', 'noon', 900]) expect(timeOfDay.decode(bad).ok).toBe(false)
  })

  it('a number stays between its bounds', () => {
    expect(between(1, 15).decode(15)).toEqual({ ok: true, value: 15 })
    for (const bad of [0, 16, 1.5, '3', null]) expect(between(1, 15).decode(bad).ok).toBe(false)
  })

  it('[GEN-7] text is blank by a list that does not move: spaces, line ends and what has no width', () => {
    for (const blank of ['', ' ', '\t\n\u000B\f\r', '\u0085\u00A0\u2028\u2029\u3000', '\u200B\u200C\u200D\u2060\uFEFF'])
      expect(isBlank(blank)).toBe(true)
    for (const said of ['a', ' . ', '\u200Bع', '👍', '\u0000', '\u202E']) expect(isBlank(said)).toBe(false)
  })

  it('what an engine of today trims away is blank', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => any.trim() !== '' || isBlank(any)))
    for (let unit = 0; unit < 0x10000; unit++) {
      const one = String.fromCharCode(unit)
      if (one.trim() === '') expect(isBlank(one), unit.toString(16)).toBe(true)
    }
  })
})
