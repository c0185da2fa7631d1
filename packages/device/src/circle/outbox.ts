/**
 * What this device has signed and the relay has not confirmed. An entry lies in the store before anything of it is sent;
 * its bytes, once signed, never change, so its counter stands for it alone. Only its envelope is made again, when an epoch
 * ended before it arrived. Entries leave when the confirmed record shows this device's counter at or past theirs.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { decodeEntry, type SignedEntry } from '@alongside/record/entry.ts'
import { envelopeEpoch } from '@alongside/record/envelope.ts'
import type { StoreError } from '../store/port.ts'
import type { SealedStore, SealedWrite } from '../store/sealed.ts'
import type { Waiting } from '../sync/talk.ts'
import { batchRow, numberName, outArea, outRow, ownerOpRow, type BatchRow, type OwnerOpRow } from './rows.ts'

export interface OutEntry {
  readonly entry: SignedEntry
  /** Null while a new epoch made here is on its way: it is sealed when that stands. */
  readonly envelope: Bytes | null
}

export interface Outbox {
  readonly entries: readonly OutEntry[]
  readonly batch: BatchRow | null
  readonly ops: readonly OwnerOpRow[]
}

export const emptyOutbox: Outbox = { entries: [], batch: null, ops: [] }

const BATCH = 'batch'
const OP = 'op'

/** The writes that turn one outbox into another, as it lies in the store. */
export function outboxWrites(circle: string, before: Outbox, after: Outbox): readonly SealedWrite[] {
  const area = outArea(circle)
  const writes: SealedWrite[] = []
  const names = new Set(after.entries.map((one) => one.entry.body.ctr))
  for (const { entry } of before.entries)
    if (!names.has(entry.body.ctr)) writes.push({ area, name: numberName(entry.body.ctr), value: null })
  for (const one of after.entries) {
    if (before.entries.includes(one)) continue
    const { ctr } = one.entry.body
    const value = outRow.write({ ctr, entry: one.entry.bytes, envelope: one.envelope })
    writes.push({ area, name: numberName(ctr), value })
  }
  if (before.batch !== after.batch)
    writes.push({ area, name: BATCH, value: after.batch === null ? null : batchRow.write(after.batch) })
  for (const op of before.ops)
    if (!after.ops.includes(op)) writes.push({ area, name: OP + numberName(op.counter), value: null })
  for (const op of after.ops)
    if (!before.ops.includes(op)) writes.push({ area, name: OP + numberName(op.counter), value: ownerOpRow.write(op) })
  return writes
}

/** Reads the outbox of a circle, in order of counter. */
export async function readOutbox(store: SealedStore, circle: string): Promise<Result<Outbox, StoreError>> {
  const rows = await store.list(outArea(circle))
  if (!rows.ok) return rows
  const entries: OutEntry[] = []
  const ops: OwnerOpRow[] = []
  let batch: BatchRow | null = null
  for (const { name, value } of rows.value) {
    if (name === BATCH) {
      const row = batchRow.read(value)
      if (!row.ok) return row
      batch = row.value
    } else if (name.startsWith(OP)) {
      const row = ownerOpRow.read(value)
      if (!row.ok) return row
      ops.push(row.value)
    } else {
      const row = outRow.read(value)
      const entry = row.ok ? decodeEntry(row.value.entry) : row
      if (!row.ok || !entry.ok) return err({ type: 'StorageRefused' })
      entries.push({ entry: entry.value, envelope: row.value.envelope })
    }
  }
  return ok({ entries: entries.sort((a, b) => a.entry.body.ctr - b.entry.body.ctr), batch, ops })
}

/**
 * What the sync machine has to send, in order: taking an end back, because an ending box takes in nothing; entries; the
 * batch that ends the epoch; an end, which comes last.
 */
export function waitingIn(outbox: Outbox): readonly Waiting[] {
  const { entries, batch, ops } = outbox
  const waiting: Waiting[] = []
  const ownerActs = (which: OwnerOpRow['op']) => {
    for (const { op, now, counter, ownerSig } of ops) {
      const key = `owner ${counter}`
      if (op !== which) continue
      if (op === 'end') waiting.push({ type: 'end', key, body: { now, counter, ownerSig } })
      else waiting.push({ type: 'takeBackEnd', key, body: { counter, ownerSig } })
    }
  }
  ownerActs('takeBackEnd')
  for (const { entry, envelope } of entries) {
    if (envelope === null || (batch !== null && entry.body.ctr >= batch.first)) continue
    waiting.push({ type: 'append', key: `${entry.body.ctr}.${envelopeEpoch(envelope) ?? 0}`, envelope })
  }
  if (batch !== null) waiting.push({ type: 'rekey', key: `rekey ${batch.capIndex}`, body: rekeyBodyOf(batch) })
  ownerActs('end')
  return waiting
}

/** A batch as the relay is sent it. */
export const rekeyBodyOf = (batch: Omit<BatchRow, 'ownerSig'> & { readonly ownerSig: Bytes | null }) => ({
  envelopes: batch.envelopes,
  newCapIndex: batch.capIndex,
  newCapPk: batch.capPk,
  extend: batch.extend,
  expectedHash: null,
  ownerSig: batch.ownerSig,
})
