/** What screen readers are told without moving focus: one polite line (saved, sent, joined) and one that interrupts (errors). */
import { signal } from '@preact/signals'

export const politeWords = signal('')
export const urgentWords = signal('')

/** Says it when the reader has finished. Saying the same words again is heard again. */
export function say(words: string): void {
  politeWords.value = politeWords.peek() === words ? `${words}\u00A0` : words
}

/** Says it at once: only for what went wrong and needs the person now. */
export function sayNow(words: string): void {
  urgentWords.value = urgentWords.peek() === words ? `${words}\u00A0` : words
}
