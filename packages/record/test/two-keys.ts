/**
 * Makes one ciphertext that XChaCha20-Poly1305 opens under two keys: its tag is a polynomial, and two of its blocks can be
 * chosen so that both polynomials end in the same tag. It is why an envelope carries a commitment to its key (SPEC
 * ENV-5). For tests.
 */
import { concat, toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Random } from '@alongside/base/world.ts'
import { xchacha20 } from '@noble/ciphers/chacha.js'

const P = (1n << 130n) - 5n
const BLOCK = 16
const TOP = 1n << 128n

const number = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`)
const bytesOf = (value: bigint): Bytes =>
  Uint8Array.from({ length: BLOCK }, (_, i) => Number((value >> BigInt(8 * i)) & 255n))
const mod = (value: bigint): bigint => ((value % P) + P) % P

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let b = base, e = exponent; e > 0n; e >>= 1n, b = (b * b) % P) if (e & 1n) result = (result * b) % P
  return result
}

/** The one-time key of Poly1305 that XChaCha20 gives: the factor, clamped, and what is added at the end. */
function oneTimeKey(key: Bytes, nonce: Bytes) {
  const stream = xchacha20(key, nonce, new Uint8Array(32))
  return {
    r: number(stream.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn,
    s: number(stream.subarray(16)),
  }
}

const padded = (bytes: Uint8Array): Bytes => concat(bytes, new Uint8Array(-bytes.length & (BLOCK - 1)))
const lengths = (aad: number, text: number): Bytes =>
  concat(bytesOf(BigInt(aad)).subarray(0, 8), bytesOf(BigInt(text)).subarray(0, 8))

/**
 * A ciphertext of `size` bytes (a multiple of 16, at least 48) and a tag, right under both keys with this nonce and this
 * associated data.
 */
export function opensUnderBoth(one: Bytes, two: Bytes, nonce: Bytes, aad: Bytes, size: number, random: Random): Bytes {
  const keys = [oneTimeKey(one, nonce), oneTimeKey(two, nonce)] as const
  for (;;) {
    const text = random.bytes(size)
    text.fill(0, size - 2 * BLOCK)
    const tag = random.bytes(BLOCK)
    const all = concat(padded(aad), text, lengths(aad.length, size))
    const count = all.length / BLOCK
    // the last two blocks of the text are left open; they stand third and second from the end
    const [x, y] = [count - 3, count - 2]
    const sums = keys.map(({ r }) => {
      let sum = 0n
      for (let i = 0; i < count; i++) {
        const block = i === x || i === y ? 0n : number(all.subarray(i * BLOCK, (i + 1) * BLOCK)) + TOP
        sum = ((sum + block) * r) % P
      }
      return sum
    })
    for (let carry = 0; carry < 16; carry++) {
      const solved = solve(
        keys.map(({ r, s }, k) => ({
          x: power(r, 3n),
          y: power(r, 2n),
          sum: mod(
            ((number(tag) - s) & (TOP - 1n)) + BigInt(k === 0 ? carry & 3 : carry >> 2) * TOP - (sums[k] as bigint),
          ),
        })),
      )
      if (solved.some((value) => value < TOP || value >= 2n * TOP)) continue
      return concat(text.subarray(0, size - 2 * BLOCK), ...solved.map((value) => bytesOf(value - TOP)), tag)
    }
  }
}

interface Line {
  readonly x: bigint
  readonly y: bigint
  readonly sum: bigint
}

/** Two unknowns from two lines, by Cramer's rule in the field. */
function solve([a, b]: readonly Line[]): readonly bigint[] {
  if (a === undefined || b === undefined) throw new Error('two lines')
  const inverse = power(mod(a.x * b.y - a.y * b.x), P - 2n)
  return [mod((a.sum * b.y - a.y * b.sum) * inverse), mod((a.x * b.sum - a.sum * b.x) * inverse)]
}
