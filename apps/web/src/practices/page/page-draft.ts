/**
 * The page as it is being written: every change is shown at once and saved by itself a moment later, at the latest when a
 * field is left or the app goes out of sight. A change that could not be saved stays on the screen and is tried again.
 * When the device locks, what was typed has been handed to it, and this copy is let go.
 */
import { computed, effect, signal } from '@preact/signals'
import type { PracticePage } from '@alongside/practice/page/page.ts'
import type { Failure } from '../../device/act.ts'
import { device, open } from '../../device/client.ts'

const PAUSE_MS = 400

const edited = signal<PracticePage | null>(null)

/** The page with every change made here, or null while the device is not open. */
export const draft = computed<PracticePage | null>(() =>
  open.value === null ? null : (edited.value ?? open.value.page.draft),
)

export const saved = signal<'saved' | 'saving'>('saved')
export const saveFailure = signal<Failure | null>(null)

let timer: ReturnType<typeof setTimeout> | null = null
let last: PracticePage | null = null
let running: Promise<void> = Promise.resolve()

effect(() => {
  if (open.value !== null) return
  edited.value = null
  last = null
  running = Promise.resolve() // an answer may never come from a device that was locked meanwhile
})

/** Changes the page. */
export function change(how: (page: PracticePage) => PracticePage): void {
  const now = draft.peek()
  if (now === null) return
  edited.value = how(now)
  saved.value = 'saving'
  if (timer !== null) clearTimeout(timer)
  timer = setTimeout(() => void flush(), PAUSE_MS)
}

/** Saves what has not been saved; resolves when that is done or has failed. */
export function flush(): Promise<void> {
  if (timer !== null) clearTimeout(timer)
  timer = null
  running = running.then(save)
  return running
}

async function save(): Promise<void> {
  const page = edited.peek()
  if (page === null || page === last) return
  const done = await device().savePage(page)
  saveFailure.value = done.ok ? null : done.error
  if (!done.ok) return
  last = page
  if (edited.peek() === page) saved.value = 'saved'
}

if (typeof document !== 'undefined') {
  const now = (): void => {
    if (timer !== null) void flush()
  }
  document.addEventListener('focusout', now)
  document.addEventListener('visibilitychange', now)
  addEventListener('pagehide', now)
}
