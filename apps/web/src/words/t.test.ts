import { effect } from '@preact/signals'
import { beforeEach, describe, expect, it } from 'vitest'
import { chosenLanguage, language, locale } from './locale.ts'
import { formatDay, formatList, formatNumber } from './format.ts'
import { plural, text } from './runtime.ts'
import { changeLanguage, loadWords, provideWords, t, textFor } from './t.ts'
import { useWords } from '../../messages/testing.ts'

beforeEach(() => useWords('en'))

describe('t', () => {
  it('gives the text in the language in use, and follows a change of language', async () => {
    const seen: string[] = []
    const stop = effect(() => void seen.push(t('shell.tab.today')))
    await changeLanguage('ar')
    stop()
    expect(seen[0]).toBe('Today')
    expect(seen.at(-1)).toBe('اليوم')
    // never half one language, half another
    expect(seen).not.toContain('')
  })
  it('loads a feature that was not there yet and answers when it has come', async () => {
    let asked = 0
    provideWords((_, feature) => {
      asked++
      return Promise.resolve({ [`${feature}.back`]: 'Back' })
    })
    expect(textFor('shell.back')).toBeUndefined()
    expect(textFor('shell.back')).toBeUndefined()
    await loadWords(['shell'])
    expect(textFor('shell.back')).toBe('Back')
    expect(asked).toBe(1)
  })
  it('asks again after a load that failed', async () => {
    let broken = true
    provideWords(() => (broken ? Promise.reject(new Error('offline')) : Promise.resolve({ 'shell.back': 'Back' })))
    await loadWords(['shell'])
    broken = false
    await loadWords(['shell'])
    expect(t('shell.back')).toBe('Back')
  })
  it('keeps the language when another cannot be fetched, and says in English what its own language lacks', async () => {
    provideWords((each, feature) =>
      each === 'en' ? Promise.resolve({ [`${feature}.back`]: 'Back' }) : Promise.reject(new Error('offline')),
    )
    await loadWords(['shell'])
    expect(await changeLanguage('ar')).toBe(false)
    expect(language.value).toBe('en')
    language.value = 'ar'
    await loadWords(['shell'])
    expect(textFor('shell.back')).toBe('Back')
  })
  it('does not take a name like a built-in property for a message', () => {
    expect(textFor('shell.constructor')).toBeUndefined()
    expect(textFor('constructor')).toBeUndefined()
  })
  it('counts in all six Arabic forms', async () => {
    await changeLanguage('ar')
    const forms = [0, 1, 2, 3, 11, 100].map((n) => t('components.countLeft', { n }))
    expect(new Set(forms).size).toBe(6)
  })
})

describe('names in sentences', () => {
  it('are isolated only when they run the other way', () => {
    expect(text('en', 'Rosa')).toBe('Rosa')
    expect(text('ar', 'روزا')).toBe('روزا')
    expect(text('ar', 'Rosa')).toBe('\u2068Rosa\u2069')
    expect(text('en', 'أمينة')).toBe('\u2068أمينة\u2069')
  })
})

describe('numbers, days and lists', () => {
  it('never slip a day that has no zone', () => {
    expect(formatDay('2026-11-26')).toMatch(/26/)
    expect(formatDay('2026-01-01', 'long')).toMatch(/2026/)
    expect(formatDay('not a day')).toBe('not a day')
  })
  it('follow the language', () => {
    expect(formatList(['Amina', 'Rosa'])).toBe('Amina and Rosa')
    language.value = 'es'
    expect(formatList(['Amina', 'Rosa'])).toBe('Amina y Rosa')
    language.value = 'ar'
    expect(locale.value).toBe('ar-u-nu-latn')
    expect(formatNumber(12)).toBe('12')
  })
  it('choose an exact number before a plural form', () => {
    expect(plural('en', 'cardinal', 0, 0, { '=0': 'none', one: 'one', other: 'many' })).toBe('none')
  })
})

describe('the language at first', () => {
  const storage = (kept: string | null) => ({ getItem: () => kept })
  it('is the kept one, then the browser’s first that ships, then English', () => {
    expect(chosenLanguage(storage('ar'), ['es'])).toBe('ar')
    expect(chosenLanguage(storage(null), ['fr-FR', 'es-MX'])).toBe('es')
    expect(chosenLanguage(storage('xx'), ['fr'])).toBe('en')
    expect(chosenLanguage(null, [])).toBe('en')
  })
})
