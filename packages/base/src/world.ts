/** What comes from outside: passed in, so that rules and tests never read a real clock or real chance. */
import type { Bytes } from './bytes.ts'

/** Milliseconds since 1970. For display and timers only; no rule reads it. */
export interface Clock {
  now(): number
}

/** `size` unpredictable bytes. */
export interface Random {
  bytes(size: number): Bytes
}

export const systemClock: Clock = { now: () => Date.now() }

/** Time that never goes back, whatever is done to the clock it is read from; for waits, never for display. */
export function steady(clock: Clock): Clock {
  let last = clock.now()
  let taken = 0
  return {
    now() {
      const at = clock.now()
      if (at < last) taken += last - at
      last = at
      return at + taken
    },
  }
}

export const systemRandom: Random = {
  bytes(size) {
    const made = new Uint8Array(size)
    // getRandomValues refuses more than 65,536 bytes at a time
    for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(made.subarray(at, Math.min(size, at + 65_536)))
    return made
  },
}
