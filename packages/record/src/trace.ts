/**
 * The way back through the epochs. A newcomer holds the secret of the newest epoch and of the one just ended; each rekey,
 * sealed under the epoch it ends, holds the secret of the epoch before that. Step by step this gives them all.
 * (SPEC REK-9). What is found here is a candidate: the fold checks each against the commitments in the record.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { decodeEntry, type EntryBody } from './entry.ts'
import { envelopeEpoch, openEnvelope } from './envelope.ts'
import { epochKeys } from './epoch.ts'
import { decodeRekey } from './rekey.ts'

/**
 * All secrets that can be reached from `known` (by epoch) going back over `envelopes`, the whole box in order.
 * `rekeyBody` says which entries are rekeys and gives their encoded body; null for all others.
 */
export function traceSecrets(
  circleId: Bytes,
  known: ReadonlyMap<number, Bytes>,
  envelopes: readonly Uint8Array[],
  rekeyBody: (entry: EntryBody) => Bytes | null,
): ReadonlyMap<number, Bytes> {
  const secrets = new Map(known)
  const byEpoch = new Map<number | null, Uint8Array[]>()
  for (const envelope of envelopes) {
    const epoch = envelopeEpoch(envelope)
    const others = byEpoch.get(epoch)
    if (others === undefined) byEpoch.set(epoch, [envelope])
    else others.push(envelope)
  }
  for (let epoch = Math.min(...known.keys()); epoch > 0; epoch--) {
    const secret = secrets.get(epoch)
    if (secret === undefined) break
    const found = previousSecret(circleId, epoch, secret, byEpoch, rekeyBody)
    if (found === null) break
    secrets.set(epoch - 1, found)
  }
  return secrets
}

function previousSecret(
  circleId: Bytes,
  epoch: number,
  secret: Bytes,
  byEpoch: ReadonlyMap<number | null, readonly Uint8Array[]>,
  rekeyBody: (entry: EntryBody) => Bytes | null,
): Bytes | null {
  const keys = epochKeys(circleId, epoch, secret)
  for (const envelope of (byEpoch.get(epoch) ?? []).toReversed()) {
    const opened = openEnvelope(keys, envelope)
    const entry = opened.ok ? decodeEntry(opened.value) : null
    const body = entry?.ok === true ? rekeyBody(entry.value.body) : null
    const rekey = body === null ? null : decodeRekey(body)
    const candidate = rekey?.ok === true && rekey.value.fromEpoch === epoch ? rekey.value.history : null
    if (candidate !== null && opensSomething(circleId, epoch - 1, candidate, byEpoch)) return candidate
  }
  return null
}

function opensSomething(
  circleId: Bytes,
  epoch: number,
  secret: Bytes,
  byEpoch: ReadonlyMap<number | null, readonly Uint8Array[]>,
): boolean {
  const keys = epochKeys(circleId, epoch, secret)
  return (byEpoch.get(epoch) ?? []).some((envelope) => openEnvelope(keys, envelope).ok)
}
