/**
 * An entry: one signed statement of one device in one circle's record. Source: protocol section 2.5.
 *
 * Body, a CBOR array of 11: `[v = 1, rules, circle_id(32), type, device_id(16), ctr, prev(32), seen_seq, seen_head(32), t,
 * payload]`. Signed form, which is what an envelope holds: `[body(bytes), signature(64)]`. The signature is over
 * `T("event", body)`, over the bytes as they came; nothing is encoded again to check it. SPEC ENT-1 (layout), ENT-2
 * (signature), ENT-3 (name), ENT-4 (what is refused), ENT-5 (time).
 */
import { fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor, type CborError } from '@alongside/base/cbor.ts'
import { bytes, bytesUpTo, id, record, uint, type CodecError, type Id, type Of } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { sha256, sign, type Verify } from './crypto.ts'
import { MAX_ENTRY_SIZE } from './envelope.ts'

/** Version of the entry's layout. */
const ENTRY_VERSION = 1
/** Types from here on may be unknown to a replica without harm; it keeps them and goes on. */
export const FIRST_OPTIONAL_TYPE = 256

export const ZERO_HASH: Bytes = new Uint8Array(32)

const u32Max = 0xffff_ffff

const bodyCodec = record({
  v: uint(255),
  /** Version of the rules the author wrote under. */
  rules: uint(u32Max),
  /** 32 bytes; zeros in the founding entry. */
  circleId: bytes(32),
  type: uint(u32Max),
  deviceId: id,
  /** 1 for a device's first entry, then one more each time. */
  ctr: uint(),
  /** `hash` of the device's entry before this one; zeros for the first. */
  prev: bytes(32),
  /** The position up to which the author had seen the box, and its head there. */
  seenSeq: uint(),
  seenHead: bytes(32),
  /** Minutes since 2020-01-01 UTC by the author's clock. For display only. */
  t: uint(u32Max),
  payload: bytesUpTo(MAX_ENTRY_SIZE),
})

const signedCodec = record({ body: bytesUpTo(MAX_ENTRY_SIZE), signature: bytes(64) })

export type EntryBody = Omit<Of<typeof bodyCodec>, 'v'>

/** An entry with its bytes. `decodeEntry` proves the shape, not the signature: ask `isSigned`. */
export interface SignedEntry {
  /** The signed form. */
  readonly bytes: Bytes
  readonly bodyBytes: Bytes
  readonly signature: Bytes
  readonly body: EntryBody
  /** SHA-256(T("event-id", body, signature)); what `prev` points to. */
  readonly hash: Bytes
  /** The first 16 bytes of `hash`: the entry's name in state and in other entries. */
  readonly id: Id
}

export type EntryError = CborError | CodecError | { readonly type: 'UnknownEntryVersion'; readonly version: number }

/** Signs a body with the device's key. */
export async function signEntry(body: EntryBody, deviceSecretKey: Uint8Array): Promise<SignedEntry> {
  const bodyBytes = encodeCbor(bodyCodec.encode({ v: ENTRY_VERSION, ...body }))
  const signature = await sign(deviceSecretKey, T('event', bodyBytes))
  return assemble(encodeCbor(signedCodec.encode({ body: bodyBytes, signature })), bodyBytes, signature, body)
}

/** Reads the signed form. Any bytes give an entry or an error, never a throw. */
export function decodeEntry(wire: Bytes): Result<SignedEntry, EntryError> {
  const outer = decodeCbor(wire)
  if (!outer.ok) return outer
  const signed = signedCodec.decode(outer.value)
  if (!signed.ok) return signed
  const inner = decodeCbor(signed.value.body)
  if (!inner.ok) return inner
  const body = bodyCodec.decode(inner.value)
  if (!body.ok) return body
  const { v, ...rest } = body.value
  if (v !== ENTRY_VERSION) return err({ type: 'UnknownEntryVersion', version: v })
  return ok(assemble(wire, signed.value.body, signed.value.signature, rest))
}

function assemble(wire: Bytes, bodyBytes: Bytes, signature: Bytes, body: EntryBody): SignedEntry {
  const hash = sha256(T('event-id', bodyBytes, signature))
  return { bytes: wire, bodyBytes, signature, body, hash, id: toHex(hash.subarray(0, 16)) }
}

/** Whether the device behind `devicePublicKey` signed this entry. */
export const isSigned = (entry: SignedEntry, devicePublicKey: Uint8Array, verify: Verify): Promise<boolean> =>
  verify(devicePublicKey, T('event', entry.bodyBytes), entry.signature)

const START_OF_2020 = Date.UTC(2020, 0, 1)

/** Milliseconds since 1970 to the minutes an entry carries; times before 2020 become 0. */
export const toMinutes = (milliseconds: number): number =>
  Math.min(u32Max, Math.max(0, Math.floor((milliseconds - START_OF_2020) / 60_000)))

/** An entry's minutes to milliseconds since 1970. */
export const fromMinutes = (minutes: number): number => START_OF_2020 + minutes * 60_000

/** The 16 bytes behind an id. */
export const idBytes = (name: Id): Bytes => fromHex(name) ?? new Uint8Array()
