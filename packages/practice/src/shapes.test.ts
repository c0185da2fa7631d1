import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { between, day, isDay, timeOfDay } from './shapes.ts'

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
})
