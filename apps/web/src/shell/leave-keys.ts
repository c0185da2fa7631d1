/**
 * Three presses of Shift alone within five seconds leave fast, as on public services that people already
 * know (GOV.UK “exit this page”). A pure machine; any other key, or Shift held with another, starts again.
 */

export const LEAVE_PRESSES = 3
export const LEAVE_WINDOW_MS = 5_000

export interface LeaveKeysState {
  /** Times of the presses so far. */
  readonly presses: readonly number[]
  /** Shift is down and nothing else was pressed since. */
  readonly alone: boolean
}

export const leaveKeysStart: LeaveKeysState = { presses: [], alone: false }

export interface KeyMoment {
  readonly type: 'down' | 'up'
  readonly key: string
  readonly repeat: boolean
  readonly at: number
}

/** The state after a key; `count` presses are complete when it reaches `LEAVE_PRESSES`. */
export function leaveKeysNext(state: LeaveKeysState, moment: KeyMoment): LeaveKeysState {
  if (moment.key !== 'Shift') return leaveKeysStart
  if (moment.type === 'down') return moment.repeat ? state : { ...state, alone: true }
  if (!state.alone) return leaveKeysStart
  const recent = state.presses.filter((press) => moment.at - press < LEAVE_WINDOW_MS)
  return { presses: [...recent, moment.at], alone: false }
}
