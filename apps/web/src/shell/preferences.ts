/**
 * What this device remembers in the clear, because it must work while everything is locked: language (kept
 * by `words/locale.ts`), text size, and where “Leave fast” goes. None of it says anything about a record.
 */
import { signal } from '@preact/signals'
import { err, ok, type Result } from '@alongside/base/result.ts'

export type TextSize = 'normal' | 'large' | 'larger'

/** Our own empty page: no one else learns that it was opened. */
export const NEUTRAL_PAGE = '/blank.html'

export const textSize = signal<TextSize>('normal')
export const leavePage = signal<string>(NEUTRAL_PAGE)

let keeps = true

/** From here on no choice is kept: for a page that is not this browser's own device. */
export function keepNoChoices(): void {
  keeps = false
}

/** `localStorage`, or `null` where nothing is to be kept or the browser refuses it; then choices last until the tab is closed. */
export function openStorage(): Storage | null {
  try {
    return !keeps || typeof localStorage === 'undefined' ? null : localStorage
  } catch {
    return null
  }
}

export function readPreferences(storage: Storage | null): void {
  const size = storage?.getItem('alongside.text')
  textSize.value = size === 'large' || size === 'larger' ? size : 'normal'
  const page = parseLeavePage(storage?.getItem('alongside.leave') ?? '')
  leavePage.value = page.ok ? page.value : NEUTRAL_PAGE
}

export function keepTextSize(storage: Storage | null, size: TextSize): void {
  textSize.value = size
  storage?.setItem('alongside.text', size)
  document.documentElement.dataset['text'] = size
}

export function keepLeavePage(storage: Storage | null, page: string): void {
  leavePage.value = page
  storage?.setItem('alongside.leave', page)
}

/** An address to leave to: our own page, or any `https` address; “example.org” is completed. */
export function parseLeavePage(typed: string): Result<string, { readonly type: 'NotAnAddress' }> {
  const trimmed = typed.trim()
  if (trimmed === '' || trimmed === NEUTRAL_PAGE) return ok(NEUTRAL_PAGE)
  const full = /^[a-z]+:/i.test(trimmed) ? trimmed : `https://${trimmed}`
  try {
    const url = new URL(full)
    const good = (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.includes('.')
    return good ? ok(url.href) : err({ type: 'NotAnAddress' })
  } catch {
    return err({ type: 'NotAnAddress' })
  }
}
