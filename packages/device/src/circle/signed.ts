/**
 * What the relay signed about a circle's box, as it lies in the store: the furthest head that fits this device's record, and
 * the first two that contradict each other. Enough to prove to anybody, without a key, that a relay told two stories.
 * Source: protocol section 2.17.
 */
import { ok, type Result } from '@alongside/base/result.ts'
import { envHash } from '@alongside/wire/chain.ts'
import type { StoreError } from '../store/port.ts'
import type { SealedStore, SealedWrite } from '../store/sealed.ts'
import type { Equivocation } from '../sync/equivocation.ts'
import type { Contradiction, SignedHead } from '../sync/talk.ts'
import type { Held } from './held.ts'
import { CONTRADICTION, contradictionRow, signedArea, WITNESS, witnessRow } from './rows.ts'

/** Reads both; null where there is none. */
export async function readSigned(
  store: SealedStore,
  circle: string,
): Promise<Result<{ witness: SignedHead | null; contradiction: Contradiction | null }, StoreError>> {
  const rows = await store.list(signedArea(circle))
  if (!rows.ok) return rows
  let witness: SignedHead | null = null
  let contradiction: Contradiction | null = null
  for (const { name, value } of rows.value) {
    if (name === WITNESS) {
      const row = witnessRow.read(value)
      if (!row.ok) return row
      witness = row.value
    } else if (name === CONTRADICTION) {
      const row = contradictionRow.read(value)
      if (!row.ok) return row
      contradiction = row.value
    }
  }
  return ok({ witness, contradiction })
}

export const contradictionWrite = (circle: string, found: Contradiction): SealedWrite => ({
  area: signedArea(circle),
  name: CONTRADICTION,
  value: contradictionRow.write(found),
})

/** The proof that can be shown to others, or null when the relay has not contradicted itself. */
export async function proofIn(held: Held): Promise<Result<Equivocation | null, StoreError>> {
  const { contradiction, meta, fold, log, unsaved } = held
  if (contradiction === null || meta.relayPk === null) return ok(null)
  const { one, other } = contradiction
  const proof = { ...contradiction, boxId: meta.box, relayPk: meta.relayPk }
  if (one.seq === other.seq) return ok({ ...proof, before: one.hash, hashes: [] })
  const before = fold.headAt(other.seq)
  if (before === null) return ok(null)
  const after = await log.from(other.seq + 1)
  if (!after.ok) return after
  const envelopes = [...after.value, ...unsaved].slice(0, one.seq - other.seq)
  return ok({ ...proof, before, hashes: envelopes.map((one) => envHash(one)) })
}
