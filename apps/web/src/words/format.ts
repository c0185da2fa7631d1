/**
 * Numbers, days, times and lists in the language in use, through Intl. Times are milliseconds since 1970,
 * shown in the device's own time zone; days may also be given as `YYYY-MM-DD`, which has no zone.
 * Each function reads the `locale` signal, so a screen that calls it follows a change of language.
 */
import { locale } from './locale.ts'

const made = new Map<string, Intl.DateTimeFormat>()

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale.value + JSON.stringify(options)
  const found = made.get(key) ?? new Intl.DateTimeFormat(locale.value, options)
  made.set(key, found)
  return found
}

const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/

/** A day without a zone is shown at noon UTC in UTC, so that it can never slip to its neighbour. */
function formatDate(when: number | string, options: Intl.DateTimeFormatOptions): string {
  if (typeof when === 'number') return dateFormat(options).format(when)
  if (!DAY_ONLY.test(when)) return when
  const at = Date.parse(`${when}T12:00:00Z`)
  return Number.isNaN(at) ? when : dateFormat({ ...options, timeZone: 'UTC' }).format(at)
}

/** “Thursday 26 November”; `short` is “26 Nov”, `long` adds the year. Anything that is not a day is given back as it is. */
export function formatDay(when: number | string, style: '' | 'short' | 'long' = ''): string {
  if (style === 'short') return formatDate(when, { day: 'numeric', month: 'short' })
  const day: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' }
  return formatDate(when, style === 'long' ? { ...day, year: 'numeric' } : day)
}

/** “10:00”. */
export function formatTime(when: number): string {
  return dateFormat({ hour: 'numeric', minute: '2-digit' }).format(when)
}

/** “1,200”; `percent` takes a share of one. */
export function formatNumber(value: number, style: '' | 'integer' | 'percent' = ''): string {
  const options: Intl.NumberFormatOptions =
    style === 'percent' ? { style: 'percent' } : style === 'integer' ? { maximumFractionDigits: 0 } : {}
  return new Intl.NumberFormat(locale.value, options).format(value)
}

/** “Amina, Rosa and Sam”. */
export function formatList(items: readonly string[], type: 'and' | 'or' = 'and'): string {
  return new Intl.ListFormat(locale.value, { type: type === 'and' ? 'conjunction' : 'disjunction' }).format(items)
}
