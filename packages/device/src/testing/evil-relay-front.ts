/**
 * What devices reach of an evil relay: one address with real sockets, that knows its callers apart and may do to every
 * single frame what it likes before it passes it on to a real relay. Whoever calls without a name, and everything that is
 * asked over plain HTTP, is passed on untouched.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import type { Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { PATHS } from '@alongside/wire/http.ts'
import {
  decodeDeviceFrame,
  decodeRelayFrame,
  encodeDeviceFrame,
  encodeRelayFrame,
  type DeviceFrame,
  type RelayFrame,
} from '@alongside/wire/messages.ts'

/** One caller's line while it lasts; a trick can speak on it out of turn. */
export interface Caller {
  readonly name: string | null
  readonly tellDevice: (frame: RelayFrame | Bytes) => void
  readonly tellRelay: (frame: DeviceFrame) => void
  readonly hangUp: () => void
}

/** What becomes of frames. Gives what is passed on instead, in order; bytes go out as they are. */
export interface Trick {
  readonly toDevice?: (frame: RelayFrame, caller: Caller) => readonly (RelayFrame | Bytes)[]
  readonly toRelay?: (frame: DeviceFrame, caller: Caller) => readonly DeviceFrame[]
}

export interface Front {
  readonly url: string
  /** Ends the lines of these callers, or all. */
  readonly hangUp: (names?: readonly string[]) => void
  close(): Promise<void>
}

export interface FrontWorld {
  /** Which relay a caller is passed on to. */
  relayFor(name: string | null): string
  tricksOn(name: string | null): readonly Trick[]
}

const bytesOf = (data: Buffer): Bytes => Uint8Array.from(data)

/** Listens on a free port of this machine. */
export async function startFront(world: FrontWorld): Promise<Front> {
  const callers = new Set<Caller>()
  const server = createServer((request, response) => {
    void passOn(request, world.relayFor(null)).then(
      ({ status, body }) => response.writeHead(status).end(body),
      () => response.destroy(),
    )
  })
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (device) => {
      const name = (request.url ?? '').replace(PATHS.boxSocket, '').slice(1)
      serve(device, name === '' ? null : name)
    })
  })

  function serve(device: WebSocket, name: string | null): void {
    const relay = new WebSocket(world.relayFor(name).replace('http', 'ws') + PATHS.boxSocket, {
      perMessageDeflate: false,
    })
    const early: Bytes[] = []
    const caller: Caller = {
      name,
      tellDevice: (frame) => {
        if (device.readyState === device.OPEN)
          device.send(frame instanceof Uint8Array ? frame : encodeRelayFrame(frame))
      },
      tellRelay: (frame) => {
        const bytes = encodeDeviceFrame(frame)
        if (relay.readyState === relay.OPEN) relay.send(bytes)
        else early.push(bytes)
      },
      hangUp: () => {
        callers.delete(caller)
        device.terminate()
        relay.terminate()
      },
    }
    callers.add(caller)
    relay.on('open', () => {
      for (const bytes of early) relay.send(bytes)
    })
    device.on('message', (data: Buffer) => {
      let frames: readonly DeviceFrame[] = [must(decodeDeviceFrame(bytesOf(data)))]
      for (const { toRelay } of world.tricksOn(name))
        if (toRelay !== undefined) frames = frames.flatMap((one) => toRelay(one, caller))
      for (const frame of frames) caller.tellRelay(frame)
    })
    relay.on('message', (data: Buffer) => {
      let frames: readonly (RelayFrame | Bytes)[] = [must(decodeRelayFrame(bytesOf(data)))]
      for (const { toDevice } of world.tricksOn(name))
        if (toDevice !== undefined)
          frames = frames.flatMap((one) => (one instanceof Uint8Array ? [one] : toDevice(one, caller)))
      for (const frame of frames) caller.tellDevice(frame)
    })
    relay.on('close', (code) => {
      callers.delete(caller)
      // 1006 says that there was no word at the end; nobody may send it
      if (code === 1006 || code === 1005) device.terminate()
      else device.close(code)
    })
    device.on('close', caller.hangUp)
    for (const socket of [device, relay]) socket.on('error', () => undefined)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const hangUp = (names?: readonly string[]) => {
    for (const caller of callers)
      if (names === undefined || (caller.name !== null && names.includes(caller.name))) caller.hangUp()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hangUp,
    close: async () => {
      hangUp()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function passOn(request: IncomingMessage, relay: string): Promise<{ status: number; body: Bytes }> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const body = Buffer.concat(parts)
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (name.startsWith('alongside-') && typeof value === 'string') headers.set(name, value)
  const method = request.method ?? 'GET'
  const answer = await fetch(relay + (request.url ?? ''), {
    method,
    headers,
    ...(method === 'GET' || body.length === 0 ? {} : { body }),
  })
  return { status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) }
}
