/** Whole numbers and bytes from a printed seed, so that a run can be repeated; only the moments of a kill cannot. */

export interface Chance {
  /** From 0 to `limit - 1`. */
  below(limit: number): number
  bytes(size: number): Uint8Array<ArrayBuffer>
}

/** Mulberry32, by Tommy Ettinger (public domain). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
  return { below, bytes: (size) => Uint8Array.from({ length: size }, () => below(256)) }
}
