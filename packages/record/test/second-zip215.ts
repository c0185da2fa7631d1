/**
 * ZIP-215 once more, in plain whole numbers and Node's SHA-512: decode with any spelling, then `8·S·B = 8·R + 8·k·A`. Slow,
 * shares nothing with the library that the product uses, and is only for comparing.
 */
import { createHash } from 'node:crypto'

const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n

const mod = (value: bigint): bigint => ((value % P) + P) % P
function power(base: bigint, exponent: bigint): bigint {
  let made = 1n
  let square = mod(base)
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) made = (made * square) % P
    square = (square * square) % P
  }
  return made
}
const inverse = (value: bigint): bigint => power(value, P - 2n)
const D = mod(-121665n * inverse(121666n))
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n)

/** Projective: x = X/Z, y = Y/Z. */
type Point = readonly [bigint, bigint, bigint]
const NEUTRAL: Point = [0n, 1n, 1n]

function add([x1, y1, z1]: Point, [x2, y2, z2]: Point): Point {
  const a = mod(z1 * z2)
  const b = mod(a * a)
  const c = mod(x1 * x2)
  const d = mod(y1 * y2)
  const e = mod(mod(D * c) * d)
  const [f, g] = [mod(b - e), mod(b + e)]
  return [mod(a * mod(f * mod((x1 + y1) * (x2 + y2) - c - d))), mod(a * mod(g * (d + c))), mod(f * g)]
}
function times(point: Point, by: bigint): Point {
  let made = NEUTRAL
  let twice = point
  for (let left = by; left > 0n; left >>= 1n) {
    if (left & 1n) made = add(made, twice)
    twice = add(twice, twice)
  }
  return made
}
const same = ([x1, y1, z1]: Point, [x2, y2, z2]: Point): boolean =>
  mod(x1 * z2 - x2 * z1) === 0n && mod(y1 * z2 - y2 * z1) === 0n

const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`)

/** Any spelling: y is taken modulo p, and the sign of x = 0 does not matter. */
function decode(bytes: Uint8Array): Point | null {
  const all = number(bytes)
  const y = mod(all & (2n ** 255n - 1n))
  const [u, v] = [mod(y * y - 1n), mod(D * mod(y * y) + 1n)]
  let x = mod(u * power(v, 3n) * power(mod(u * power(v, 7n)), (P - 5n) / 8n))
  if (mod(v * x * x) !== u) x = mod(x * ROOT_OF_MINUS_ONE)
  if (mod(v * x * x) !== u) return null
  return [(x & 1n) === all >> 255n ? x : mod(-x), y, 1n]
}

const BASE = decode(Buffer.from(`58${'66'.repeat(31)}`, 'hex')) as Point

/** The verdict of ZIP-215. */
export function secondVerdict(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const s = number(signature.subarray(32))
  const [a, r] = [decode(publicKey), decode(signature.subarray(0, 32))]
  if (a === null || r === null || s >= L) return false
  const hash = createHash('sha512').update(signature.subarray(0, 32)).update(publicKey).update(message).digest()
  const right = add(r, times(a, number(hash) % L))
  return same(times(times(BASE, s), 8n), times(right, 8n))
}
