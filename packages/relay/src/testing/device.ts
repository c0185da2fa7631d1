/**
 * A small real device for the relay's tests: real sockets, real signatures (by another library than the relay's), and
 * nothing that waits for time to pass.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { WebSocket } from 'ws'
import { concat, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { must, type Result } from '@alongside/base/result.ts'
import { openBytes, placeOpBytes, type PlaceOp } from '@alongside/wire/auth.ts'
import {
  createBox,
  encodeProof,
  PATHS,
  PROOF_HEADER,
  readBody,
  refusalBody,
  type CreateBox,
} from '@alongside/wire/http.ts'
import {
  decodeRelayFrame,
  encodeDeviceFrame,
  type DeviceFrame,
  type DeviceFrameBody,
  type RelayFrame,
  type RelayFrameBody,
} from '@alongside/wire/messages.ts'
import type { Refusal } from '@alongside/wire/refusals.ts'
import { WIRE_VERSION } from '@alongside/wire/version.ts'

export interface TestKey {
  readonly pk: Bytes
  sign(message: Uint8Array): Bytes
}

/** A key pair that is the same for the same number. */
export function testKey(number: number): TestKey {
  const seed = new Uint8Array(32).fill(number)
  return { pk: ed25519.getPublicKey(seed), sign: (message) => ed25519.sign(message, seed) }
}

export const verifies = (pk: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  ed25519.verify(signature, message, pk)

export interface TestConnection {
  readonly challenge: RelayFrameBody<'challenge'>
  /** Null when the relay did not let it in; then see `closed`. */
  readonly welcome: RelayFrameBody<'welcome'> | null
  /** Sends a request and gives the answer to it; further frames of the same answer are found with `next`. */
  ask<K extends DeviceFrame['type']>(type: K, body: DeviceFrameBody<K>): Promise<RelayFrame>
  /** Sends without waiting. */
  send<K extends DeviceFrame['type']>(type: K, body: DeviceFrameBody<K>): number
  raw(bytes: Uint8Array): void
  /** The next frame of this type, whether it has come already or not. */
  next<K extends RelayFrame['type']>(type: K): Promise<Extract<RelayFrame, { type: K }>>
  /** Frames of this type that have come and nobody has taken. */
  waiting(type: RelayFrame['type']): number
  /** The close code, once closed. */
  readonly closed: Promise<number>
  close(): Promise<number>
  readonly socket: WebSocket
}

export interface Knock {
  readonly boxId: Id
  readonly capIndex?: number
  readonly cap: TestKey
  readonly version?: number
  /** Changes what is signed or sent as proof. */
  readonly forge?: (sig: Bytes, challenge: RelayFrameBody<'challenge'>) => Bytes
}

/** A socket with frames in and out, before any handshake. */
export function connectRaw(url: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${PATHS.boxSocket}`, { perMessageDeflate: false })
  const inbox: RelayFrame[] = []
  let wanted: { take: (frame: RelayFrame) => boolean; fail: () => void }[] = []
  let isClosed = false
  socket.on('message', (data: Buffer) => {
    const frame = must(decodeRelayFrame(new Uint8Array(data)))
    const at = wanted.findIndex(({ take }) => take(frame))
    if (at === -1) inbox.push(frame)
    else wanted.splice(at, 1)
  })
  const closed = new Promise<number>((resolve) =>
    socket.on('close', (code) => {
      isClosed = true
      for (const { fail } of wanted) fail()
      wanted = []
      resolve(code)
    }),
  )
  socket.on('error', () => {})
  function find<F extends RelayFrame>(matches: (frame: RelayFrame) => frame is F): Promise<F> {
    const at = inbox.findIndex(matches)
    if (at !== -1) return Promise.resolve(inbox.splice(at, 1)[0] as F)
    if (isClosed) return Promise.reject(new Error('closed before the frame came'))
    return new Promise((resolve, reject) =>
      wanted.push({
        take: (frame) => {
          if (!matches(frame)) return false
          resolve(frame)
          return true
        },
        fail: () => reject(new Error('closed before the frame came')),
      }),
    )
  }
  const opened = new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  return { socket, opened, closed, find, inbox }
}

/** Connects and goes through the handshake. */
export async function knock(url: string, { boxId, capIndex = 0, cap, version = WIRE_VERSION, forge }: Knock) {
  const { socket, opened, closed, find, inbox } = connectRaw(url)
  await opened
  let requests = 0
  const sendFrame = (frame: DeviceFrame) => socket.send(encodeDeviceFrame(frame))
  const next = <K extends RelayFrame['type']>(type: K) =>
    find((frame): frame is Extract<RelayFrame, { type: K }> => frame.type === type)
  const hello = { version, boxId, capIndex }
  sendFrame({ type: 'hello', request: 0, body: hello })
  const challenge = (await next('challenge')).body
  const honest = cap.sign(openBytes(challenge.relayPk, challenge.nonce, hello))
  sendFrame({ type: 'prove', request: 0, body: { sig: forge?.(honest, challenge) ?? honest } })
  const welcome = await Promise.race([next('welcome').then((frame) => frame.body), closed.then(() => null)]).catch(
    () => null,
  )
  const send = <K extends DeviceFrame['type']>(type: K, body: DeviceFrameBody<K>): number => {
    requests += 1
    sendFrame({ type, request: requests, body } as unknown as DeviceFrame)
    return requests
  }
  const connection: TestConnection = {
    challenge,
    welcome,
    socket,
    closed,
    send,
    next,
    raw: (bytes) => socket.send(bytes),
    waiting: (type) => inbox.filter((frame) => frame.type === type).length,
    ask(type, body) {
      const request = send(type, body)
      return find((frame): frame is RelayFrame => frame.request === request)
    },
    close() {
      socket.close()
      return closed
    },
  }
  return connection
}

/** Founds a box over HTTP. */
export async function found(url: string, box: Pick<CreateBox, 'boxId' | 'capPk'> & Partial<CreateBox>) {
  const body = createBox.encode({
    version: WIRE_VERSION,
    capIndex: 0,
    ownerPk: null,
    code: null,
    ticket: null,
    ...box,
  })
  return fetch(url + PATHS.createBox, { method: 'POST', body })
}

/** A signed request to a place. */
export async function askPlace(
  url: string,
  request: {
    readonly method: string
    readonly path: string
    readonly placeId: Id
    readonly op: PlaceOp
    readonly by: 'author' | 'mailbox'
    readonly key: TestKey
    readonly relayPk: Bytes
    readonly body?: Bytes
    readonly after?: number
    readonly nonce?: Bytes
  },
): Promise<Response> {
  const nonce = request.nonce ?? (await freshNonce(url))
  const sent = request.body ?? new Uint8Array()
  const signed = request.op === 'read' ? readBody(request.after ?? 0) : sent
  const sig = request.key.sign(placeOpBytes(request.relayPk, request.placeId, { op: request.op, nonce, body: signed }))
  const query = request.after === undefined ? '' : `?after=${request.after}`
  return fetch(url + request.path + query, {
    method: request.method,
    headers: { [PROOF_HEADER]: encodeProof({ by: request.by, nonce, sig }) },
    ...(request.body === undefined ? {} : { body: request.body }),
  })
}

export const freshNonce = async (url: string): Promise<Bytes> => bytesOf(await fetch(url + PATHS.nonce))
export const bytesOf = async (response: Response): Promise<Bytes> => new Uint8Array(await response.arrayBuffer())

/** The refusal in a response that is not 2xx. */
export const refusalOf = async (response: Response): Promise<Refusal> =>
  must(refusalBody.decode(await bytesOf(response)) as Result<Refusal, unknown>)

/** An envelope of the smallest size that repeats a marker, so that it can be looked for on disk. */
export function envelope(marker: string, size = 590): Bytes {
  const text = new TextEncoder().encode(marker)
  const copies = Array.from({ length: Math.ceil(size / text.length) }, () => text)
  return concat(...copies).slice(0, size)
}
