/** What a device shows of the numbered promises, for comparing. */
import type { CircleView } from '@alongside/device/api.ts'

export interface Seen {
  /** Numbers in the order of the record. */
  readonly numbers: readonly number[]
  /** Alarms, and entries that had no effect. */
  readonly alarms: readonly string[]
}

export function seenBy({ state, alarms, setAside }: CircleView): Seen {
  const placed = Object.values(state.commitment.promises).map(({ text, moves }) => ({ text, seq: moves[0]?.seq ?? 0 }))
  return {
    numbers: placed.toSorted((a, b) => a.seq - b.seq).map(({ text }) => Number(text.replace('promise ', ''))),
    alarms: [...alarms.map(({ type }) => type), ...setAside.map(({ seq, reason }) => `${reason} at ${seq}`)],
  }
}
