/**
 * The way back through the epochs. A newcomer holds the secret of the newest epoch and of the one just ended; each rekey,
 * sealed under the epoch it ends, holds the secret of the epoch before that. Step by step this gives them all
 * (SPEC REK-9).
 *
 * Whoever was in an epoch can seal there what looks like a rekey and leads astray, and can lead back to the truth further
 * down. So every history found is only a candidate. The founding proves the first secret, because its hash is the circle's
 * id; from there the record is folded forward, and of the candidates those count that a right rekey commits to.
 */
import { equalBytes, toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Constitution } from './constitution.ts'
import { decodeEntry, type SignedEntry } from './entry.ts'
import { envelopeEpoch, openEnvelope } from './envelope.ts'
import { epochKeys } from './epoch.ts'
import { openFold } from './fold.ts'
import { circleIdOf } from './keys.ts'
import { decodeRekey } from './rekey.ts'

/** The box whose secrets are sought. `envelopes` are all it holds, in order. */
export interface Traced<S, R> {
  readonly law: Constitution<S, R>
  readonly circleId: Bytes
  readonly boxId: Id
  readonly envelopes: readonly Uint8Array[]
}

/**
 * All secrets that can be proved, going back from `known` (by epoch), with what was known. When the founding cannot be
 * reached, only what was known.
 */
export async function traceSecrets<S, R>(
  box: Traced<S, R>,
  known: ReadonlyMap<number, Bytes>,
): Promise<ReadonlyMap<number, Bytes>> {
  const byEpoch = sortedByEpoch(box.envelopes)
  const candidates = new Map([...known].map(([epoch, secret]) => [epoch, [secret]]))
  for (let epoch = Math.min(...known.keys()); epoch > 0; epoch--) {
    const from = candidates.get(epoch) ?? []
    const found = from.flatMap((secret) => histories(box, epoch, secret, byEpoch.get(epoch)))
    const unlike = new Map([...(candidates.get(epoch - 1) ?? []), ...found].map((secret) => [toHex(secret), secret]))
    if (unlike.size === 0) return known
    candidates.set(epoch - 1, [...unlike.values()])
  }
  const first = (candidates.get(0) ?? []).find((secret) => opensFounding(box.circleId, secret, byEpoch.get(0)))
  if (first === undefined) return known
  const { law, circleId, boxId } = box
  const fold = openFold({ law, circleId, boxId, secrets: new Map([[0, first]]), candidates, own: [] })
  await fold.push(box.envelopes)
  return new Map([...known, ...fold.secrets()])
}

function sortedByEpoch(envelopes: readonly Uint8Array[]): ReadonlyMap<number | null, readonly Uint8Array[]> {
  const byEpoch = new Map<number | null, Uint8Array[]>()
  for (const envelope of envelopes) {
    const epoch = envelopeEpoch(envelope)
    const others = byEpoch.get(epoch)
    if (others === undefined) byEpoch.set(epoch, [envelope])
    else others.push(envelope)
  }
  return byEpoch
}

function* entriesUnder(
  circleId: Bytes,
  epoch: number,
  secret: Bytes,
  envelopes: readonly Uint8Array[] = [],
): Generator<SignedEntry> {
  const keys = epochKeys(circleId, epoch, secret)
  for (const envelope of envelopes) {
    const opened = openEnvelope(keys, envelope)
    const entry = opened.ok ? decodeEntry(opened.value) : null
    if (entry?.ok === true) yield entry.value
  }
}

/** What entries of an epoch that have a rekey's shape say is the secret of the epoch before. */
function histories<S, R>(
  { law, circleId }: Traced<S, R>,
  epoch: number,
  secret: Bytes,
  envelopes: readonly Uint8Array[] | undefined,
): readonly Bytes[] {
  const found: Bytes[] = []
  for (const { body } of entriesUnder(circleId, epoch, secret, envelopes)) {
    const part = law.keyPart(law.initial, body)
    const rekey = part.type === 'rekey' ? decodeRekey(part.body) : null
    if (rekey?.ok === true && rekey.value.fromEpoch === epoch && rekey.value.history !== null)
      found.push(rekey.value.history)
  }
  return found
}

function opensFounding(circleId: Bytes, secret: Bytes, envelopes: readonly Uint8Array[] | undefined): boolean {
  for (const entry of entriesUnder(circleId, 0, secret, envelopes))
    if (equalBytes(circleIdOf(entry.bytes), circleId)) return true
  return false
}
