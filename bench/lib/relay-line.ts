/** A device's line to a box of our relay, over a raw socket, with the real handshake; and founding boxes. */
import { createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto'
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { must } from '@alongside/base/result.ts'
import { openBytes } from '@alongside/wire/auth.ts'
import { createBox, PATHS } from '@alongside/wire/http.ts'
import { decodeRelayFrame, encodeDeviceFrame, type DeviceFrame, type RelayFrame } from '@alongside/wire/messages.ts'
import { WIRE_VERSION } from '@alongside/wire/version.ts'
import { masked, openRaw, type RawSocket } from './raw-socket.ts'

export interface Line extends RawSocket {
  send(frame: DeviceFrame): void
  /** The next message of this type, decoded. Other messages go to `heard`. */
  next<K extends RelayFrame['type']>(type: K): Promise<Extract<RelayFrame, { type: K }>>
  /** Where messages go that nobody waits for: the bytes, good only during the call. */
  heard: (message: Buffer) => void
}

// RFC 8410: the bytes before a raw Ed25519 seed in PKCS #8. One key serves all boxes: it is the relay that is measured.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const key = createPrivateKey({ key: Buffer.concat([PKCS8, Buffer.alloc(32, 7)]), format: 'der', type: 'pkcs8' })
const capPk = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))

const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes)

/** Runs `job` for 0 to `count` - 1, so many at a time. */
export async function inTurn<T>(count: number, atOnce: number, job: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const run = async () => {
    while (next < count) {
      const index = next++
      results[index] = await job(index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, run))
  return results
}

/** Founds so many boxes with random ids. */
export const foundBoxes = (url: string, count: number): Promise<readonly Id[]> =>
  inTurn(count, 50, async () => {
    const boxId = toHex(randomBytes(16))
    const body = createBox.encode({
      version: WIRE_VERSION,
      boxId,
      capIndex: 0,
      capPk,
      ownerPk: null,
      code: null,
      ticket: null,
    })
    const response = await fetch(url + PATHS.createBox, { method: 'POST', body })
    if (response.status !== 201) throw new Error(`founding was answered with ${response.status}`)
    await response.arrayBuffer()
    return boxId
  })

/** Connects to a box and is admitted; also follows it when `follows`. */
export async function openLine(url: string, boxId: Id, follows = false): Promise<Line> {
  const wanted = new Map<string, (frame: RelayFrame) => void>()
  const raw = await openRaw(`${url}${PATHS.boxSocket}`, (message) => {
    if (wanted.size === 0) return line.heard(message)
    const frame = must(decodeRelayFrame(copy(message)))
    const take = wanted.get(frame.type)
    if (take === undefined) return line.heard(message)
    wanted.delete(frame.type)
    take(frame)
  })
  const line: Line = {
    ...raw,
    send: (frame) => raw.sendMasked(masked(encodeDeviceFrame(frame))),
    next<K extends RelayFrame['type']>(type: K) {
      return new Promise<Extract<RelayFrame, { type: K }>>((resolve) =>
        wanted.set(type, (frame) => resolve(frame as Extract<RelayFrame, { type: K }>)),
      )
    },
    heard: () => undefined,
  }
  const hello = { version: WIRE_VERSION, boxId, capIndex: 0 }
  const challenged = line.next('challenge')
  line.send({ type: 'hello', request: 0, body: hello })
  const { relayPk, nonce } = (await challenged).body
  const welcomed = line.next('welcome')
  const sig = copy(sign(null, openBytes(relayPk, nonce, hello), key))
  line.send({ type: 'prove', request: 0, body: { sig } })
  await welcomed
  if (follows) {
    const subscribed = line.next('subscribed')
    line.send({ type: 'subscribe', request: 1, body: {} })
    await subscribed
  }
  return line
}
