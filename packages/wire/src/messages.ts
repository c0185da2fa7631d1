/**
 * The frames of the WebSocket `/v1/box`, one box per connection. A frame is u8(kind) ‖ u32be(request) ‖ body. Requests
 * carry a number the device chooses (1 and up); the relay's answers carry it back; 0 stands on frames nobody asked for
 * and on the handshake. Requests may be pipelined; writes are answered in the order in which they were sent.
 *
 *   device: hello → relay: challenge → device: prove → relay: welcome, then requests.
 *
 * Kinds are numbered by the order below, so append new ones at the end of their table. Source: protocol section 2.16.
 */
import { u32, type Bytes } from '@alongside/base/bytes.ts'
import { bool, bytes, bytesUpTo, id, list, maybe, oneOf, record, uint } from '@alongside/base/codec.ts'
import { ok, type Result } from '@alongside/base/result.ts'
import {
  appendBody,
  badFrame,
  cborBody,
  entriesBody,
  liveBody,
  placedBody,
  type Body,
  type FrameError,
} from './bodies.ts'
import { MAX_DRAFT_BYTES, MAX_ENVELOPES, MAX_FRAME_BYTES, MAX_RANGE } from './limits.ts'
import { refusal } from './refusals.ts'

const capIndex = uint(0xffff_ffff)
const hash = bytes(32)
const signature = bytes(64)
const nothing = record({})

/** What `hello` says; its encoding is bound by the signature in `prove`. */
export const helloBody = cborBody(record({ version: uint(), boxId: id, capIndex }))

/**
 * One atomic batch that ends in a new capability. In a box with an owner key `ownerSig` must be there and
 * `expectedHash` null; in one without, `expectedHash` is H at the head and `ownerSig` null. `extend` names how many of
 * the capabilities before the newest also get to read up to this rekey (0 to 2, protocol section 2.9).
 */
const rekeyShape = record({
  envelopes: list(bytesUpTo(61_518), MAX_ENVELOPES),
  newCapIndex: capIndex,
  newCapPk: bytes(32),
  extend: uint(2),
  expectedHash: maybe(hash),
  ownerSig: maybe(signature),
})

export const rekeyBody = cborBody(rekeyShape)

/** Owner operations besides the rekey. `counter` must be above `welcome.ownerCounter`. */
const ownerShape = record({ counter: uint(), ownerSig: signature })

/** Frames from device to relay. */
export const DEVICE_FRAMES = {
  hello: helloBody,
  prove: cborBody(record({ sig: signature })),
  append: appendBody,
  rekey: rekeyBody,
  range: cborBody(record({ from: uint(), limit: uint(MAX_RANGE) })),
  subscribe: cborBody(nothing),
  head: cborBody(nothing),
  draftPut: cborBody(record({ draftId: id, expectedVersion: uint(), bytes: bytesUpTo(MAX_DRAFT_BYTES) })),
  draftGet: cborBody(record({ draftId: id })),
  draftDelete: cborBody(record({ draftId: id, expectedVersion: uint() })),
  live: liveBody,
  end: cborBody(record({ now: bool, counter: uint(), ownerSig: signature })),
  takeBackEnd: cborBody(ownerShape),
} as const

const headShape = { seq: uint(), hash, receipt: signature }
const BOX_STATES = ['open', 'ending', 'ended'] as const
const boxState = { state: oneOf(BOX_STATES), daysLeft: uint() }
/** A draft as the relay holds it; version 0 and null when there is none. */
const draftShape = record({ version: uint(), bytes: maybe(bytesUpTo(MAX_DRAFT_BYTES)) })

/** Frames from relay to device. */
export const RELAY_FRAMES = {
  challenge: cborBody(record({ nonce: bytes(32), relayPk: bytes(32) })),
  /**
   * Admitted. `seq` and `hash` are the head, or the last entry this capability may read; `newestCapIndex` above the
   * device's own means it may only read; it is then the next one, not the latest, wherever a relay says it, and an older
   * capability is not told that a box is ending. `daysLeft` counts whole days until an ending box is deleted.
   */
  welcome: cborBody(
    record({
      ...headShape,
      ...boxState,
      newestCapIndex: capIndex,
      hasOwner: bool,
      ownerCounter: uint(),
      entriesPerDay: uint(),
      bytesPerDay: uint(),
      boxBytes: uint(),
    }),
  ),
  appended: placedBody,
  rekeyed: placedBody,
  entries: entriesBody,
  /** A `range` is done; `next` is the first position not sent, `seq` the last one this capability may read. */
  rangeEnd: cborBody(record({ next: uint(), seq: uint() })),
  /** Everything after `seq` will be pushed as `arrived`. */
  subscribed: cborBody(record(headShape)),
  headIs: cborBody(record(headShape)),
  arrived: entriesBody,
  draftStored: cborBody(record({ version: uint() })),
  draftIs: cborBody(draftShape),
  /** Someone else wrote or deleted first; this is what stands now. */
  draftConflict: cborBody(draftShape),
  liveArrived: liveBody,
  ownerDone: cborBody(record(boxState)),
  /** The box was ended, taken back or deleted; comes to every connection of the box. */
  stateChanged: cborBody(record(boxState)),
  /** Last frame before the relay closes a connection whose capability is no longer the newest. */
  superseded: cborBody(record({ newestCapIndex: capIndex })),
  refused: cborBody(record({ refusal })),
} as const

type Table = { readonly [type: string]: Body<any> }
type BodyOf<B> = B extends Body<infer T> ? T : never
type FrameOf<F extends Table> = {
  [K in keyof F & string]: { readonly type: K; readonly request: number; readonly body: BodyOf<F[K]> }
}[keyof F & string]

export type DeviceFrame = FrameOf<typeof DEVICE_FRAMES>
export type RelayFrame = FrameOf<typeof RELAY_FRAMES>
export type DeviceFrameBody<K extends DeviceFrame['type']> = BodyOf<(typeof DEVICE_FRAMES)[K]>
export type RelayFrameBody<K extends RelayFrame['type']> = BodyOf<(typeof RELAY_FRAMES)[K]>
export type BoxState = (typeof BOX_STATES)[number]

function frames<F extends Table>(table: F, firstKind: number) {
  const types = Object.keys(table)
  return {
    encode(frame: { readonly type: string; readonly request: number; readonly body: unknown }): Bytes {
      const body = (table[frame.type] as Body<unknown>).encode(frame.body)
      const all = new Uint8Array(5 + body.length)
      all[0] = firstKind + types.indexOf(frame.type)
      all.set(u32(frame.request), 1)
      all.set(body, 5)
      return all
    },
    decode(all: Bytes): Result<FrameOf<F>, FrameError> {
      if (all.length < 5 || all.length > MAX_FRAME_BYTES) return badFrame('length')
      const type = types[(all[0] as number) - firstKind]
      if (type === undefined) return badFrame('kind')
      const request = new DataView(all.buffer, all.byteOffset, 5).getUint32(1)
      const body = (table[type] as Body<unknown>).decode(all.subarray(5))
      return body.ok ? ok({ type, request, body: body.value } as FrameOf<F>) : body
    },
  }
}

const device = frames(DEVICE_FRAMES, 1)
const relay = frames(RELAY_FRAMES, 64)

/** A device's frame as bytes. */
export const encodeDeviceFrame = (frame: DeviceFrame): Bytes => device.encode(frame)
/** Reads a device's frame; `BadFrame` says what part does not fit. Envelopes are views into `bytes`. */
export const decodeDeviceFrame = (bytes: Bytes): Result<DeviceFrame, FrameError> => device.decode(bytes)
/** A relay's frame as bytes. */
export const encodeRelayFrame = (frame: RelayFrame): Bytes => relay.encode(frame)
/** Reads a relay's frame; `BadFrame` says what part does not fit. Envelopes are views into `bytes`. */
export const decodeRelayFrame = (bytes: Bytes): Result<RelayFrame, FrameError> => relay.decode(bytes)
