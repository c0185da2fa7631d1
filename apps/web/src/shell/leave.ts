/**
 * Leave fast. In this order, because each step must not wait for the next: cover the page in the same
 * frame, ask the device to lock, put something neutral in place of the history entry, and go away. It does
 * not clear the browser's history and cannot hide from software that watches the device; the app says so.
 */
import { LEAVE_PRESSES, leaveKeysNext, leaveKeysStart } from './leave-keys.ts'
import { leavePage } from './preferences.ts'

/** How long the lock may take before we go anyway; what is being written is saved first within it. */
const PATIENCE_MS = 250

let lock: () => Promise<void> = () => Promise.resolve()

/** Says how the device is locked: once at start. A page brought back by “Back” starts anew instead of staying covered. */
export function provideLock(locking: () => Promise<void>): void {
  lock = locking
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && document.documentElement.classList.contains('covered')) location.reload()
  })
}

export function leaveFast(): void {
  // In a frame of our own it is the whole page that is left.
  const whole = window.top ?? window
  for (const page of new Set([document, whole.document])) {
    page.documentElement.classList.add('covered')
    page.title = ' '
  }
  const away = (): void => {
    whole.history.replaceState(null, '', '/')
    whole.location.replace(leavePage.peek())
  }
  const timer = setTimeout(away, PATIENCE_MS)
  lock().then(
    () => {
      clearTimeout(timer)
      away()
    },
    () => undefined,
  )
}

/** Listens for three presses of Shift; gives back how to stop. `pressed` hears how many there have been. */
export function watchLeaveKeys(pressed: (count: number) => void): () => void {
  let state = leaveKeysStart
  const hear = (event: KeyboardEvent): void => {
    const type = event.type === 'keydown' ? 'down' : 'up'
    const before = state.presses.length
    state = leaveKeysNext(state, { type, key: event.key, repeat: event.repeat, at: event.timeStamp })
    if (state.presses.length >= LEAVE_PRESSES) {
      state = leaveKeysStart
      leaveFast()
    } else if (state.presses.length > before) {
      pressed(state.presses.length)
    }
  }
  addEventListener('keydown', hear, true)
  addEventListener('keyup', hear, true)
  return () => {
    removeEventListener('keydown', hear, true)
    removeEventListener('keyup', hear, true)
  }
}
