/**
 * Live writing: frames that the relay passes on and never stores. Every frame is 4,096 bytes, whatever is in it, signed by
 * the writing device, and counted within a session, so that none can be forged, repeated or moved. SPEC LIV-1 (size), LIV-2 (counting), LIV-3 (parts),
 * LIV-4 (who).
 *
 * Inside the box (key `k/live`), padded: `device(16) ‖ session(16) ‖ counter u64 ‖ part u16 ‖ parts u16 ‖ signature(64) ‖ data`.
 * The signature is over `T("live-sig", circle, epoch, device, session, counter ‖ part ‖ parts, data)`.
 */
import { concat, fromHex, toHex, u32, u64, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { BOX_OVERHEAD, openBox, SALT_SIZE, sealBox } from './box.ts'
import { sign, verify as platformFirst, type Verify } from './crypto.ts'
import { idBytes } from './entry.ts'
import type { EpochKeys } from './epoch.ts'
import { LENGTH_SIZE, pad, unpad } from './pad.ts'

/** Every live frame has exactly this many bytes. */
export const FRAME_SIZE = 4_096
const SESSION_SIZE = 16
const HEADER_SIZE = 16 + SESSION_SIZE + 8 + 2 + 2 + 64
/** What one frame carries. */
export const FRAME_DATA = FRAME_SIZE - BOX_OVERHEAD - LENGTH_SIZE - HEADER_SIZE
/** The longest message, in bytes; it travels in up to 17 frames. */
export const MAX_LIVE_MESSAGE = 65_536
const MAX_PARTS = Math.ceil(MAX_LIVE_MESSAGE / FRAME_DATA)
/** Sessions of each device that a receiver remembers; of those, the one heard longest ago is forgotten. */
const MAX_SESSIONS = 64

export type LiveError =
  | { readonly type: 'NotAFrame' }
  | { readonly type: 'CannotOpen' }
  | { readonly type: 'UnknownDevice'; readonly device: Id }
  | { readonly type: 'BadSignature'; readonly device: Id }
  /** A frame that was here before, or came late. */
  | { readonly type: 'Repeated'; readonly device: Id }
  /** Parts of a message are missing; the message is lost, and the caller must bring the two sides together again. */
  | { readonly type: 'Lost'; readonly device: Id }

export interface LiveSender {
  readonly session: Id
  /** A message of 1 to 65,536 bytes as the frames that carry it. */
  frames(message: Uint8Array): Promise<Result<readonly Bytes[], { readonly type: 'TooLong'; readonly max: number }>>
}

export interface LiveMessage {
  readonly device: Id
  readonly session: Id
  /** The whole message when this frame ended it, else null. */
  readonly message: Bytes | null
  /** Whether frames of this session were missed before this one. */
  readonly gap: boolean
}

export interface LiveReceiver {
  take(frame: Uint8Array): Promise<Result<LiveMessage, LiveError>>
}

const u16 = (value: number): Bytes => Uint8Array.of(value >> 8, value & 255)
const infoOf = (keys: EpochKeys): Bytes => T('live', keys.circleId, u32(keys.epoch))
const signedBytes = (keys: EpochKeys, device: Id, session: Uint8Array, place: Uint8Array, data: Uint8Array): Bytes =>
  T('live-sig', keys.circleId, u32(keys.epoch), idBytes(device), session, place, data)

/** Begins a session of this device; a new one after every reconnection. */
export function openLiveSender(keys: EpochKeys, device: Id, deviceSecretKey: Bytes, random: Random): LiveSender {
  const session = random.bytes(SESSION_SIZE)
  let counter = 0
  async function frame(data: Uint8Array, part: number, parts: number): Promise<Bytes> {
    const place = concat(u64(++counter), u16(part), u16(parts))
    const signature = await sign(deviceSecretKey, signedBytes(keys, device, session, place, data))
    const inner = concat(idBytes(device), session, place, signature, data)
    return sealBox(keys.live, random.bytes(SALT_SIZE), infoOf(keys), pad(inner, FRAME_SIZE - BOX_OVERHEAD))
  }
  return {
    session: toHex(session),
    frames: async (message) => {
      if (message.length > MAX_LIVE_MESSAGE) return err({ type: 'TooLong', max: MAX_LIVE_MESSAGE })
      const parts = Math.max(1, Math.ceil(message.length / FRAME_DATA))
      const made = Array.from({ length: parts }, (_, part) =>
        frame(message.subarray(part * FRAME_DATA, (part + 1) * FRAME_DATA), part, parts),
      )
      return ok(await Promise.all(made))
    },
  }
}

interface Heard {
  counter: number
  collected: Bytes[]
  parts: number
}

interface Frame {
  readonly device: Id
  readonly session: Id
  readonly place: Bytes
  readonly counter: number
  readonly part: number
  readonly parts: number
  readonly signature: Bytes
  readonly data: Bytes
}

/** Begins listening under one epoch. `publicKeyOf` gives the key of an active device, or null. */
export function openLiveReceiver(
  keys: EpochKeys,
  publicKeyOf: (device: Id) => Bytes | null,
  verify: Verify = platformFirst,
): LiveReceiver {
  /** By device, so that no device can make another's be forgotten. */
  const devices = new Map<Id, Map<Id, Heard>>()

  function place(frame: Frame): Result<LiveMessage, LiveError> {
    const { device, session, counter, part, parts, data } = frame
    const sessions = devices.get(device) ?? new Map<Id, Heard>()
    devices.set(device, sessions)
    const heard = sessions.get(session) ?? { counter: 0, collected: [], parts: 0 }
    if (counter <= heard.counter) return err({ type: 'Repeated', device })
    const gap = counter !== heard.counter + 1
    heard.counter = counter
    sessions.delete(session)
    sessions.set(session, heard)
    if (sessions.size > MAX_SESSIONS) sessions.delete(sessions.keys().next().value as Id)
    if (part === 0) {
      heard.collected = []
      heard.parts = parts
    } else if (gap || parts !== heard.parts || part !== heard.collected.length) {
      heard.parts = 0
      heard.collected = []
      return err({ type: 'Lost', device })
    }
    heard.collected.push(data)
    if (heard.collected.length < parts) return ok({ device, session, message: null, gap })
    const message = concat(...heard.collected)
    heard.collected = []
    return ok({ device, session, message, gap })
  }

  let turn: Promise<unknown> = Promise.resolve()
  return {
    take: (bytes) => {
      const checked = check(bytes) // begun at once, placed in the order in which frames came
      const placed = turn.then(async () => {
        const frame = await checked
        return frame.ok ? place(frame.value) : frame
      })
      turn = placed.catch(() => undefined)
      return placed
    },
  }

  async function check(bytes: Uint8Array): Promise<Result<Frame, LiveError>> {
    if (bytes.length !== FRAME_SIZE) return err({ type: 'NotAFrame' })
    const opened = openBox(keys.live, infoOf(keys), bytes)
    if (!opened.ok) return err({ type: 'CannotOpen' })
    const frame = readFrame(opened.value)
    if (frame === null) return err({ type: 'NotAFrame' })
    const { device } = frame
    const publicKey = publicKeyOf(device)
    if (publicKey === null) return err({ type: 'UnknownDevice', device })
    const session = fromHex(frame.session) as Bytes
    const signed = signedBytes(keys, device, session, frame.place, frame.data)
    if (!(await verify(publicKey, signed, frame.signature))) return err({ type: 'BadSignature', device })
    return ok(frame)
  }
}

function readFrame(padded: Bytes): Frame | null {
  const inner = unpad(padded)
  if (inner === null || inner.length < HEADER_SIZE) return null
  const view = new DataView(inner.buffer, inner.byteOffset)
  const counter = Number(view.getBigUint64(32))
  const [part, parts] = [view.getUint16(40), view.getUint16(42)]
  if (!Number.isSafeInteger(counter) || parts === 0 || parts > MAX_PARTS || part >= parts) return null
  return {
    device: toHex(inner.subarray(0, 16)),
    session: toHex(inner.subarray(16, 32)),
    place: inner.subarray(32, 44),
    counter,
    part,
    parts,
    signature: inner.subarray(44, 108),
    data: inner.subarray(HEADER_SIZE),
  }
}
