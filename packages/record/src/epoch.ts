/**
 * What one epoch's secret (32 random bytes) gives: a key for each purpose, a public commitment, and the capability pair
 * that the relay knows the box's members by. Source: protocol section 2.3, SPEC PUB-5.
 *
 * The commitment does not name the circle, because the first one stands inside the entry whose hash is the circle's name.
 */
import { u32, type Bytes } from '@alongside/base/bytes.ts'
import { T } from '@alongside/base/label.ts'
import { hkdf, signingKeys, type KeyPair } from './crypto.ts'

/** The keys of one epoch of one circle. */
export interface EpochKeys {
  readonly circleId: Bytes
  readonly epoch: number
  readonly secret: Bytes
  /** Seals envelopes. */
  readonly envelope: Bytes
  /** Seals live frames. */
  readonly live: Bytes
  /** Seals and names drafts. */
  readonly draft: Bytes
}

export const SECRET_SIZE = 32

/** Derives the keys of an epoch from its secret. */
export function epochKeys(circleId: Bytes, epoch: number, secret: Bytes): EpochKeys {
  const number = u32(epoch)
  return {
    circleId,
    epoch,
    secret,
    envelope: hkdf(secret, T('k/env', circleId, number)),
    live: hkdf(secret, T('k/live', circleId, number)),
    draft: hkdf(secret, T('k/draft', circleId, number)),
  }
}

/** The public commitment to an epoch's secret, 32 bytes; it stands signed in the founding entry or the rekey. */
export const epochCommitment = (epoch: number, secret: Uint8Array): Bytes => hkdf(secret, T('k/commit', u32(epoch)))

/** The pair with which a holder of `secret` shows the relay that they may use the box. Never an author's key. */
export const capabilityKeys = (circleId: Uint8Array, secret: Uint8Array, capIndex: number): KeyPair =>
  signingKeys(hkdf(secret, T('k/cap', circleId, u32(capIndex))))
