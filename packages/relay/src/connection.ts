/**
 * One WebSocket with bounds: frames come out decoded, a peer that sends too much unanswered is not read from, one that
 * does not take what it is sent is dropped. Frames leave in the order in which they were sent, also behind one that is
 * not ready yet. Knows frames, not boxes.
 */
import type { WebSocket } from 'ws'
import type { Bytes } from '@alongside/base/bytes.ts'
import { CLOSE, MAX_IN_FLIGHT } from '@alongside/wire/limits.ts'
import { decodeDeviceFrame, encodeRelayFrame, type DeviceFrame, type RelayFrame } from '@alongside/wire/messages.ts'
import type { Refusal } from '@alongside/wire/refusals.ts'

/** What may wait in memory for one slow reader, in bytes. */
const MAX_BUFFERED_BYTES = 8_388_608
/** How much of a long answer is handed over before waiting until it has left. */
const COMFORTABLE_BYTES = 262_144

export interface Connection {
  readonly isOpen: () => boolean
  send(frame: RelayFrame): void
  sendBytes(frame: Bytes): void
  /** Keeps a place among what is sent, for the frame given to the function that comes back; call it exactly once. */
  sendSoon(): (frame: RelayFrame) => void
  refuse(request: number, refusal: Refusal): void
  /** Refuses and closes. */
  reject(refusal: Refusal, code: number): void
  /** Closes behind what was sent; nothing can be sent or comes in any more. */
  close(code: number): void
  /** Closes at once, after a bug, whatever else was to be sent. */
  abandon(): void
  /** Resolves when there is room for more; used between the parts of a long answer, so that others get their turn. */
  room(): Promise<void>
  /** Counts a request as unanswered until the function it gives is called. */
  began(): () => void
}

export interface Handlers {
  frame(frame: DeviceFrame, connection: Connection): void
  closed(): void
}

/** Takes over a socket that has just been opened. */
export function connect(socket: WebSocket, handlers: Handlers): Connection {
  let unanswered = 0
  let waiters: (() => void)[] = []
  /** A frame that is not ready yet, and those behind it. */
  const behind: { frame: Bytes | null }[] = []
  let closing: number | null = null
  const isOpen = () => closing === null && socket.readyState === socket.OPEN
  const hasRoom = () => !isOpen() || (behind.length === 0 && socket.bufferedAmount <= COMFORTABLE_BYTES)
  /** Called whenever something has left, or cannot any more. */
  const wake = () => {
    if (waiters.length === 0 || !hasRoom()) return
    const woken = waiters
    waiters = []
    for (const resolve of woken) resolve()
  }

  function put(frame: Bytes): void {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return socket.terminate()
    socket.send(frame, wake)
  }

  /** Lets go what no longer waits for anything before it. */
  function advance(): void {
    for (let first = behind[0]; first !== undefined && first.frame !== null; first = behind[0]) {
      behind.shift()
      put(first.frame)
    }
    if (behind.length > 0) return
    if (closing !== null && socket.readyState === socket.OPEN) socket.close(closing)
    wake()
  }

  const connection: Connection = {
    isOpen,
    send: (frame) => connection.sendBytes(encodeRelayFrame(frame)),
    sendBytes(frame) {
      if (!isOpen()) return
      if (behind.length === 0) put(frame)
      else behind.push({ frame })
    },
    sendSoon() {
      if (!isOpen()) return () => undefined
      const place: { frame: Bytes | null } = { frame: null }
      behind.push(place)
      return (frame) => {
        place.frame = encodeRelayFrame(frame)
        advance()
      }
    },
    refuse: (request, refusal) => connection.send({ type: 'refused', request, body: { refusal } }),
    reject(refusal, code) {
      connection.refuse(0, refusal)
      connection.close(code)
    },
    close(code) {
      if (!isOpen()) return
      closing = code
      if (behind.length === 0) socket.close(code)
    },
    abandon() {
      behind.length = 0
      closing = 1011
      socket.close(closing)
    },
    async room() {
      await new Promise((resolve) => setImmediate(resolve))
      if (!hasRoom()) await new Promise<void>((resolve) => waiters.push(resolve))
    },
    began() {
      if (++unanswered === MAX_IN_FLIGHT) socket.pause()
      return () => {
        if (unanswered-- === MAX_IN_FLIGHT) socket.resume()
      }
    },
  }

  socket.on('message', (data, isBinary) => {
    if (!isOpen()) return
    const frame = isBinary && data instanceof Buffer ? decodeDeviceFrame(viewOf(data)) : null
    if (frame === null || !frame.ok) connection.reject({ type: 'Malformed' }, CLOSE.malformed)
    else handlers.frame(frame.value, connection)
  })
  // Too large, not masked, not UTF-8 and the like: ws closes by itself with the code RFC 6455 gives.
  socket.on('error', () => {})
  socket.on('close', () => {
    wake()
    handlers.closed()
  })
  return connection
}

const viewOf = (data: Buffer): Bytes => new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.length)
