/**
 * Small shapes that several practices share: calendar days, times of day, and numbers between two bounds. All are read
 * without a clock, a calendar library or a locale, so that every device reads them alike. Source: protocol section 2.10.
 */
import type { Codec } from '@alongside/base/codec.ts'
import { err, ok } from '@alongside/base/result.ts'

const DAYS_IN = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Whether text is a day that exists in the Gregorian calendar, as `YYYY-MM-DD`. Such days sort as text. */
export function isDay(value: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (parts === null) return false
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const last = month === 2 && leap ? 29 : DAYS_IN[month - 1]
  return last !== undefined && date >= 1 && date <= last
}

const matching = (fits: (value: string) => boolean, wanted: string): Codec<string> => ({
  encode: (value) => value,
  decode: (plain, at = '') =>
    typeof plain === 'string' && fits(plain) ? ok(plain) : err({ type: 'WrongShape', at, wanted }),
})

/** A calendar day, `YYYY-MM-DD`. */
export const day: Codec<string> = matching(isDay, 'a day')

/** A time of day, `HH:MM` from 00:00 to 23:59. */
export const timeOfDay: Codec<string> = matching((value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), 'a time of day')

/** A whole number from `min` to `max`. */
export function between(min: number, max: number): Codec<number> {
  return {
    encode: (value) => value,
    decode: (plain, at = '') =>
      typeof plain === 'number' && Number.isSafeInteger(plain) && plain >= min && plain <= max
        ? ok(plain)
        : err({ type: 'WrongShape', at, wanted: `a whole number from ${min} to ${max}` }),
  }
}
