/**
 * When the device locks by itself: two minutes without a touch or out of sight, twenty while people say they
 * are meeting. A pure machine: events with their time go in, the next state comes out; the caller arms one
 * timer for `lockAt`. Source: decisions, “On the device”.
 */

export const IDLE_MS = 2 * 60_000
export const MEETING_MS = 20 * 60_000
/** How long before locking the person is told, so that nothing is lost and nobody is startled. */
export const WARN_MS = 20_000

export interface IdleState {
  /** Last touch, key or time the page went out of sight. */
  readonly lastAt: number
  readonly hidden: boolean
  readonly meeting: boolean
}

export type IdleEvent =
  | { readonly type: 'touched'; readonly at: number }
  | { readonly type: 'hidden'; readonly at: number }
  | { readonly type: 'shown'; readonly at: number }
  | { readonly type: 'meeting'; readonly on: boolean; readonly at: number }

export function idleStart(at: number): IdleState {
  return { lastAt: at, hidden: false, meeting: false }
}

/** Milliseconds since 1970 at which the device locks if nothing happens. */
export function lockAt(state: IdleState): number {
  return state.lastAt + (state.meeting ? MEETING_MS : IDLE_MS)
}

/**
 * The state after an event. An event that comes after the time to lock changes nothing, so a touch that
 * wakes a sleeping phone cannot stop the lock that was due while it slept.
 */
export function idleNext(state: IdleState, event: IdleEvent): IdleState {
  if (event.at >= lockAt(state)) return state
  switch (event.type) {
    case 'touched':
      return state.hidden ? state : { ...state, lastAt: Math.max(state.lastAt, event.at) }
    case 'hidden':
      return { ...state, hidden: true, lastAt: Math.max(state.lastAt, event.at) }
    case 'shown':
      return { ...state, hidden: false, lastAt: Math.max(state.lastAt, event.at) }
    case 'meeting':
      return { ...state, meeting: event.on, lastAt: Math.max(state.lastAt, event.at) }
  }
}

export type IdleAdvice =
  | { readonly type: 'lock' }
  | { readonly type: 'warn'; readonly lockAt: number }
  | { readonly type: 'wait'; readonly until: number }

/** What to do at a moment: lock, warn, or wait until a time and ask again. */
export function idleAdvice(state: IdleState, now: number): IdleAdvice {
  const end = lockAt(state)
  if (now >= end) return { type: 'lock' }
  if (now >= end - WARN_MS) return { type: 'warn', lockAt: end }
  return { type: 'wait', until: end - WARN_MS }
}
