/**
 * Small shapes that several practices share: calendar days, times of day, numbers between two bounds, and whether text
 * says anything. All are read without a clock, a calendar library, a locale or an engine's table of characters, so that
 * every device reads them alike. Source: protocol section 2.10.
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

/**
 * Characters that alone say nothing, as a list that does not move: spaces and line ends, and what has no width
 * (U+200B to U+200D, U+2060, U+FEFF). An engine's own list follows the Unicode version it was built with.
 */
function isSpace(unit: number): boolean {
  return (
    (unit >= 0x09 && unit <= 0x0d) ||
    unit === 0x20 ||
    unit === 0x85 ||
    unit === 0xa0 ||
    unit === 0x1680 ||
    unit === 0x180e ||
    (unit >= 0x2000 && unit <= 0x200d) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x2060 ||
    unit === 0x3000 ||
    unit === 0xfeff
  )
}

/** Whether text says nothing: it is empty, or made only of spaces and characters without width. */
export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isSpace(text.charCodeAt(i))) return false
  return true
}
