/**
 * Hostile input for every decoder there is: bytes that follow from a seed, valid bytes bent in the ways that break readers,
 * and soups of CBOR tokens that almost make sense. A case that breaks something is made smaller and printed with its seed, so
 * that it can be run again (`FUZZ_SEED`) and kept. `FUZZ_TIMES` multiplies how many cases are tried.
 */
import { concat, toHex, u32, u64, type Bytes } from '../bytes.ts'

/** The seed of this run: `FUZZ_SEED`, or always the same. */
export const FUZZ_SEED = Number(process.env['FUZZ_SEED'] ?? 20_260)
/** How many times the usual number of cases. */
export const FUZZ_TIMES = Number(process.env['FUZZ_TIMES'] ?? 1)

export interface Draw {
  /** A whole number from 0, below the one given. */
  below(limit: number): number
  bytes(size: number): Bytes
  /** One of these. */
  one<T>(from: readonly T[]): T
}

/** Chance from a number (mulberry32): fast, and the same again. */
export function drawing(seed: number): Draw {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number): number => next() % limit
  return {
    below,
    bytes(size) {
      const made = new Uint8Array(size)
      for (let i = 0; i < size; i++) made[i] = next() >>> 24
      return made
    },
    one<T>(from: readonly T[]): T {
      return from[below(from.length)] as T
    },
  }
}

/** Bytes at which readers go wrong: ends of ranges, signs, CBOR heads. */
const ODD = [
  0, 1, 0x17, 0x18, 0x1b, 0x1f, 0x3b, 0x5f, 0x7f, 0x80, 0x81, 0x9f, 0xa1, 0xbf, 0xc0, 0xd8, 0xf6, 0xf9, 0xfb, 0xff,
]
const ODD_NUMBERS = [0, 1, 23, 24, 255, 256, 4_096, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]

/** Valid bytes with one to four things wrong with them: bits, bytes, numbers, pieces cut, doubled, moved or put in. */
export function bent(valid: Uint8Array, draw: Draw): Bytes {
  let bytes = Uint8Array.from(valid)
  for (let left = 1 + draw.below(4); left > 0; left--) {
    const at = draw.below(bytes.length + 1)
    const size = draw.below(Math.min(bytes.length - at, 40) + 1)
    const [before, piece, after] = [bytes.subarray(0, at), bytes.subarray(at, at + size), bytes.subarray(at + size)]
    switch (draw.below(9)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << draw.below(8))
        break
      case 1:
        if (at < bytes.length) bytes[at] = draw.one(ODD)
        break
      case 2:
        bytes = concat(before, after)
        break
      case 3:
        bytes = concat(before, piece, piece, after)
        break
      case 4:
        bytes = concat(before, draw.bytes(draw.below(20)), bytes.subarray(at))
        break
      case 5:
        bytes = Uint8Array.from(before)
        break
      case 6:
        bytes = concat(bytes, draw.bytes(1 + draw.below(9)))
        break
      case 7: {
        const number = draw.below(2) === 0 ? u32(draw.one(ODD_NUMBERS)) : u64(draw.one(ODD_NUMBERS))
        bytes = concat(before, number, bytes.subarray(at + number.length))
        break
      }
      default:
        bytes = concat(after, piece, before)
    }
  }
  return bytes
}

/** A row of CBOR tokens, most of them fitting, some of kinds and lengths that must not be. */
export function cborSoup(draw: Draw, most = 40): Bytes {
  const made: number[] = []
  for (let left = draw.below(most); left >= 0; left--) {
    const major = draw.below(10) === 0 ? draw.below(8) : draw.one([0, 2, 3, 4, 4, 7])
    const small = draw.below(24)
    if (major === 7) {
      made.push(0xe0 | (draw.below(8) === 0 ? draw.below(32) : 20 + draw.below(3)))
      continue
    }
    const wide = draw.below(6) === 0
    made.push((major << 5) | (wide ? 24 + draw.below(8) : small))
    if (wide) made.push(...draw.bytes(draw.one([1, 2, 4, 8])))
    else if (major === 2) made.push(...draw.bytes(small))
    else if (major === 3)
      for (let i = 0; i < small; i++) made.push(draw.below(20) === 0 ? draw.below(256) : 97 + draw.below(26))
  }
  return Uint8Array.from(made)
}

/** Random bytes, a soup, or one of `valid` bent. */
export function anyBytes(draw: Draw, valid: readonly Uint8Array[], longest = 300): Bytes {
  const kind = draw.below(valid.length === 0 ? 3 : 8)
  if (kind === 0) return draw.bytes(draw.below(longest))
  if (kind <= 2) return cborSoup(draw)
  return bent(draw.one(valid), draw)
}

/** The same fault with as little as possible: pieces are taken out for as long as it stays. */
async function smallest(input: Bytes, fails: (bytes: Bytes) => Promise<boolean>): Promise<Bytes> {
  let least = input
  for (let size = Math.ceil(least.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < least.length; at += size) {
      const shorter = concat(least.subarray(0, at), least.subarray(at + size))
      if (await fails(shorter)) {
        least = shorter
        at -= size
      }
    }
  return least
}

/**
 * Tries `cases` inputs (times `FUZZ_TIMES`). `check` throws when something is wrong; then this throws with the seed and the
 * smallest input it could find that still breaks it.
 */
export async function fuzz(
  cases: number,
  make: (draw: Draw) => Bytes,
  check: (bytes: Bytes) => void | Promise<void>,
): Promise<void> {
  const draw = drawing(FUZZ_SEED)
  for (let i = 0; i < cases * FUZZ_TIMES; i++) {
    const bytes = make(draw)
    try {
      const checked = check(bytes)
      if (checked !== undefined) await checked
    } catch (error) {
      const fails = async (smaller: Bytes): Promise<boolean> => {
        try {
          await check(smaller)
          return false
        } catch {
          return true
        }
      }
      const least = bytes.length <= 4_096 ? await smallest(bytes, fails) : bytes
      const why = error instanceof Error ? error.message : String(error)
      throw new Error(`case ${i}, seed ${FUZZ_SEED}: ${why}\ninput ${toHex(least)}`, { cause: error })
    }
  }
}
