/**
 * What the fold asks of whoever gives entries their meaning. The record knows bytes and keys; a constitution knows what a
 * payload says, whose keys are in force, and what may take effect. Every function here is pure, total and never throws;
 * none may read a clock, chance, a locale or who is looking. Source: protocol section 2.10.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Result } from '@alongside/base/result.ts'
import type { EntryBody } from './entry.ts'
import type { KeyPackage, Recipient } from './keys.ts'

/** What an entry brings that only keys can judge. Ids and keys are hexadecimal, as state holds them. */
export type KeyPart =
  | { readonly type: 'none' }
  /** The circle begins: the founder's keys, proved for this box, and the commitment to the first secret. */
  | { readonly type: 'founding'; readonly keys: KeyPackage; readonly box: Id; readonly commitment: string }
  /** Somebody's keys come in, proved for the place they answered at. */
  | { readonly type: 'admission'; readonly keys: KeyPackage; readonly place: Id }
  /** The newcomer's own yes: opens the commitment made in their page, proved with the identity key let in. */
  | {
      readonly type: 'acceptance'
      readonly identity: string
      readonly place: Id
      readonly commitment: string
      readonly nonce: string
      readonly proof: string
    }
  /** A new epoch: the encoded rekey, and what the entry around it says of it. */
  | {
      readonly type: 'rekey'
      readonly body: Bytes
      readonly fromEpoch: number
      readonly toEpoch: number
      readonly commitment: string
    }

/** Ids that follow from keys an entry brings, after those keys were checked. */
export interface Derived {
  readonly circle: Id
  readonly member: Id
  readonly device: Id
}

/** An entry whose author, place in the author's chain and key part are right. What it means is still open. */
export interface VerifiedEntry {
  readonly id: Id
  readonly type: number
  readonly rules: number
  readonly member: Id
  readonly device: Id
  /** Position in the box, from 1. */
  readonly seq: number
  readonly seenSeq: number
  /** Minutes since 2020-01-01 as the author claimed. For display only. */
  readonly at: number
  readonly payload: Bytes
  /** Set for a founding and an admission. */
  readonly derived: Derived | null
}

export interface DeviceFacts {
  /** 32 bytes, the key that entries of this device are checked against. */
  readonly publicKey: Bytes
  readonly member: Id
  /** Whether its member's keys are in force. */
  readonly active: boolean
}

/** `S` is the state, `R` why an entry is refused. */
export interface Constitution<S, R> {
  readonly initial: S
  /** The rules version the circle has adopted. */
  rulesOf(state: S): number
  /** Whether this replica has the rules of that version. */
  supports(rules: number): boolean
  /** Whether those rules have an entry of this type. */
  knows(rules: number, type: number): boolean
  /** What the entry brings for the record to check; `none` also when its payload cannot be read. */
  keyPart(state: S, entry: EntryBody): KeyPart
  device(state: S, device: Id): DeviceFacts | null
  /** Everybody a rekey must now reach: each active device, and each active member's recovery key. */
  recipients(state: S): readonly Recipient[]
  /**
   * The state after an entry, or why it is refused. `unseen` holds parts of the state that nobody but the caller has: of the
   * state given, those alone may change in place, and only when the entry is not refused. Without it, nothing changes.
   */
  apply(state: S, entry: VerifiedEntry, unseen?: WeakSet<object>): Result<S, R>
  /** The part of the state that all replicas must share, as plain values. */
  digest(state: S): unknown
}
