import fc from 'fast-check'
import { expect, it } from 'vitest'
import { minutesAt, momentOf } from './moment.ts'

it('the minutes of the record begin with the year 2020, in UTC', () => {
  expect(momentOf(0)).toBe(Date.parse('2020-01-01T00:00:00Z'))
  expect(momentOf(24 * 60)).toBe(Date.parse('2020-01-02T00:00:00Z'))
})

it('a minute there and back is the same minute, whatever second of it is meant', () => {
  const minutes = fc.integer({ min: 0, max: 0xffffffff })
  fc.assert(fc.property(minutes, fc.nat(59_999), (at, part) => minutesAt(momentOf(at) + part) === at))
})
