/**
 * Everything a relay can answer instead of doing what was asked, over the WebSocket and over HTTP alike. Data, never
 * prose: the app turns `type` into words. A stranger gets `NotAdmitted` whichever check failed.
 */
import { uint } from '@alongside/base/codec.ts'
import { variants, type VariantOf } from './variants.ts'

const retryAfterMs = uint()

const REFUSALS = {
  /** The bytes are not a frame or body of this protocol. */
  Malformed: {},
  /** The relay speaks this version and cannot speak the device's. */
  WrongVersion: { version: uint() },
  /** No such box, no such capability, or a signature that does not verify; the relay does not say which. */
  NotAdmitted: {},
  /** A newer capability exists: derive it from the log, connect again, seal again. */
  Superseded: { newestCapIndex: uint() },
  /** The log has moved on since the rekey was made. */
  HeadMoved: { seq: uint() },
  /** The box has an owner key and this is not signed with it, or the box has none and this needs one. */
  OwnerMustSign: {},
  /** An owner operation whose counter is not above the last one. */
  OwnerCounterUsed: { counter: uint() },
  /** The box is ending: it can be read until it is deleted, and not written. */
  Ending: { daysLeft: uint() },
  /** The box is deleted. */
  Ended: {},
  /** The box has taken in what it may for now. */
  OverQuota: { retryAfterMs },
  /** This connection or address asks too often. */
  TooFast: { retryAfterMs },
  /** The relay could not keep it (its disk is full, say). Nothing was kept; ask again. */
  CouldNotKeep: { retryAfterMs },
  TooManyDrafts: {},
  /** Founding here needs an instance code or a ticket, and this is neither. */
  CodeNeeded: {},
  /** Another box or place has this id. */
  IdInUse: {},
  NoSuchPlace: {},
  /** A page of this version or a newer one is there already. */
  PageIsNewer: { version: uint() },
  PlaceTaken: {},
  MailboxFull: {},
  /** No such path or method. */
  NotFound: {},
  /** Plain HTTP away from this machine. */
  InsecureTransport: {},
  TooLarge: {},
} as const

export type Refusal = VariantOf<typeof REFUSALS>
export const refusal = variants(REFUSALS)
