/**
 * A fold put down and taken up again on the same device, so that unlocking does not mean reading the whole box. It holds
 * secrets; it belongs in the device's own locked store and is never accepted from anywhere else. SPEC FLD-11.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { headsFrom } from './heads.ts'
import type { Alarm, Author, Ledger, Stopped } from './ledger.ts'

/** Plain data that a structured clone keeps whole, as long as the constitution's state is. */
export interface SavedFold<S> {
  readonly heads: Bytes
  readonly founded: boolean
  readonly epoch: number
  readonly capIndex: number
  readonly commitments: readonly (readonly [number, Bytes])[]
  readonly secrets: readonly (readonly [number, Bytes])[]
  readonly authors: readonly (readonly [Id, Author])[]
  readonly accepted: readonly Id[]
  readonly alarms: readonly Alarm[]
  readonly stopped: Stopped | null
  readonly state: S
}

/** The confirmed ledger and secrets as plain data. */
export function saveLedger<S>(
  ledger: Ledger<S>,
  accepted: Iterable<Id>,
  secrets: ReadonlyMap<number, Bytes>,
): SavedFold<S> {
  const { founded, epoch, capIndex, stopped, state } = ledger
  return {
    heads: ledger.heads.all(),
    founded,
    epoch,
    capIndex,
    commitments: [...ledger.commitments],
    secrets: [...secrets],
    authors: [...ledger.authors],
    accepted: [...accepted],
    alarms: [...ledger.alarms],
    stopped,
    state,
  }
}

/** The ledger that `saveLedger` put down, with `accepted` as the set it shares with the fold. */
export function restoreLedger<S>(saved: SavedFold<S>, accepted: Set<Id>): Ledger<S> {
  const { founded, epoch, capIndex, stopped, state } = saved
  const heads = headsFrom(saved.heads)
  for (const name of saved.accepted) accepted.add(name)
  return {
    heads,
    seq: heads.seq,
    founded,
    epoch,
    capIndex,
    commitments: new Map(saved.commitments),
    authors: new Map(saved.authors),
    accepted,
    alarms: [...saved.alarms],
    stopped,
    state,
  }
}
