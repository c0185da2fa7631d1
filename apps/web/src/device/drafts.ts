/**
 * What somebody has typed into a form and not yet said. It outlives its screen, so that a lock, a look at another screen
 * or a failure loses nothing; it is held in memory only, and is gone with the page or when the device is emptied.
 */
import { effect, signal, type Signal } from '@preact/signals'
import { view } from './client.ts'

const held = new Map<string, Signal<string>>()
/** Changes when drafts are let go, so that a form that is still on screen draws its fields anew. */
const lettings = signal(0)

effect(() => {
  if (view.value.type === 'empty') held.clear()
})

/** The text of a field, by a key that names circle, form and field; `start` is what it says when nothing is held yet. */
export function draftOf(key: string, start = ''): Signal<string> {
  void lettings.value
  const found = held.get(key)
  if (found !== undefined) return found
  const made = signal(start)
  held.set(key, made)
  return made
}

/** Puts text into a field of a form that will be opened next. */
export function handOver(key: string, text: string): void {
  held.set(key, signal(text))
  lettings.value++
}

/** Lets go of every field whose key begins so: what they held was said, or is not wanted. */
export function forgetDrafts(prefix: string): void {
  for (const key of held.keys()) if (key.startsWith(prefix)) held.delete(key)
  lettings.value++
}
