/**
 * The language in use, as signals, and what follows from it: direction, locale for numbers and dates.
 * The choice is kept in `localStorage` in the clear, because it is needed before anything is unlocked and
 * says nothing about a record.
 */
import { computed, signal } from '@preact/signals'
import { LANGUAGES, type Language } from '../../messages/languages.ts'

export { LANGUAGES, type Language }

const KEPT = 'alongside.language'

export const language = signal<Language>('en')

export const direction = computed<'ltr' | 'rtl'>(() => directionOf(language.value))

/** Which digits Arabic shows: `latn` 123, `arab` ١٢٣; `null` is `latn`, which forms in most of its countries use. */
export const numerals = signal<'latn' | 'arab' | null>(null)

export const locale = computed<string>(() =>
  language.value === 'ar' ? `ar-u-nu-${numerals.value ?? 'latn'}` : language.value,
)

export function directionOf(each: Language): 'ltr' | 'rtl' {
  return each === 'ar' ? 'rtl' : 'ltr'
}

export function isLanguage(text: string | null | undefined): text is Language {
  return (LANGUAGES as readonly (string | null | undefined)[]).includes(text)
}

/** The kept choice, else the first of the browser's languages that ships, else English. */
export function chosenLanguage(storage: Pick<Storage, 'getItem'> | null, wanted: readonly string[]): Language {
  const kept = storage?.getItem(KEPT)
  if (isLanguage(kept)) return kept
  for (const tag of wanted) {
    const base = tag.split('-')[0]
    if (isLanguage(base)) return base
  }
  return 'en'
}

export function keepLanguage(storage: Pick<Storage, 'setItem'> | null, chosen: Language): void {
  storage?.setItem(KEPT, chosen)
}
