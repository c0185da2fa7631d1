/**
 * Reading envelopes for the fold: here, one by one, or ahead of their turn in another thread. Either way a reading says with
 * which keys it was opened and under which key its signature was asked, so that the fold can tell whether it still counts
 * when its turn has come. SPEC FLD-1: neither where nor how early something was read makes a difference.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Result } from '@alongside/base/result.ts'
import { envelopeHash } from './chain.ts'
import { jobOf, looks, type Checked, type CheckJob } from './check.ts'
import type { Verify } from './crypto.ts'
import { isSigned, type SignedEntry } from './entry.ts'
import { envelopeEpoch } from './envelope.ts'
import type { EpochKeys } from './epoch.ts'
import { openEntry, type Unread } from './open-entry.ts'

export interface Read {
  readonly hash: Bytes
  readonly epoch: number | null
  /** What it was opened with; null while the epoch's secret is not known, and once the replica has stopped. */
  readonly keys: EpochKeys | null
  readonly entry: Result<SignedEntry, Unread> | null
  /** The signature's check under the key `by`, begun early. */
  readonly signed: { readonly by: Bytes; readonly right: boolean | Promise<boolean> } | null
}

/** Looks at envelopes in another thread; null when it cannot. It may know less than is known here, never something else. */
export type CheckElsewhere = (job: CheckJob) => Promise<Checked | null>

/** What the fold knows now. */
export interface Known {
  keysToRead(epoch: number | null): EpochKeys | null
  /** The key of a device as the circle has it, or null. */
  signer(device: Id): Bytes | null
  /** Devices that have written so far. */
  devices(): Iterable<Id>
  /** Whether what comes later can be read before what comes first was judged. */
  canReadAhead(): boolean
}

/** Envelopes in the relay's order, some at a time. */
export type Pieces = Iterable<readonly Uint8Array[]> | AsyncIterable<readonly Uint8Array[]>

/** How many envelopes are read side by side. */
const BATCH = 64
/** How many while nothing can be read ahead: until the circle is founded nobody's key is known. */
const FIRST = 8
/** How many batches are on their way elsewhere at a time. */
const AHEAD = 6

/** Opens an envelope here, and begins to check its signature. */
export function readHere(envelope: Uint8Array, known: Known, verify: Verify): Read {
  const hash = envelopeHash(envelope)
  const epoch = envelopeEpoch(envelope)
  const keys = known.keysToRead(epoch)
  const entry = keys === null ? null : openEntry(keys, envelope)
  return withCheck({ hash, epoch, keys, entry, signed: null }, known, verify)
}

/** The same with its signature's check begun, where that was not and its device is known. */
function withCheck(read: Read, known: Known, verify: Verify): Read {
  if (read.signed !== null || read.entry?.ok !== true) return read
  const by = known.signer(read.entry.value.body.deviceId)
  return by === null ? read : { ...read, signed: { by, right: isSigned(read.entry.value, by, verify) } }
}

/** Sends envelopes to be read elsewhere, with the keys and signers known now; null when that cannot be done. */
async function readElsewhere(
  envelopes: readonly Uint8Array[],
  known: Known,
  check: CheckElsewhere,
): Promise<readonly Read[] | null> {
  const epochs = envelopes.map(envelopeEpoch)
  const keys = new Map([...new Set(epochs)].map((epoch) => [epoch, known.keysToRead(epoch)]))
  const signers = new Map<Id, Bytes>()
  for (const device of known.devices()) {
    const key = known.signer(device)
    if (key !== null) signers.set(device, key)
  }
  const sent = [...keys.values()].filter((one) => one !== null)
  const checked = await check(jobOf(envelopes, sent, [...signers]))
  if (checked === null) return null
  return looks(checked).map((look, i): Read => {
    const epoch = epochs[i] ?? null
    const opened = keys.get(epoch) ?? null
    if (opened === null) return { hash: look.hash, epoch, keys: null, entry: null, signed: null }
    const by = look.entry.ok ? signers.get(look.entry.value.body.deviceId) : undefined
    const signed = by === undefined || look.isSigned === null ? null : { by, right: look.isSigned }
    return { hash: look.hash, epoch, keys: opened, entry: look.entry, signed }
  })
}

async function* batchesOf(pieces: Pieces, known: Known) {
  for await (const piece of pieces)
    for (let at = 0; at < piece.length; ) {
      const batch = piece.slice(at, at + (known.canReadAhead() ? BATCH : FIRST))
      at += batch.length
      yield batch
    }
}

/**
 * Readings of batch after batch, in order. Where there is an elsewhere, those that come next are already under way there
 * while one is judged; what could not be read there, or not checked, is read here when its turn has come.
 */
export async function* readings(pieces: Pieces, known: Known, verify: Verify, check: CheckElsewhere | null) {
  const source = batchesOf(pieces, known)
  const coming: { readonly batch: readonly Uint8Array[]; readonly reads: Promise<readonly Read[] | null> | null }[] = []
  for (let isOver = false; ; ) {
    const isAhead = check !== null && known.canReadAhead()
    while (!isOver && coming.length < (isAhead ? AHEAD : 1)) {
      const { value: batch, done } = await source.next()
      if (done === true) isOver = true
      else {
        // the few that are left over are read sooner than another thread begins
        const isElsewhere = isAhead && batch.length === BATCH
        coming.push({ batch, reads: isElsewhere ? readElsewhere(batch, known, check) : null })
      }
    }
    const next = coming.shift()
    if (next === undefined) return
    const reads = (await next.reads) ?? next.batch.map((envelope) => readHere(envelope, known, verify))
    yield { batch: next.batch, reads: reads.map((one) => withCheck(one, known, verify)) }
  }
}
