/** What screen readers are told without moving focus: one polite line (saved, sent, joined) and one that interrupts (errors). */
import { signal } from '@preact/signals'

export const politeWords = signal('')
export const urgentWords = signal('')

/** Long enough to be heard, short enough that nobody comes upon it on a later screen. */
const STAYS_MS = 8_000
let clearing: ReturnType<typeof setTimeout> | undefined

/** Says it when the reader has finished. Saying the same words again is heard again. */
export function say(words: string): void {
  politeWords.value = politeWords.peek() === words ? `${words}\u00A0` : words
  clearTimeout(clearing)
  clearing = setTimeout(() => (politeWords.value = ''), STAYS_MS)
}

/** Says it at once: only for what went wrong and needs the person now. */
export function sayNow(words: string): void {
  urgentWords.value = urgentWords.peek() === words ? `${words}\u00A0` : words
}
