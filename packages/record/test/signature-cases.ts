/**
 * Signatures on which libraries part ways: the 14×14 grid of small-order points, torsion in key and R, S raised by multiples
 * of the order, second spellings of points, and changed bits. The same cases, in the same order, in every engine.
 */
import { concat, fromHex, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { sha256, signingKeys, signSync } from '../src/crypto.ts'
import { SMALL_ORDER, torsioned } from './hostile-keys.ts'

export interface SignatureCase {
  /** What is odd about it. */
  readonly kind: 'honest' | 'small order' | 'torsion' | 'S raised' | 'spelling' | 'changed'
  readonly publicKey: Bytes
  readonly message: Bytes
  readonly signature: Bytes
}

const h = (text: string): Bytes => fromHex(text) as Bytes
const Point = ed25519.Point

/** The order of the prime-order group, and the size of the field. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const FIELD = 2n ** 255n - 19n

/** A number as 32 bytes, little-endian. */
const littleEndian = (value: bigint): Bytes => h(value.toString(16).padStart(64, '0')).reverse()
const number = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`)

/**
 * A signature by an honest key (from `seed`) with torsion in R alone: right by ZIP-215, refused by verifiers without the
 * cofactor. What a member can sign with a key that was rightly let in.
 */
export function torsionInR(seed: Uint8Array, message: Bytes, i: number): Bytes {
  const { scalar: a, pointBytes } = ed25519.utils.getExtendedPublicKey(seed)
  const r = number(sha256(concat(utf8('r'), message))) % ORDER
  const torsion = Point.fromBytes(SMALL_ORDER[(i * 2 + 4) % SMALL_ORDER.length] as Bytes, true)
  const bigR = Point.BASE.multiply(r).add(torsion).toBytes()
  const digest = number(sha512(concat(bigR, pointBytes, message))) % ORDER
  return concat(bigR, littleEndian((r + digest * (a % ORDER)) % ORDER))
}

/** All 19 y that have a second spelling, with both signs: those that are points are right in several spellings. */
const SECOND_SPELLINGS: readonly Bytes[] = Array.from({ length: 19 }, (_, i) =>
  littleEndian(FIELD + BigInt(i)),
).flatMap((low) => {
  const high = Uint8Array.from(low)
  high[31] = (high[31] as number) | 0x80
  return [low, high]
})

/** Every case, the same in every engine; about 1,300. */
export function signatureCases(): readonly SignatureCase[] {
  const cases: SignatureCase[] = []
  const consent = utf8('consent')
  for (const publicKey of SMALL_ORDER)
    for (const r of SMALL_ORDER)
      for (const s of r === publicKey ? [0n, 1n, ORDER] : [0n])
        cases.push({ kind: 'small order', publicKey, message: consent, signature: concat(r, littleEndian(s)) })
  for (const point of SECOND_SPELLINGS) {
    const { publicKey, signature } = torsioned(0)
    for (const s of [0n, ORDER - 1n]) {
      cases.push({ kind: 'spelling', publicKey: point, message: consent, signature: concat(point, littleEndian(s)) })
      cases.push({
        kind: 'spelling',
        publicKey: point,
        message: consent,
        signature: concat(SMALL_ORDER[0] as Bytes, littleEndian(s)),
      })
      cases.push({ kind: 'spelling', publicKey, message: consent, signature: concat(point, signature.subarray(32)) })
    }
  }
  for (let i = 0; i < 56; i++) cases.push({ kind: 'torsion', ...torsioned(i) })
  for (let i = 0; i < 24; i++) {
    const keys = signingKeys(sha256(utf8(`signer ${i}`)))
    const message = utf8('x'.repeat(i * 7))
    const signature = signSync(keys.secretKey, message)
    const { publicKey } = keys
    cases.push({ kind: 'honest', publicKey, message, signature })
    cases.push({ kind: 'torsion', publicKey, message, signature: torsionInR(keys.secretKey, message, i) })
    for (let k = 1n; k < 16n; k++) {
      const raised = number(signature.subarray(32)) + k * ORDER
      if (raised >= 2n ** 256n) break
      cases.push({
        kind: 'S raised',
        publicKey,
        message,
        signature: concat(signature.subarray(0, 32), littleEndian(raised)),
      })
    }
    for (let bit = i; bit < 512; bit += 37) {
      const changed = Uint8Array.from(signature)
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
      cases.push({ kind: 'changed', publicKey, message, signature: changed })
    }
    const key = Uint8Array.from(publicKey)
    key[i] = (key[i] as number) ^ 1
    cases.push({ kind: 'changed', publicKey: key, message, signature })
  }
  for (const size of [0, 1, 31, 33, 63, 64, 65])
    cases.push({
      kind: 'changed',
      publicKey: new Uint8Array(size % 40),
      message: consent,
      signature: new Uint8Array(size),
    })
  return cases
}
