/**
 * The relay's own Ed25519 key, with which it signs receipts, and the check of everybody else's signatures, both by the
 * platform. A capability signature decides nothing in the record, so the platform's acceptance rule is enough here.
 */
import { createPrivateKey, createPublicKey, hash as platformHash, sign, verify, type KeyObject } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { concat, fromHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Random } from '@alongside/base/world.ts'
import type { Sha256 } from '@alongside/wire/chain.ts'

/** SHA-256 by the platform. */
export const sha256: Sha256 = (bytes) => {
  const digest = platformHash('sha256', bytes, 'buffer')
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length)
}

// RFC 8410: the fixed bytes before a raw Ed25519 key in PKCS #8 and in SubjectPublicKeyInfo.
const PKCS8 = fromHex('302e020100300506032b657004220420') as Bytes
const SPKI = fromHex('302a300506032b6570032100') as Bytes

export interface RelayKey {
  /** 32 bytes. */
  readonly publicKey: Bytes
  /** Ed25519, 64 bytes. Deterministic, so the receipt for one position is always the same bytes. */
  sign(message: Uint8Array): Bytes
  /** The same signature, made beside the thread that asks. */
  signAside(message: Uint8Array): Promise<Bytes>
  /** Resolves once all that is being signed aside has been handed out. */
  signedAll(): Promise<void>
}

/** A key from its 32-byte seed. */
export function createRelayKey(seed: Uint8Array): RelayKey {
  const key: KeyObject = createPrivateKey({ key: Buffer.from(concat(PKCS8, seed)), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  let signing = 0
  const waiting: (() => void)[] = []
  return {
    publicKey: new Uint8Array(spki.subarray(SPKI.length)),
    sign: (message) => new Uint8Array(sign(null, message, key)),
    signAside: (message) =>
      new Promise((resolve, reject) => {
        signing += 1
        sign(null, message, key, (error, signature) => {
          if (error === null) resolve(new Uint8Array(signature))
          else reject(error)
          signing -= 1
          if (signing === 0) for (const wake of waiting.splice(0)) wake()
        })
      }),
    signedAll: () => (signing === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}

/** Reads the relay's key from a file, or makes one. The file holds the seed and only its owner may read it. */
export function openRelayKey(path: string, random: Random): RelayKey {
  if (!existsSync(path)) writeFileSync(path, random.bytes(32), { mode: 0o600, flag: 'wx', flush: true })
  chmodSync(path, 0o600)
  const seed = readFileSync(path)
  if (seed.length !== 32) throw new Error('the relay key file is damaged: it must have 32 bytes')
  return createRelayKey(seed)
}

/** Whether `signature` is a signature of `message` by `publicKey` (32 raw bytes). Bad keys are false, never a throw. */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(concat(SPKI, publicKey)), format: 'der', type: 'spki' })
    return verify(null, message, key, signature)
  } catch {
    return false
  }
}
