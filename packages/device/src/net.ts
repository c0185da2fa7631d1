/**
 * The line to a relay as the device needs it: one WebSocket per box, and short requests with binary bodies. It is passed
 * in, so that tests can cut, delay and repeat what goes over it.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'

/** What a socket tells. `closed` comes once, also when it never opened. */
export interface LineEvents {
  opened(): void
  message(bytes: Bytes): void
  closed(code: number): void
}

export interface Line {
  send(bytes: Bytes): void
  /** Ends the line; `closed` may still come. */
  close(): void
}

export interface NetRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers?: { readonly [name: string]: string }
  readonly body?: Bytes
}

export interface NetAnswer {
  readonly status: number
  readonly body: Bytes
}

export interface Net {
  connect(url: string, on: LineEvents): Line
  ask(request: NetRequest): Promise<Result<NetAnswer, { readonly type: 'Unreachable' }>>
}

/** Calls `run` once after about `ms` milliseconds unless the returned function is called first. */
export type Schedule = (ms: number, run: () => void) => () => void

export const realSchedule: Schedule = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** How long an answer to a short request may take. */
const ASK_MS = 20_000

/** The platform's own WebSocket and fetch, without cookies, referrer or cache. */
export const realNet: Net = {
  connect(url, on) {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => on.opened())
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) on.message(new Uint8Array(data))
    })
    socket.addEventListener('close', ({ code }) => on.closed(code))
    return {
      send: (bytes) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
      },
      close: () => socket.close(),
    }
  },
  async ask({ method, url, headers, body }) {
    try {
      const answer = await fetch(url, {
        method,
        headers: headers ?? {},
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        signal: AbortSignal.timeout(ASK_MS),
        ...(body === undefined ? {} : { body }),
      })
      return ok({ status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) })
    } catch {
      return err({ type: 'Unreachable' })
    }
  },
}

/** The WebSocket address of a path at a relay given by its `http(s)://` origin. */
export const socketUrl = (relay: string, path: string): string => relay.replace(/^http/, 'ws') + path
