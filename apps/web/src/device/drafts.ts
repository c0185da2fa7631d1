/**
 * What somebody has typed into a form and not yet said. It outlives its screen, a lock, a reload and a tab that is gone: the
 * device keeps it sealed, moments after it was typed and before it locks. While the device is locked nothing of it is left in
 * the page, unless it could not be saved. Never for a passphrase, nor for anything typed before somebody said yes.
 */
import { effect, signal, type Signal } from '@preact/signals'
import { device, open, saveBeforeLocking, view } from './client.ts'

interface Held {
  readonly text: Signal<string>
  /** What the field said before anything was typed. */
  readonly start: string
  readonly stop: () => void
}

const SAVE_AFTER_MS = 400

const held = new Map<string, Held>()
/** What the device had kept for fields that are not on screen yet. */
let kept = new Map<string, string>()
/** Keys whose text the device does not have yet. */
const unsaved = new Set<string>()
let timer: ReturnType<typeof setTimeout> | undefined
/** Changes when drafts are let go, so that a form that is still on screen draws its fields anew. */
const lettings = signal(0)

function drop(key: string): void {
  held.get(key)?.stop()
  held.delete(key)
  kept.delete(key)
}

function hold(key: string, start: string, now: string): Signal<string> {
  const text = signal(now)
  let last = now
  const stop = effect(() => {
    if (text.value === last) return
    last = text.value
    saveSoon(key)
  })
  held.set(key, { text, start, stop })
  return text
}

function saveSoon(key: string): void {
  unsaved.add(key)
  clearTimeout(timer)
  timer = setTimeout(() => void saveDrafts(), SAVE_AFTER_MS)
}

/** Gives what is not saved yet to the device; what it could not keep stays here and is tried again later. */
async function saveDrafts(): Promise<void> {
  clearTimeout(timer)
  if (unsaved.size === 0 || open.peek() === null) return
  const keys = [...unsaved]
  unsaved.clear()
  const change: Record<string, string | null> = {}
  for (const key of keys) {
    const one = held.get(key)
    change[key] = one === undefined || one.text.peek() === one.start ? null : one.text.peek()
  }
  const saved = await device().keepTyped(change)
  if (!saved.ok) for (const key of keys) unsaved.add(key)
}

async function load(): Promise<void> {
  const typed = await device().typed()
  if (!typed.ok || open.peek() === null) return
  kept = new Map(Object.entries(typed.value))
  for (const [key, text] of kept) {
    const one = held.get(key)
    if (one === undefined || unsaved.has(key) || one.text.peek() !== one.start) continue
    kept.delete(key)
    one.text.value = text
  }
  await saveDrafts() // what could not be kept before
}

let before = view.peek().type
effect(() => {
  const now = view.value.type
  if (now === before) return
  before = now
  if (now === 'open') void load()
  else if (now !== 'starting') {
    for (const key of held.keys()) if (now === 'empty' || !unsaved.has(key)) drop(key)
    kept.clear()
    if (now === 'empty') unsaved.clear()
  }
})
if (before === 'open') void load()
saveBeforeLocking(saveDrafts)
// A phone may take the page away while it is out of sight, without a word.
document.addEventListener('visibilitychange', () => void saveDrafts())

/** The text of a field, by a key that names circle, form and field; `start` is what it says when nothing is held yet. */
export function draftOf(key: string, start = ''): Signal<string> {
  void lettings.value
  const found = held.get(key)
  if (found !== undefined) return found.text
  const now = kept.get(key) ?? start
  kept.delete(key)
  return hold(key, start, now)
}

/** Puts text into a field of a form that will be opened next. */
export function handOver(key: string, text: string): void {
  drop(key)
  hold(key, '', text)
  saveSoon(key)
  lettings.value++
}

/** Lets go of every field whose key begins so: what they held was said, or is not wanted. */
export function forgetDrafts(prefix: string): void {
  for (const key of [...held.keys(), ...kept.keys()]) {
    if (!key.startsWith(prefix)) continue
    drop(key)
    unsaved.add(key)
  }
  // At once: what was said must not come back as something still to be said.
  void saveDrafts()
  lettings.value++
}
