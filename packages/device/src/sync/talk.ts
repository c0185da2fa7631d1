/** What the sync machine is told and what it says: the words between the chain's keeper and the world around it. */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Head } from '@alongside/wire/chain.ts'
import type { BoxState, DeviceFrame, DeviceFrameBody, RelayFrame } from '@alongside/wire/messages.ts'
import type { Refusal } from '@alongside/wire/refusals.ts'

/** Something that waits to be sent, in order. Its `key` stays the same as long as its bytes do. */
export type Waiting =
  | { readonly type: 'append'; readonly key: string; readonly envelope: Bytes }
  /** One batch that ends an epoch, as it was signed by the owner key. */
  | { readonly type: 'rekey'; readonly key: string; readonly body: DeviceFrameBody<'rekey'> }
  | { readonly type: 'end'; readonly key: string; readonly body: DeviceFrameBody<'end'> }
  | { readonly type: 'takeBackEnd'; readonly key: string; readonly body: DeviceFrameBody<'takeBackEnd'> }

export type Input =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'opened' }
  /** `receiptsRight` is false when a receipt in the frame was not signed by the relay's known key. */
  | { readonly type: 'frame'; readonly frame: RelayFrame; readonly receiptsRight: boolean }
  | { readonly type: 'closed' }
  /** Time has passed; comes at least when `wakeAt` asked for it. */
  | { readonly type: 'tick' }
  | { readonly type: 'queue'; readonly waiting: readonly Waiting[] }
  | { readonly type: 'capability'; readonly capIndex: number }
  /** The envelopes that a relay has lost, from its head on. */
  | { readonly type: 'missing'; readonly envelopes: readonly Bytes[] }

/** A head that the relay signed; `receipt` is its signature, 64 bytes. */
export interface SignedHead extends Head {
  readonly receipt: Bytes
}

/** Two heads that the relay signed and that no record can both have. `one` is at the position of `other` or later. */
export interface Contradiction {
  readonly one: SignedHead
  readonly other: SignedHead
}

export type SyncAlarm =
  | { readonly type: 'Fork'; readonly seq: number }
  | { readonly type: 'RolledBack'; readonly had: number; readonly has: number }

export type Output =
  | { readonly type: 'connect' }
  | { readonly type: 'disconnect' }
  | { readonly type: 'send'; readonly frame: DeviceFrame }
  /** Sign the challenge with the capability key and send `prove`. */
  | { readonly type: 'prove'; readonly hello: DeviceFrameBody<'hello'>; readonly nonce: Bytes; readonly relayPk: Bytes }
  /** New entries in the chain, in order and without a gap; `head` is the chain after the last. */
  | { readonly type: 'place'; readonly firstSeq: number; readonly envelopes: readonly Bytes[]; readonly head: Head }
  /** The furthest head that the relay signed and that the chain leads to; said before what it covers is placed. */
  | { readonly type: 'signed'; readonly head: SignedHead }
  | { readonly type: 'contradiction'; readonly found: Contradiction }
  /** The relay has lost what follows `from`; answer with `missing`. */
  | { readonly type: 'reseed'; readonly from: number }
  | { readonly type: 'alarm'; readonly alarm: SyncAlarm }
  | { readonly type: 'box'; readonly state: BoxState; readonly daysLeft: number; readonly ownerCounter: number | null }
  /** An owner operation was carried out or can never be. */
  | { readonly type: 'settled'; readonly key: string; readonly refusal: Refusal | null }
  /** A newer capability is in force; everything this device may still read has been placed. */
  | { readonly type: 'superseded'; readonly newestCapIndex: number }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'wakeAt'; readonly at: number }
  | { readonly type: 'changed' }

export type Connection = 'offline' | 'connecting' | 'live' | 'ended' | 'refused'

export interface Machine {
  on(input: Input, now: number): readonly Output[]
  readonly connection: () => Connection
  readonly head: () => Head
  /** When it will try again, or null. */
  readonly retryAt: () => number | null
}

export interface MachineOptions {
  readonly boxId: Id
  readonly capIndex: number
  /** The heads from position 0 to the last one this device holds. */
  readonly heads: readonly Bytes[]
  /** The furthest of them that the relay is known to have signed. */
  readonly witness: SignedHead | null
  /** From 0 up to 1, for the jitter of reconnecting. */
  readonly chance: () => number
}
