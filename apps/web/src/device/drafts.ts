/**
 * What somebody has typed into a form and not yet said. It outlives its screen, a lock, a reload and a tab that is gone: the
 * device keeps it sealed, moments after it was typed and before it locks. While the device is locked nothing of it is left in
 * the page but, where the disk had no room, bytes that only the unlocked device reads. Never for a passphrase, nor for
 * anything typed before somebody said yes.
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
/** What could not be kept when the device locked, sealed under its key. */
let sealed: Uint8Array<ArrayBuffer> | null = null
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

let saving: Promise<void> = Promise.resolve()

/** Gives what is not saved yet to the device, one save after another. */
function saveDrafts(): Promise<void> {
  clearTimeout(timer)
  saving = saving.then(save, save)
  return saving
}

/** What the device could not keep stays here and is tried again later. */
async function save(): Promise<void> {
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

/** The last thing before the device locks: what there was no room for is sealed, and stays in the page only so. */
async function saveAndSeal(): Promise<void> {
  await saveDrafts()
  const texts: Record<string, string> = {}
  for (const key of unsaved) {
    const one = held.get(key)
    if (one !== undefined) texts[key] = one.text.peek()
  }
  if (Object.keys(texts).length === 0) return
  const done = await device().sealTyped(texts)
  sealed = done.ok ? done.value : null
}

async function unseal(): Promise<void> {
  if (sealed === null) return
  const texts = await device().openTyped(sealed)
  sealed = null
  for (const [key, text] of Object.entries(texts.ok ? texts.value : {})) handOver(key, text)
}

async function load(): Promise<void> {
  await unseal()
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
  else {
    saving = Promise.resolve() // an answer may never come from a worker that was ended
    for (const key of held.keys()) drop(key)
    kept.clear()
    unsaved.clear()
    if (now === 'empty') sealed = null
  }
})
if (before === 'open') void load()
saveBeforeLocking(saveAndSeal)
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
