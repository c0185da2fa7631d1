/**
 * The box's hash chain, which device and relay both compute: whoever holds (seq, H) can tell whether an entry was
 * dropped, swapped or slipped in. Source: protocol section 2.6.
 */
import { fromHex, u64, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { assert } from '@alongside/base/assert.ts'
import { T } from '@alongside/base/label.ts'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'

/** SHA-256 of bytes: 32 bytes. The relay passes its platform's, which is twice as fast. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

export const sha256: Sha256 = (bytes) => nobleSha256(bytes)

/** Where a chain stands after `seq` entries. */
export interface Head {
  readonly seq: number
  /** H of `seq`, 32 bytes. */
  readonly hash: Bytes
}

/** An identifier as its 16 bytes. A malformed one is a bug: identifiers are read by a codec at the edge. */
export function idBytes(id: Id): Bytes {
  const bytes = fromHex(id)
  assert(bytes !== null && bytes.length === 16, 'an identifier has 16 bytes')
  return bytes
}

/** `env_hash = SHA-256(T("env-hash", envelope))`, 32 bytes. */
export function envHash(envelope: Uint8Array, hash: Sha256 = sha256): Bytes {
  return hash(T('env-hash', envelope)) as Bytes
}

/** `H_0 = SHA-256(T("chain0", box_id))`, at seq 0. */
export function chainStart(boxId: Id, hash: Sha256 = sha256): Head {
  return { seq: 0, hash: hash(T('chain0', idBytes(boxId))) as Bytes }
}

/** `H_n = SHA-256(T("chain", H_{n-1}, u64(n), env_hash_n))`. */
export function chainNext(head: Head, envelopeHash: Uint8Array, hash: Sha256 = sha256): Head {
  const seq = head.seq + 1
  return { seq, hash: hash(T('chain', head.hash, u64(seq), envelopeHash)) as Bytes }
}
