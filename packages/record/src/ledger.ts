/**
 * What a replica knows while it folds: where the box stands, which epoch is in force, how far each author's chain goes,
 * and the constitution's state. `branch` gives a copy that can run ahead with entries the relay has not confirmed.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { headsFrom, type Heads } from './heads.ts'
import { ZERO_HASH } from './entry.ts'

/** How far one device's chain goes. */
export interface Author {
  /** Counter and hash of its last entry in the record; 0 and zeros before the first. */
  readonly ctr: number
  readonly last: Bytes
  /** The furthest position it has shown to have seen. */
  readonly seenSeq: number
}

export const NO_AUTHOR: Author = { ctr: 0, last: ZERO_HASH, seenSeq: 0 }

/** Something that should not happen between honest parties; shown to people, and kept out of every rule. */
export interface Alarm {
  /** `Fork`: the author saw another record. `Cloned`: a device said two things in one place. `Drop`: an entry is missing. */
  readonly type: 'Fork' | 'Cloned' | 'Drop'
  readonly device: Id
  readonly seq: number
}

/** Why a replica stopped reading: newer rules than it has, or it is no longer among those who can read. */
export type Stopped =
  | { readonly type: 'Frozen'; readonly seq: number; readonly rules: number; readonly entryType: number }
  | { readonly type: 'Outside'; readonly seq: number }

export interface Names {
  has(id: Id): boolean
  add(id: Id): void
}

export interface Ledger<S> {
  readonly heads: Heads
  /** Position that the next entry takes. Runs ahead of `heads` on a branch. */
  seq: number
  founded: boolean
  epoch: number
  capIndex: number
  /** Commitment of each epoch so far. */
  readonly commitments: Map<number, Bytes>
  readonly authors: Map<Id, Author>
  readonly accepted: Names
  readonly alarms: Alarm[]
  stopped: Stopped | null
  state: S
}

/** A ledger for an empty box. */
export const emptyLedger = <S>(start: Bytes, state: S, accepted: Set<Id>): Ledger<S> => ({
  heads: headsFrom(start),
  seq: 0,
  founded: false,
  epoch: 0,
  capIndex: 0,
  commitments: new Map(),
  authors: new Map(),
  accepted,
  alarms: [],
  stopped: null,
  state,
})

/** A copy whose changes do not reach the original. It shares what it only reads. */
export function branch<S>(ledger: Ledger<S>): Ledger<S> {
  const added = new Set<Id>()
  return {
    ...ledger,
    commitments: new Map(ledger.commitments),
    authors: new Map(ledger.authors),
    accepted: { has: (id) => added.has(id) || ledger.accepted.has(id), add: (id) => added.add(id) },
    alarms: [...ledger.alarms],
  }
}

/** Alarms of one type about one device that are kept; counted so, because one device must not be able to hide another's. */
const MAX_ALARMS = 8

/** Notes an alarm; of each type, the first eight about each device are kept (SPEC FLD-14). */
export function raise<S>(ledger: Ledger<S>, alarm: Alarm): void {
  const alike = ledger.alarms.filter(({ type, device }) => type === alarm.type && device === alarm.device)
  if (alike.length < MAX_ALARMS) ledger.alarms.push(alarm)
}
