/**
 * How the body of a frame is written. Most are positional CBOR; what carries many entries has a fixed layout, because
 * that encodes five times faster. Decoding is total: any bytes give a value or a `FrameError`.
 */
import { concat, u64, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import type { Codec } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { isEnvelopeSize, LIVE_BYTES, MAX_ENVELOPES } from './limits.ts'

export type FrameError = { readonly type: 'BadFrame'; readonly why: 'kind' | 'encoding' | 'shape' | 'length' }

export const badFrame = (why: FrameError['why']) => err<FrameError>({ type: 'BadFrame', why })

export interface Body<T> {
  encode(value: T): Bytes
  decode(bytes: Bytes): Result<T, FrameError>
}

/** A body of one CBOR item. */
export function cborBody<T>(codec: Codec<T>): Body<T> {
  return {
    encode: (value) => encodeCbor(codec.encode(value)),
    decode(bytes) {
      const plain = decodeCbor(bytes)
      if (!plain.ok) return badFrame('encoding')
      const value = codec.decode(plain.value)
      return value.ok ? value : badFrame('shape')
    },
  }
}

/** Envelopes one after another, each as u16be(length) ‖ bytes; lengths are the eight an envelope can have. */
function encodeEnvelopes(envelopes: readonly Uint8Array[], before: number): Bytes {
  let size = before
  for (const envelope of envelopes) size += 2 + envelope.length
  const all = new Uint8Array(size)
  const view = new DataView(all.buffer)
  let at = before
  for (const envelope of envelopes) {
    view.setUint16(at, envelope.length)
    all.set(envelope, at + 2)
    at += 2 + envelope.length
  }
  return all
}

/** The envelopes are views into `bytes`, not copies. */
function decodeEnvelopes(bytes: Bytes, from: number): Result<readonly Bytes[], FrameError> {
  const envelopes: Bytes[] = []
  let at = from
  while (at < bytes.length) {
    if (at + 2 > bytes.length) return badFrame('length')
    const size = (bytes[at] as number) * 256 + (bytes[at + 1] as number)
    at += 2
    if (!isEnvelopeSize(size) || at + size > bytes.length || envelopes.length === MAX_ENVELOPES)
      return badFrame('length')
    envelopes.push(bytes.subarray(at, at + size))
    at += size
  }
  return envelopes.length === 0 ? badFrame('length') : ok(envelopes)
}

const readU64 = (bytes: Bytes, at: number): number | null => {
  const value = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigUint64(at)
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(value)
}

/** `append`: the envelopes and nothing else, 1 to 64 of them. */
export const appendBody: Body<{ readonly envelopes: readonly Bytes[] }> = {
  encode: ({ envelopes }) => encodeEnvelopes(envelopes, 0),
  decode(bytes) {
    const envelopes = decodeEnvelopes(bytes, 0)
    return envelopes.ok ? ok({ envelopes: envelopes.value }) : envelopes
  },
}

export interface Entries {
  /** Position of the first envelope; the others follow without a gap. */
  readonly firstSeq: number
  readonly envelopes: readonly Bytes[]
}

/** `entries` and `arrived`: u64be(first seq) ‖ envelopes. */
export const entriesBody: Body<Entries> = {
  encode({ firstSeq, envelopes }) {
    const all = encodeEnvelopes(envelopes, 8)
    all.set(u64(firstSeq))
    return all
  },
  decode(bytes) {
    if (bytes.length < 8) return badFrame('length')
    const firstSeq = readU64(bytes, 0)
    if (firstSeq === null) return badFrame('shape')
    const envelopes = decodeEnvelopes(bytes, 8)
    return envelopes.ok ? ok({ firstSeq, envelopes: envelopes.value }) : envelopes
  },
}

export interface Placed {
  /** Where each envelope stands, in the order sent; one that was sent before keeps its old place. */
  readonly seqs: readonly number[]
  /** H at the highest of `seqs`, 32 bytes. */
  readonly hash: Bytes
  /** The relay's Ed25519 signature over `receiptBytes` of that position, 64 bytes. */
  readonly receipt: Bytes
}

/** `appended` and `rekeyed`: H (32) ‖ receipt (64) ‖ u64be for each envelope. */
export const placedBody: Body<Placed> = {
  encode: ({ seqs, hash, receipt }) => concat(hash, receipt, ...seqs.map(u64)),
  decode(bytes) {
    const count = (bytes.length - 96) / 8
    if (!Number.isInteger(count) || count < 1 || count > MAX_ENVELOPES) return badFrame('length')
    const seqs: number[] = []
    for (let i = 0; i < count; i++) {
      const seq = readU64(bytes, 96 + i * 8)
      if (seq === null) return badFrame('shape')
      seqs.push(seq)
    }
    return ok({ seqs, hash: bytes.slice(0, 32), receipt: bytes.slice(32, 96) })
  },
}

/** `live`: exactly 4,096 bytes as they are. */
export const liveBody: Body<{ readonly bytes: Bytes }> = {
  encode: ({ bytes }) => bytes,
  decode: (bytes) => (bytes.length === LIVE_BYTES ? ok({ bytes }) : badFrame('length')),
}
