/**
 * A sealed box under a secret both sides hold: a fresh key for each box, and a commitment to that key, because
 * XChaCha20-Poly1305 alone lets one ciphertext open under two keys (SPEC ENV-5).
 * Source: protocol section 2.6.
 *
 * | offset | size | field |
 * |---|---|---|
 * | 0 | 24 | salt, random; also the nonce |
 * | 24 | 32 | key commitment |
 * | 56 | n + 16 | ciphertext and tag |
 *
 * `okm = HKDF(secret, salt, info, 64)`: the first half is the key, the second the commitment, compared first. The caller's
 * `info` is a `T(...)` that names the purpose and everything the box is tied to.
 */
import { concat, type Bytes } from '@alongside/base/bytes.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { aeadOpen, aeadSeal, hkdf, sameSecret } from './crypto.ts'

export const SALT_SIZE = 24
/** Salt, commitment and tag. */
export const BOX_OVERHEAD = SALT_SIZE + 32 + 16

export type BoxError = { readonly type: 'TooShort' } | { readonly type: 'WrongKey' } | { readonly type: 'Altered' }

/** Seals `plaintext`; `salt` must be 24 bytes that were never used with this secret before. */
export function sealBox(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, plaintext: Uint8Array): Bytes {
  const okm = hkdf(secret, info, 64, salt)
  const commitment = okm.subarray(32)
  return concat(salt, commitment, aeadSeal(okm.subarray(0, 32), salt, T('aad', info, commitment), plaintext))
}

/** Opens a box: `WrongKey` when the commitment does not fit, `Altered` when the tag does not. */
export function openBox(secret: Uint8Array, info: Uint8Array, box: Uint8Array): Result<Bytes, BoxError> {
  if (box.length < BOX_OVERHEAD) return err({ type: 'TooShort' })
  const salt = box.subarray(0, SALT_SIZE)
  const commitment = box.subarray(SALT_SIZE, SALT_SIZE + 32)
  const okm = hkdf(secret, info, 64, salt)
  if (!sameSecret(okm.subarray(32), commitment)) return err({ type: 'WrongKey' })
  const plaintext = aeadOpen(okm.subarray(0, 32), salt, T('aad', info, commitment), box.subarray(SALT_SIZE + 32))
  return plaintext === null ? err({ type: 'Altered' }) : ok(plaintext)
}
