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
  isOpen(): boolean
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
  const connection = new SocketConnection(socket)
  socket.on('message', (data, isBinary) => {
    if (!connection.isOpen()) return
    const frame = isBinary && data instanceof Buffer ? decodeDeviceFrame(viewOf(data)) : null
    if (frame === null || !frame.ok) connection.reject({ type: 'Malformed' }, CLOSE.malformed)
    else handlers.frame(frame.value, connection)
  })
  // Too large, not masked, not UTF-8 and the like: ws closes by itself with the code RFC 6455 gives.
  socket.on('error', ignore)
  socket.on('close', () => {
    connection.wake()
    handlers.closed()
  })
  return connection
}

const ignore = () => undefined
const NOTHING: readonly never[] = []

/** One object a connection and few closures of its own, since there are thousands of connections that say nothing. */
class SocketConnection implements Connection {
  readonly #socket: WebSocket
  #unanswered = 0
  #waiters: readonly (() => void)[] = NOTHING
  /** A frame that is not ready yet, and those behind it; null where nothing waits. */
  #behind: { frame: Bytes | null }[] | null = null
  #closing: number | null = null

  constructor(socket: WebSocket) {
    this.#socket = socket
  }

  isOpen(): boolean {
    return this.#closing === null && this.#socket.readyState === this.#socket.OPEN
  }

  #hasRoom(): boolean {
    return !this.isOpen() || (this.#behind === null && this.#socket.bufferedAmount <= COMFORTABLE_BYTES)
  }

  /** Called whenever something has left, or cannot any more. */
  wake(): void {
    if (this.#waiters.length === 0 || !this.#hasRoom()) return
    const woken = this.#waiters
    this.#waiters = NOTHING
    for (const resolve of woken) resolve()
  }

  #put(frame: Bytes): void {
    const socket = this.#socket
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return socket.terminate()
    socket.send(frame, () => this.wake())
  }

  /** Lets go what no longer waits for anything before it. */
  #advance(): void {
    const behind = this.#behind ?? []
    let ready = 0
    for (; ready < behind.length; ready++) {
      const frame = behind[ready]?.frame ?? null
      if (frame === null) break
      this.#put(frame)
    }
    behind.splice(0, ready)
    if (behind.length > 0) return
    this.#behind = null
    if (this.#closing !== null && this.#socket.readyState === this.#socket.OPEN) this.#socket.close(this.#closing)
    this.wake()
  }

  send(frame: RelayFrame): void {
    this.sendBytes(encodeRelayFrame(frame))
  }

  sendBytes(frame: Bytes): void {
    if (!this.isOpen()) return
    if (this.#behind === null) this.#put(frame)
    else this.#behind.push({ frame })
  }

  sendSoon(): (frame: RelayFrame) => void {
    if (!this.isOpen()) return ignore
    const place: { frame: Bytes | null } = { frame: null }
    this.#behind ??= []
    this.#behind.push(place)
    return (frame) => {
      place.frame = encodeRelayFrame(frame)
      this.#advance()
    }
  }

  refuse(request: number, refusal: Refusal): void {
    this.send({ type: 'refused', request, body: { refusal } })
  }

  reject(refusal: Refusal, code: number): void {
    this.refuse(0, refusal)
    this.close(code)
  }

  close(code: number): void {
    if (!this.isOpen()) return
    this.#closing = code
    if (this.#behind === null) this.#socket.close(code)
  }

  abandon(): void {
    this.#behind = null
    this.#closing = 1011
    this.#socket.close(this.#closing)
  }

  async room(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    if (!this.#hasRoom()) await new Promise<void>((resolve) => (this.#waiters = [...this.#waiters, resolve]))
  }

  began(): () => void {
    if (++this.#unanswered === MAX_IN_FLIGHT) this.#socket.pause()
    return () => {
      if (this.#unanswered-- === MAX_IN_FLIGHT) this.#socket.resume()
    }
  }
}

const viewOf = (data: Buffer): Bytes => new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.length)
