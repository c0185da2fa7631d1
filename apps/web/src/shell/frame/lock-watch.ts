/**
 * Watches touches, keys and whether the page is in sight, and locks the device when `idle.ts` says so.
 * `meeting` is turned on by a screen when people say they are meeting, and off by itself when the device locks.
 */
import { effect, signal } from '@preact/signals'
import type { Clock } from '@alongside/base/world.ts'
import { idleAdvice, idleNext, idleStart, type IdleEvent } from '../idle.ts'

/** “We are meeting”: the device stays open for twenty minutes without a touch instead of two. */
export const meeting = signal(false)

/** When the device will lock unless it is touched; set only in the last seconds before. */
export const locksAt = signal<number | null>(null)

export interface LockWatch {
  readonly clock: Clock
  readonly lock: () => void
  /** Calls back once after a time; gives back how to cancel. */
  readonly later: (ms: number, then: () => void) => () => void
  readonly page: Pick<Document, 'addEventListener' | 'removeEventListener' | 'hidden'>
}

const TOUCHES = ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove'] as const

/** Starts watching when the device opens; gives back how to stop when it locks. */
export function watchLock({ clock, lock, later, page }: LockWatch): () => void {
  let state = idleStart(clock.now())
  let cancel = (): void => undefined
  const look = (): void => {
    cancel()
    const advice = idleAdvice(state, clock.now())
    locksAt.value = advice.type === 'warn' ? advice.lockAt : null
    if (advice.type === 'lock') lock()
    else cancel = later((advice.type === 'warn' ? advice.lockAt : advice.until) - clock.now(), look)
  }
  const hear = (event: IdleEvent): void => {
    const before = state
    state = idleNext(state, event)
    // Touches come by the hundred: the timer is only moved when it would otherwise fire too early.
    if (event.type !== 'touched' || before === state || locksAt.peek() !== null) look()
  }
  const touched = (): void => hear({ type: 'touched', at: clock.now() })
  const seen = (): void => hear({ type: page.hidden ? 'hidden' : 'shown', at: clock.now() })
  for (const name of TOUCHES) page.addEventListener(name, touched, { passive: true })
  page.addEventListener('visibilitychange', seen)
  const stopMeeting = effect(() => hear({ type: 'meeting', on: meeting.value, at: clock.now() }))
  look()
  return () => {
    cancel()
    stopMeeting()
    for (const name of TOUCHES) page.removeEventListener(name, touched)
    page.removeEventListener('visibilitychange', seen)
    locksAt.value = null
    meeting.value = false
  }
}
