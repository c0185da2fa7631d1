/**
 * What can be known of an envelope ahead of its turn, in whatever thread: its hash, whether it opens and holds an entry, and
 * whether the entry is signed by the key that its device has so far. It decides nothing. The fold takes a check for what it
 * is: an answer about these bytes, these keys and this signer, and asks again where any of them turned out to be another.
 *
 * Jobs and answers are plain arrays in few pieces of memory, so that they cross to another thread without being copied.
 */
import { concat, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { envelopeHash } from './chain.ts'
import type { Verify } from './crypto.ts'
import { isSigned, type SignedEntry } from './entry.ts'
import { envelopeEpoch, type EnvelopeKeys } from './envelope.ts'
import { knownEntry } from './known-entry.ts'
import { openEntry, type Unread } from './open-entry.ts'

/** Envelopes to look at, with the keys and signers known when they were sent. */
export interface CheckJob {
  /** One envelope after another, and the size of each. */
  readonly envelopes: Bytes
  readonly sizes: Uint32Array<ArrayBuffer>
  readonly keys: readonly EnvelopeKeys[]
  readonly signers: readonly (readonly [Id, Bytes])[]
}

/** What was found, for each envelope in turn. */
export interface Checked {
  /** Hashes of the envelopes, 32 bytes each. */
  readonly hashes: Bytes
  /** 0 for an entry, else why there is none: its place in `UNREAD`, counted from 1. */
  readonly found: Uint8Array<ArrayBuffer>
  /** 0 not asked, 1 signed by its device's key as it was sent, 2 not. */
  readonly signed: Uint8Array<ArrayBuffer>
  /** The entries that were found, one after another; the size of each, 0 where there is none; and their hashes. */
  readonly entries: Bytes
  readonly entrySizes: Uint32Array<ArrayBuffer>
  readonly entryHashes: Bytes
}

/** One envelope's part of a `Checked`. */
export interface Look {
  readonly hash: Bytes
  readonly entry: Result<SignedEntry, Unread>
  /** Null when the signature was not asked. */
  readonly isSigned: boolean | null
}

const UNREAD: readonly Unread[] = [
  { type: 'NotAnEnvelope' },
  { type: 'CannotOpen', why: 'WrongKey' },
  { type: 'CannotOpen', why: 'Altered' },
  { type: 'CannotOpen', why: 'BadPadding' },
  { type: 'NotAnEntry' },
]
const HASH = 32
const NOT_ASKED = Promise.resolve(0)

const indexOf = (error: Unread): number =>
  UNREAD.findIndex(
    (one) => one.type === error.type && (one.type !== 'CannotOpen' || one.why === (error as typeof one).why),
  ) + 1

/** A job for these envelopes. */
export function jobOf(
  envelopes: readonly Uint8Array[],
  keys: readonly EnvelopeKeys[],
  signers: readonly (readonly [Id, Bytes])[],
): CheckJob {
  const sizes = Uint32Array.from(envelopes, (one) => one.length)
  const only = keys.map(({ circleId, epoch, envelope }) => ({ circleId, epoch, envelope }))
  return { envelopes: concat(...envelopes), sizes, keys: only, signers }
}

/** Looks at every envelope of a job. Signatures are asked side by side. Never throws, whatever the envelopes hold. */
export async function check({ envelopes, sizes, keys, signers }: CheckJob, verify: Verify): Promise<Checked> {
  const byEpoch = new Map(keys.map((one) => [one.epoch, one]))
  const byDevice = new Map(signers)
  const count = sizes.length
  const hashes = new Uint8Array(count * HASH)
  const found = new Uint8Array(count)
  const entrySizes = new Uint32Array(count)
  const entryHashes = new Uint8Array(count * HASH)
  const entries: Bytes[] = []
  const asked: Promise<number>[] = []
  let at = 0
  for (const [i, size] of sizes.entries()) {
    const envelope = envelopes.subarray(at, (at += size))
    hashes.set(envelopeHash(envelope), i * HASH)
    const known = byEpoch.get(envelopeEpoch(envelope) ?? -1)
    const entry: Result<SignedEntry, Unread> =
      known === undefined ? err({ type: 'NotAnEnvelope' }) : openEntry(known, envelope)
    if (!entry.ok) {
      found[i] = indexOf(entry.error)
      asked.push(NOT_ASKED)
      continue
    }
    entries.push(entry.value.bytes)
    entrySizes[i] = entry.value.bytes.length
    entryHashes.set(entry.value.hash, i * HASH)
    const signer = byDevice.get(entry.value.body.deviceId)
    asked.push(
      signer === undefined ? NOT_ASKED : isSigned(entry.value, signer, verify).then((right) => (right ? 1 : 2)),
    )
  }
  const signed = Uint8Array.from(await Promise.all(asked))
  return { hashes, found, signed, entries: concat(...entries), entrySizes, entryHashes }
}

/** The parts of an answer, one for each envelope of its job. */
export function looks({ hashes, found, signed, entries, entrySizes, entryHashes }: Checked): readonly Look[] {
  const all: Look[] = []
  let at = 0
  for (const [i, size] of entrySizes.entries()) {
    const part = (from: Bytes): Bytes => from.subarray(i * HASH, (i + 1) * HASH)
    const why = UNREAD[(found[i] ?? 1) - 1]
    const entry = why === undefined ? ok(knownEntry(entries.subarray(at, at + size), part(entryHashes))) : err(why)
    at += size
    all.push({ hash: part(hashes), entry, isSigned: signed[i] === 0 ? null : signed[i] === 1 })
  }
  return all
}
