/**
 * How a circle lies in the sealed store. Areas: `circles` (one row a circle: where it is and this device's keys in it),
 * `log:<circle>` (envelopes as they came, in segments), `out:<circle>` (signed entries and owner acts that the relay has
 * not confirmed), `signed:<circle>` (what the relay signed), `kept:<circle>` (what stays after leaving). Everything a
 * reopened device needs is in these rows; `fold:<circle>` (the record as it was judged) only spares it the judging.
 */
import {
  bool,
  bytes,
  bytesUpTo,
  id,
  list,
  maybe,
  oneOf,
  record,
  text,
  uint,
  type Codec,
  type Of,
} from '@alongside/base/codec.ts'
import type { Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { StoreError } from '../store/port.ts'

export const CIRCLES = 'circles'
export const logArea = (circle: string): string => `log:${circle}`
export const outArea = (circle: string): string => `out:${circle}`
export const signedArea = (circle: string): string => `signed:${circle}`
export const foldArea = (circle: string): string => `fold:${circle}`
export const keptArea = (circle: string): string => `kept:${circle}`

const secret = record({ epoch: uint(0xffff_ffff), secret: bytes(32) })

const metaCodec = record({
  version: uint(1),
  circleId: bytes(32),
  box: id,
  /** Origin of the relay; null for the circle that never leaves this device. */
  relay: maybe(text(300)),
  relayPk: maybe(bytes(32)),
  side: oneOf(['person', 'practitioner']),
  member: id,
  device: id,
  deviceSecret: bytes(32),
  kemSecret: bytes(32),
  secrets: list(secret, 1_000),
  /** The newest capability this device can use: its number and the epoch secret it comes from. */
  capIndex: uint(0xffff_ffff),
  capSecret: bytes(32),
  /** Highest counter of an owner operation that was signed or that the relay named. */
  ownerCounter: uint(),
  /** Another device has written with this device's key (a restored backup, a copy); it signs nothing more. */
  isCopied: bool,
  wayBack: bool,
  /** How it ended for this device; null while it goes on. */
  over: maybe(oneOf(['left', 'removedMe', 'ended'])),
})
export type Meta = Of<typeof metaCodec>

const outCodec = record({ ctr: uint(), entry: bytesUpTo(61_436), envelope: maybe(bytesUpTo(61_518)) })

const batchCodec = record({
  /** Counters of this device's entries in the batch, and the batch as the owner key signed it. */
  first: uint(),
  last: uint(),
  envelopes: list(bytesUpTo(61_518), 64),
  fromEpoch: uint(0xffff_ffff),
  secret: bytes(32),
  capIndex: uint(0xffff_ffff),
  capPk: bytes(32),
  extend: uint(2),
  ownerSig: bytes(64),
})
export type BatchRow = Of<typeof batchCodec>

const ownerOpCodec = record({ op: oneOf(['end', 'takeBackEnd']), now: bool, counter: uint(), ownerSig: bytes(64) })
export type OwnerOpRow = Of<typeof ownerOpCodec>

/** A circle's keys that lie under the second lock. The owner key is the person's alone. */
const deepCodec = record({ memberSecret: bytes(32), recoverySecret: bytes(32), ownerSecret: maybe(bytes(32)) })
export type CircleDeepKeys = Of<typeof deepCodec>
export const deepName = (circle: string): string => `circle:${circle}`

const keptCodec = record({ seq: uint(), at: uint(0xffff_ffff), type: uint(0xffff_ffff), payload: bytesUpTo(61_436) })
export type KeptRow = Of<typeof keptCodec>

const signedHead = record({ seq: uint(), hash: bytes(32), receipt: bytes(64) })
const contradictionCodec = record({ one: signedHead, other: signedHead })

/** Names in `signed:<circle>`: the furthest head that fits, and the first two that contradict each other. */
export const WITNESS = 'witness'
export const CONTRADICTION = 'contradiction'

/** A codec as bytes; what does not read was damaged. */
export interface Row<T> {
  write(value: T): Bytes
  read(stored: Bytes): Result<T, StoreError>
}

function row<T>(codec: Codec<T>): Row<T> {
  return {
    write: (value) => encodeCbor(codec.encode(value)),
    read: (stored) => {
      const plain = decodeCbor(stored)
      const value = plain.ok ? codec.decode(plain.value) : plain
      return value.ok ? ok(value.value) : err({ type: 'StorageRefused' })
    },
  }
}

export const metaRow = row(metaCodec)
export const outRow = row(outCodec)
export const batchRow = row(batchCodec)
export const ownerOpRow = row(ownerOpCodec)
export const keptRow = row(keptCodec)
export const witnessRow = row(signedHead)
export const contradictionRow = row(contradictionCodec)
export const deepRow = row(deepCodec)

/** A number as a name that sorts like the number. */
export const numberName = (value: number): string => String(value).padStart(12, '0')
