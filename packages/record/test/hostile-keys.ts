/**
 * Keys and signatures that break schemes which do not look: points of small order, keys with a torsion part, spellings
 * that are not the only one, and signatures that fit any message. For tests.
 */
import { concat, fromHex, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { sha256 } from '../src/crypto.ts'

const h = (text: string): Bytes => fromHex(text) as Bytes

/** The order of the group that Ed25519 signs in. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

/** A number below 2^256 as 32 bytes, the lowest first. */
const littleEndian = (value: bigint): Bytes => (fromHex(value.toString(16).padStart(64, '0')) as Bytes).reverse()

/** The 14 spellings of the eight points of small order, canonical or not (ZIP-215's own list). */
export const SMALL_ORDER: readonly Bytes[] = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
].map(h)

/** Fits every message under every key of small order: `R` of small order, `S = 0`. */
export const SIGNS_ANYTHING: Bytes = concat(SMALL_ORDER[0] as Bytes, new Uint8Array(32))

export interface Signed {
  readonly publicKey: Bytes
  readonly message: Bytes
  readonly signature: Bytes
}

/** A signature by a key that has a torsion component: `A = aB + torsion`, and for even `i` also `R = rB + torsion`. */
export function torsioned(i: number, message: Bytes = utf8(`consent ${i}`)): Signed {
  const torsion = ed25519.Point.fromBytes(SMALL_ORDER[i % 14] as Bytes, true)
  const a = BigInt(`0x${toHex(sha256(utf8(`a${i}`)))}`) % ORDER
  const r = BigInt(`0x${toHex(sha256(utf8(`r${i}`)))}`) % ORDER
  const publicKey = ed25519.Point.BASE.multiply(a).add(torsion).toBytes() as Bytes
  const bigR = ed25519.Point.BASE.multiply(r)
    .add(i % 2 === 0 ? torsion : ed25519.Point.ZERO)
    .toBytes() as Bytes
  const digest = BigInt(`0x${toHex(Uint8Array.from(sha512(concat(bigR, publicKey, message))).reverse())}`) % ORDER
  return { publicKey, message, signature: concat(bigR, littleEndian((r + digest * a) % ORDER)) }
}

/** The same signature with `S + L` for `S`: another spelling that a careless verifier accepts. */
export function malleated(signature: Bytes): Bytes {
  const s = BigInt(`0x${toHex(Uint8Array.from(signature.subarray(32)).reverse())}`)
  return concat(signature.subarray(0, 32), littleEndian(s + ORDER))
}

/** X25519 keys that give everybody the same shared secret, and spellings that are not below the field's size. */
export const LOW_ORDER_KEM: readonly Bytes[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].map(h)
