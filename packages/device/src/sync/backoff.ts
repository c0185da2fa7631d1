/** How long to wait before trying a relay again: doubling from half a second to a minute, with even jitter. */

const FIRST_MS = 500
const LONGEST_MS = 60_000

/** Milliseconds to wait after `failures` failures in a row (0 for the first); `chance` is from 0 up to 1. */
export function backoffMs(failures: number, chance: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 20))
  return Math.round(full / 2 + (full / 2) * chance)
}
