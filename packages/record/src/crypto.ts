/**
 * The only door to cryptography: hashes, Ed25519 signatures, XChaCha20-Poly1305, X25519. Keys and lengths are fixed here
 * (suite 0x01, protocol section 2.1), so that no caller chooses an algorithm. HPKE has its own door, `hpke.ts`.
 *
 * Verification follows ZIP-215 and nothing else. The platform's own Ed25519 is faster and accepts less; it is believed
 * only when it says yes, and every other answer is asked again of the reference rule. SPEC CRY-1 to CRY-4: CRY-1 signing,
 * CRY-2 the rule, CRY-3 the accelerator, CRY-4 the published vectors.
 */
import { concat, fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Random } from '@alongside/base/world.ts'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { equalBytes as equalInConstantTime } from '@noble/ciphers/utils.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { hkdf as nobleHkdf } from '@noble/hashes/hkdf.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'

export interface KeyPair {
  readonly secretKey: Bytes
  readonly publicKey: Bytes
}

/** Says whether `signature` (64 bytes) over `message` was made with the key behind `publicKey` (32 bytes). */
export type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>

const NO_SALT = new Uint8Array(32)

/** SHA-256, 32 bytes. */
export const sha256 = (message: Uint8Array): Bytes => nobleSha256(message)

/** HKDF-SHA-256 (RFC 5869): `size` bytes from a secret; no salt means 32 zero bytes, as the RFC has it. */
export function hkdf(secret: Uint8Array, info: Uint8Array, size = 32, salt: Uint8Array = NO_SALT): Bytes {
  return nobleHkdf(nobleSha256, secret, salt, info, size)
}

/** Whether two secrets are the same, in a time that depends on their length only. */
export const sameSecret = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && equalInConstantTime(a, b)

/** An Ed25519 pair from 32 secret bytes. */
export function signingKeys(seed: Uint8Array): KeyPair {
  return { secretKey: Uint8Array.from(seed), publicKey: ed25519.getPublicKey(seed) }
}

export const newSigningKeys = (random: Random): KeyPair => signingKeys(random.bytes(32))

/** Ed25519 signature, 64 bytes, by the reference implementation. */
export const signSync = (secretKey: Uint8Array, message: Uint8Array): Bytes => ed25519.sign(message, secretKey)

/** ZIP-215 verification by the reference implementation; never throws. */
export function verifySync(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: true })
  } catch {
    return false
  }
}

/**
 * Whether a signing key may enter a roster: its only spelling, not of small order, in the prime-order group. A key that
 * fails could sign one thing and be read as having signed another. Source: protocol section 2.1, SPEC PUB-2.
 */
export function isSafePublicKey(publicKey: Uint8Array): boolean {
  try {
    const point = ed25519.Point.fromBytes(publicKey, false)
    return !point.isSmallOrder() && point.isTorsionFree() && toHex(point.toBytes()) === toHex(publicKey)
  } catch {
    return false
  }
}

/** An X25519 pair from 32 secret bytes. */
export function kemKeys(seed: Uint8Array): KeyPair {
  return { secretKey: Uint8Array.from(seed), publicKey: x25519.getPublicKey(seed) }
}

export const newKemKeys = (random: Random): KeyPair => kemKeys(random.bytes(32))

const PROBE = Uint8Array.from({ length: 32 }, (_, i) => i + 1)
const FIELD = (1n << 255n) - 19n

/**
 * Whether a key may receive secrets: below the field's size and not of low order. A key that fails would make every later
 * rekey fail, and so lock a circle. Source: protocol section 2.9.
 */
export function isSafeKemKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false
  const number = BigInt(`0x${toHex(Uint8Array.from(publicKey).reverse())}`)
  if (number >= FIELD) return false
  try {
    x25519.getSharedSecret(PROBE, publicKey) // refuses a shared secret of zeros, which only low order gives
    return true
  } catch {
    return false
  }
}

/** XChaCha20-Poly1305 with a 24-byte nonce: ciphertext and 16-byte tag. */
export function aeadSeal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Bytes {
  return xchacha20poly1305(key, nonce, aad).encrypt(plaintext)
}

/** The plaintext, or null when the tag does not fit. */
export function aeadOpen(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Bytes | null {
  try {
    return xchacha20poly1305(key, nonce, aad).decrypt(ciphertext)
  } catch {
    return null
  }
}

/** Whether the platform's own functions take these bytes as they are; it copies them before it returns. */
const isPlain = (bytes: Uint8Array): bytes is Bytes => bytes.buffer instanceof ArrayBuffer
const plain = (bytes: Uint8Array): Bytes => (isPlain(bytes) ? bytes : Uint8Array.from(bytes))

const KEPT_KEYS = 512
const publicKeys = new Map<string, Promise<CryptoKey | null>>()
const secretKeys = new WeakMap<Uint8Array, Promise<CryptoKey | null>>()

function importPublic(publicKey: Uint8Array): Promise<CryptoKey | null> {
  const name = toHex(publicKey)
  const kept = publicKeys.get(name)
  if (kept !== undefined) return kept
  if (publicKeys.size >= KEPT_KEYS) publicKeys.clear()
  const made = importOrNull('raw', Uint8Array.from(publicKey), 'verify')
  publicKeys.set(name, made)
  return made
}

const PKCS8_ED25519 = fromHex('302e020100300506032b657004220420') as Bytes // RFC 8410 section 7, without the key

function importSecret(secretKey: Uint8Array): Promise<CryptoKey | null> {
  const kept = secretKeys.get(secretKey)
  if (kept !== undefined) return kept
  const made = importOrNull('pkcs8', concat(PKCS8_ED25519, secretKey), 'sign')
  secretKeys.set(secretKey, made)
  return made
}

async function importOrNull(format: 'raw' | 'pkcs8', key: Bytes, use: 'sign' | 'verify'): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey(format, key, 'Ed25519', false, [use])
  } catch {
    return null // an older platform, or a key it does not take
  }
}

/** What the platform's own Ed25519 says; false when it has none. Only its `true` means anything. */
export const platformVerify: Verify = async (publicKey, message, signature) => {
  const key = await importPublic(publicKey)
  if (key === null) return false
  try {
    return await crypto.subtle.verify('Ed25519', key, plain(signature), plain(message))
  } catch {
    return false
  }
}

/** ZIP-215 verification, with the platform as an accelerator that is believed only for `true`. */
export const verify: Verify = async (publicKey, message, signature) =>
  (await platformVerify(publicKey, message, signature)) || verifySync(publicKey, message, signature)

/** Ed25519 signature, 64 bytes, by the platform where it can and by the reference implementation where it cannot. */
export async function sign(secretKey: Uint8Array, message: Uint8Array): Promise<Bytes> {
  const key = await importSecret(secretKey)
  if (key !== null) {
    try {
      return new Uint8Array(await crypto.subtle.sign('Ed25519', key, plain(message)))
    } catch {
      // fall through to the reference implementation
    }
  }
  return signSync(secretKey, message)
}
