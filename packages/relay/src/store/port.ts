/**
 * What the relay needs of a store. Every write touches one box or one place and never joins them. A write's promise is
 * kept only when the bytes are on the disk for good; promises are kept in the order in which writes were asked. Whoever
 * implements this passes `contract.ts`.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Result } from '@alongside/base/result.ts'
import type { Head } from '@alongside/wire/chain.ts'
import type { Message } from '@alongside/wire/http.ts'
import type { BoxState } from '@alongside/wire/messages.ts'
import type { Refusal } from '@alongside/wire/refusals.ts'
import type { Quotas } from '../limits.ts'

export type Refused<K extends Refusal['type']> = Extract<Refusal, { readonly type: K }>
/** A store that could not write says so and has kept nothing. */
export type CouldNotKeep = Refused<'CouldNotKeep'>
export type NotWritable = Refused<'NotAdmitted' | 'Superseded' | 'Ending' | 'Ended'> | CouldNotKeep

export interface NewBox {
  readonly boxId: Id
  readonly capIndex: number
  readonly capPk: Bytes
  readonly ownerPk: Bytes | null
  /** The hash of the ticket that pays for the box; null when nothing needs to pay. Spent in the same write. */
  readonly ticketHash: Bytes | null
}

/** What one capability may do in a box now. */
export interface Access {
  readonly capPk: Bytes
  readonly ownerPk: Bytes | null
  readonly ownerCounter: number
  /** Above its own index once it is superseded: the index of the one that came next. */
  readonly newestCapIndex: number
  /** The last entry this capability may read. */
  readonly readable: Head
  readonly state: BoxState
  /** Whole days until an ending box is deleted; 0 otherwise. */
  readonly daysLeft: number
}

export interface Placement {
  /** Where each envelope stands, in the order given; one kept before keeps its place. */
  readonly seqs: readonly number[]
  /** The chain at the highest of `seqs`. */
  readonly head: Head
  /** What was new, in order and without a gap; its first position. */
  readonly added: readonly Bytes[]
  readonly firstAdded: number
}

export interface Append {
  readonly boxId: Id
  readonly capIndex: number
  readonly envelopes: readonly Bytes[]
}

export interface Rekey extends Append {
  readonly newCapIndex: number
  readonly newCapPk: Bytes
  readonly extend: number
  /** Signed by the owner (already checked), or made for the head with this hash. */
  readonly by: { readonly type: 'owner' } | { readonly type: 'head'; readonly expectedHash: Bytes }
}

export interface Draft {
  readonly version: number
  readonly bytes: Bytes | null
}

export interface DraftPut {
  readonly boxId: Id
  readonly capIndex: number
  readonly draftId: Id
  /** The version this replaces; 0 when there is none. */
  readonly expectedVersion: number
  /** Null deletes. */
  readonly bytes: Bytes | null
}

export type DraftConflict = { readonly type: 'DraftConflict'; readonly draft: Draft }

export interface StateOfBox {
  readonly state: BoxState
  readonly daysLeft: number
}

export interface BoxStore {
  /** Founds a box at H_0. Asking again with the same keys is the same as once. */
  create(box: NewBox): Promise<Result<null, Refused<'IdInUse' | 'CodeNeeded'> | CouldNotKeep>>
  /** Tickets that each found one box until they expire. */
  addTickets(hashes: readonly Bytes[]): Promise<Result<null, CouldNotKeep>>
  /** Null when there is no such box or capability. */
  access(boxId: Id, capIndex: number): Promise<Access | null>
  append(append: Append): Promise<Result<Placement, NotWritable | Refused<'OverQuota'>>>
  /** Everything or nothing: the envelopes, the new capability, the end of the old one's reading. */
  rekey(rekey: Rekey): Promise<Result<Placement, NotWritable | Refused<'OverQuota' | 'HeadMoved' | 'OwnerMustSign'>>>
  /** Envelopes from `from` up to `to`, as many as fit in `maxBytes` but at least one if there is one. */
  range(
    boxId: Id,
    range: { readonly from: number; readonly to: number; readonly maxBytes: number },
  ): Promise<readonly Bytes[]>
  draft(boxId: Id, draftId: Id): Promise<Draft>
  putDraft(put: DraftPut): Promise<Result<Draft, NotWritable | DraftConflict | Refused<'TooManyDrafts'>>>
  /** Signed by the owner (already checked); `counter` must be above the last. */
  end(
    boxId: Id,
    end: { readonly when: 'now' | 'afterSevenDays'; readonly counter: number },
  ): Promise<Result<StateOfBox, Refused<'NotAdmitted' | 'Ended' | 'OwnerCounterUsed'> | CouldNotKeep>>
  takeBackEnd(
    boxId: Id,
    counter: number,
  ): Promise<Result<StateOfBox, Refused<'NotAdmitted' | 'Ended' | 'OwnerCounterUsed'> | CouldNotKeep>>
}

export interface PagePut {
  readonly placeId: Id
  readonly pageVersion: number
  readonly authorPk: Bytes
  readonly mailboxPk: Bytes
  readonly page: Bytes
}

export interface Place {
  readonly authorPk: Bytes
  readonly mailboxPk: Bytes
  readonly pageVersion: number
  readonly taken: boolean
  readonly page: Bytes
}

export interface PlaceStore {
  /** Null when there is none, or its days are over. */
  place(placeId: Id): Promise<Place | null>
  /** Creates or overwrites; another author's place or an old version is refused. Its 90 days start again. */
  put(put: PagePut): Promise<Result<null, Refused<'IdInUse' | 'PageIsNewer'> | CouldNotKeep>>
  /** Page and mailbox go together. */
  remove(placeId: Id): Promise<Result<null, Refused<'NoSuchPlace'> | CouldNotKeep>>
  /**
   * Leaves a message; the same bytes from the same side twice are one message. The first to take a place has it, and
   * always finds room. A mailbox lives seven days from its first message, and seven from the one that takes the place.
   */
  post(
    placeId: Id,
    message: { readonly fromAuthor: boolean; readonly take: boolean; readonly bytes: Bytes },
  ): Promise<Result<number, Refused<'NoSuchPlace' | 'PlaceTaken' | 'MailboxFull'> | CouldNotKeep>>
  messages(placeId: Id, after: number): Promise<readonly Message[]>
}

export interface Swept {
  readonly boxes: number
  readonly tombstones: number
  readonly places: number
}

/** One row of one table as it lies in the file: numbers and texts as they are, bytes as they are. */
export type HeldRow = Readonly<Record<string, number | string | null | Bytes>>
export interface HeldTable {
  readonly file: string
  readonly table: string
  readonly rows: readonly HeldRow[]
}

export interface Store {
  readonly boxes: BoxStore
  readonly places: PlaceStore
  /** Deletes what is over by the day, and leaves no old bytes in the log files. */
  sweep(): Promise<Swept>
  /** Everything the files hold. */
  inspect(): Promise<readonly HeldTable[]>
  /** Finishes what was asked, then closes. */
  close(): Promise<void>
}

export interface StoreOptions {
  readonly folder: string
  readonly quotas: Quotas
  /** The most bytes each database file may have; null for as many as the disk has. */
  readonly maxFileBytes: number | null
}
