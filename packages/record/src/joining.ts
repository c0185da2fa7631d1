/**
 * The newcomer's yes. Before meeting they committed to a random nonce in their page; in their acceptance they open it and
 * sign it with the identity key that was let in, for this circle and this place. Source: protocol section 2.8.
 */
import { equalBytes, fromHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { sha256, signSync, verifySync } from './crypto.ts'
import { idBytes } from './entry.ts'

/** The commitment to a nonce (32 bytes) for one place, 32 bytes. */
export const nonceCommitment = (place: Id, nonce: Uint8Array): Bytes => sha256(T('nonce-commit', idBytes(place), nonce))

const message = (circleId: Uint8Array, place: Id, nonce: Uint8Array): Bytes =>
  T('accept', circleId, idBytes(place), nonce)

/** The newcomer's signature on their acceptance, 64 bytes. */
export const signAcceptance = (
  identitySecretKey: Uint8Array,
  circleId: Uint8Array,
  place: Id,
  nonce: Uint8Array,
): Bytes => signSync(identitySecretKey, message(circleId, place, nonce))

export interface Acceptance {
  /** Identity key that was let in, the place, and the commitment made there. */
  readonly identity: string
  readonly place: Id
  readonly commitment: string
  readonly nonce: string
  readonly proof: string
}

/** Whether an acceptance opens the commitment and is signed by the identity that was let in. */
export function isAcceptanceRight(circleId: Uint8Array, acceptance: Acceptance): boolean {
  const [identity, commitment, nonce, proof] = [
    acceptance.identity,
    acceptance.commitment,
    acceptance.nonce,
    acceptance.proof,
  ].map((text) => fromHex(text) ?? new Uint8Array()) as [Bytes, Bytes, Bytes, Bytes]
  return (
    equalBytes(nonceCommitment(acceptance.place, nonce), commitment) &&
    verifySync(identity, message(circleId, acceptance.place, nonce), proof)
  )
}
