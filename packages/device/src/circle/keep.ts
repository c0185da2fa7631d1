/**
 * What stays on a device that is not the person's after leaving, removal or an end: the member's own-words fields, and what
 * they declared to be kept outside. Everything else goes. Source: decisions “What a practitioner keeps”.
 */
import type { Id } from '@alongside/base/codec.ts'
import { ok, type Result } from '@alongside/base/result.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { eventOf } from '../constitution.ts'
import type { StoreError } from '../store/port.ts'
import type { SealedStore } from '../store/sealed.ts'
import type { CircleOutcome } from './held.ts'
import { keptArea, keptRow, type KeptRow } from './rows.ts'

export interface Kept {
  readonly row: KeptRow
  readonly event: PracticeEvent
}

const isOwn = (event: PracticeEvent): boolean =>
  event.type === 'OutsideRecordDeclared' || (event.type === 'BlockOffered' && event.kind === 'ownWords')

/** Of a whole record, what the member of this device may keep. */
export function ownWords(outcomes: readonly CircleOutcome[], device: Id): readonly Kept[] {
  return outcomes.flatMap(({ seq, entry, verdict }) => {
    if (entry === null || verdict.type !== 'applied' || entry.body.deviceId !== device) return []
    const { type, payload, t } = entry.body
    const event = eventOf(type, payload)
    return event.ok && isOwn(event.value) ? [{ row: { seq, at: t, type, payload }, event: event.value }] : []
  })
}

/** Reads what stayed of a circle. */
export async function readKept(store: SealedStore, circle: string): Promise<Result<readonly Kept[], StoreError>> {
  const rows = await store.list(keptArea(circle))
  if (!rows.ok) return rows
  const all: Kept[] = []
  for (const { value } of rows.value) {
    const row = keptRow.read(value)
    if (!row.ok) return row
    const event = eventOf(row.value.type, row.value.payload)
    if (event.ok) all.push({ row: row.value, event: event.value })
  }
  return ok(all)
}
