/**
 * What compiled messages call. Text put into a sentence is isolated when its direction differs from the
 * sentence's (Unicode isolates, UAX 9), so a name never moves the punctuation around it; text that runs
 * the same way is left as it is, so what a screen reader or a test finds is exactly the words.
 */
import { formatDay, formatNumber, formatTime } from './format.ts'
import { directionOf, type Language } from './locale.ts'

const RTL = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/
const LTR = /[A-Za-z\u00C0-\u024F\u0370-\u058F]/

export function text(language: Language, value: string): string {
  const other = directionOf(language) === 'rtl' ? LTR : RTL
  return other.test(value) ? `\u2068${value}\u2069` : value
}

const rules = new Map<string, Intl.PluralRules>()

export function plural(
  language: Language,
  type: 'cardinal' | 'ordinal',
  value: number,
  offset: number,
  cases: Readonly<Record<string, string>>,
): string {
  const key = `${language} ${type}`
  const rule = rules.get(key) ?? new Intl.PluralRules(language, { type })
  rules.set(key, rule)
  return cases[`=${value}`] ?? cases[rule.select(value - offset)] ?? cases['other'] ?? ''
}

export function choose(value: string, cases: Readonly<Record<string, string>>): string {
  return (Object.hasOwn(cases, value) ? cases[value] : cases['other']) ?? ''
}

export const number = formatNumber
export const date = formatDay
export const time = formatTime
