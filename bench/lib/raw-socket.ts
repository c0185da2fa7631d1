/**
 * A WebSocket client with as little as possible between the bytes and the line (RFC 6455), so that the load costs the
 * machine less than what is measured. Frames are masked as a browser masks them; ready-made ones can be sent again.
 */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

export interface RawSocket {
  /** Sends bytes that `masked` made. */
  sendMasked(frame: Uint8Array): void
  /** Bytes that went each way since the upgrade, headers of WebSocket frames included. */
  readonly moved: () => { readonly sent: number; readonly received: number }
  readonly closed: Promise<void>
  close(): void
}

/** One binary message as it goes over the line: header, mask, masked body. The mask is never zero. */
export function masked(body: Uint8Array): Buffer {
  const long = body.length > 65_535 ? 8 : body.length > 125 ? 2 : 0
  const frame = Buffer.alloc(2 + long + 4 + body.length)
  frame[0] = 0x82
  frame[1] = 0x80 | (long === 0 ? body.length : long === 2 ? 126 : 127)
  if (long === 2) frame.writeUInt16BE(body.length, 2)
  if (long === 8) frame.writeBigUInt64BE(BigInt(body.length), 2)
  const mask = randomBytes(4).map((byte) => byte | 1)
  frame.set(mask, 2 + long)
  for (let i = 0; i < body.length; i++) frame[6 + long + i] = (body[i] as number) ^ (mask[i % 4] as number)
  return frame
}

/** Where the body starts in what `masked` made. */
export const bodyAt = (frame: Uint8Array): number => {
  const size = (frame[1] as number) & 127
  return size < 126 ? 6 : size === 126 ? 8 : 14
}

/** Connects and upgrades. `onMessage` gets each whole message; it is a view that is good only during the call. */
export function openRaw(address: string, onMessage: (body: Buffer) => void): Promise<RawSocket> {
  const url = new URL(address)
  const socket: Socket = connect(Number(url.port), url.hostname)
  socket.setNoDelay(true)
  let sent = 0
  let received = 0
  let isUpgraded = false
  let rest: Buffer = Buffer.alloc(0)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.write(
    `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  )
  const raw: RawSocket = {
    sendMasked(frame) {
      sent += frame.length
      socket.write(frame)
    },
    moved: () => ({ sent, received }),
    closed,
    close: () => socket.destroy(),
  }

  /** Reads whole frames from `all`; gives what is left over. */
  function frames(all: Buffer): Buffer {
    let at = 0
    while (all.length - at >= 2) {
      const kind = (all[at] as number) & 15
      let size = (all[at + 1] as number) & 127
      let head = 2
      if (size === 126) {
        if (all.length - at < 4) break
        size = all.readUInt16BE(at + 2)
        head = 4
      } else if (size === 127) {
        if (all.length - at < 10) break
        size = Number(all.readBigUInt64BE(at + 2))
        head = 10
      }
      if (all.length - at < head + size) break
      const body = all.subarray(at + head, at + head + size)
      at += head + size
      if (kind === 2) onMessage(body)
      else if (kind === 9) pong(body)
      else if (kind === 8) socket.end()
    }
    return all.subarray(at)
  }
  function pong(body: Uint8Array): void {
    const frame = masked(body)
    frame[0] = 0x8a
    raw.sendMasked(frame)
  }

  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed before the upgrade')))
    socket.on('data', (data: Buffer) => {
      let all = rest.length === 0 ? data : Buffer.concat([rest, data])
      if (isUpgraded) received += data.length
      else {
        const end = all.indexOf('\r\n\r\n')
        if (end === -1) {
          rest = all
          return
        }
        if (!all.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) return void socket.destroy()
        isUpgraded = true
        all = all.subarray(end + 4)
        received += all.length
        resolve(raw)
      }
      rest = frames(all)
    })
  })
}
