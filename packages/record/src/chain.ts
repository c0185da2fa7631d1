/**
 * The hash chain of a box: what the relay stored, in which order, as one hash. Anybody with the envelopes can compute it,
 * with no key. Positions count from 1; position 0 is the empty box.
 * Source: protocol section 2.6, SPEC CHN-1.
 */
import { u64, type Bytes } from '@alongside/base/bytes.ts'
import { T } from '@alongside/base/label.ts'
import { sha256 } from './crypto.ts'

/** The hash of an envelope's bytes, 32 bytes. */
export const envelopeHash = (envelope: Uint8Array): Bytes => sha256(T('env-hash', envelope))

/** The head of an empty box, 32 bytes; `boxId` is 16 bytes. */
export const chainStart = (boxId: Uint8Array): Bytes => sha256(T('chain0', boxId))

/** The head after the envelope at `position` (1 for the first) is added to a box whose head was `head`. */
export const chainNext = (head: Uint8Array, position: number, hash: Uint8Array): Bytes =>
  sha256(T('chain', head, u64(position), hash))
