/**
 * A second door to a relay that writes down everything that goes through it: each request and answer with its headers
 * and body, each message of each socket, in order, with its time. Browsers are sent to it instead of to the relay.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer, type RawData } from 'ws'

export interface Passed {
  readonly way: 'to relay' | 'from relay'
  readonly kind: 'http' | 'socket'
  /** For `http`: method or status, address and headers, as text. */
  readonly head: string
  readonly body: Buffer
  /** Milliseconds since the recorder began. */
  readonly at: number
  /** Counts sockets in the order they were opened; 0 for `http`. */
  readonly socket: number
}

export interface Recorder {
  readonly url: string
  readonly passed: readonly Passed[]
  /** Everything so far as one run of bytes. */
  all(): Buffer
  close(): Promise<void>
}

const bufferOf = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)

export async function openRecorder(relay: string): Promise<Recorder> {
  const target = new URL(relay)
  const began = performance.now()
  const passed: Passed[] = []
  const open = new Set<{ terminate(): void }>()
  let sockets = 0
  const write = (one: Omit<Passed, 'at'>): void => void passed.push({ ...one, at: performance.now() - began })

  function pass(asked: IncomingMessage, answer: ServerResponse): void {
    const sent: Buffer[] = []
    const { method = 'GET', url = '/', headers } = asked
    const on = request({ host: target.hostname, port: target.port, method, path: url, headers }, (got) => {
      const body: Buffer[] = []
      answer.writeHead(got.statusCode ?? 502, got.headers)
      got.on('data', (piece: Buffer) => {
        body.push(piece)
        answer.write(piece)
      })
      got.on('end', () => {
        const head = `${got.statusCode} ${url} ${JSON.stringify(got.headers)}`
        write({ way: 'from relay', kind: 'http', head, body: Buffer.concat(body), socket: 0 })
        answer.end()
      })
    })
    on.on('error', () => asked.socket.destroy())
    asked.on('data', (piece: Buffer) => {
      sent.push(piece)
      on.write(piece)
    })
    asked.on('end', () => {
      const head = `${method} ${url} ${JSON.stringify(headers)}`
      write({ way: 'to relay', kind: 'http', head, body: Buffer.concat(sent), socket: 0 })
      on.end()
    })
  }

  const door = new WebSocketServer({ noServer: true, perMessageDeflate: false })

  function upgrade(asked: IncomingMessage, browser: Duplex, rest: Buffer): void {
    const socket = ++sockets
    const head = `${asked.url} ${JSON.stringify(asked.headers)}`
    write({ way: 'to relay', kind: 'http', head, body: Buffer.alloc(0), socket: 0 })
    door.handleUpgrade(asked, browser, rest, (near) => {
      const far = new WebSocket(new URL(asked.url ?? '/', relay.replace(/^http/, 'ws')), { perMessageDeflate: false })
      const early: Buffer[] = []
      for (const one of [near, far]) {
        open.add(one)
        one.on('error', () => one.terminate())
      }
      near.on('message', (data) => {
        const body = bufferOf(data)
        write({ way: 'to relay', kind: 'socket', head: '', body, socket })
        if (far.readyState === WebSocket.OPEN) far.send(body)
        else early.push(body)
      })
      far.on('open', () => {
        for (const body of early.splice(0)) far.send(body)
      })
      far.on('message', (data) => {
        const body = bufferOf(data)
        write({ way: 'from relay', kind: 'socket', head: '', body, socket })
        near.send(body)
      })
      const end = (from: WebSocket, to: WebSocket) => (code: number) => {
        open.delete(from)
        if (code >= 3000 || code === 1000) to.close(code)
        else to.terminate()
      }
      near.on('close', end(near, far))
      far.on('close', end(far, near))
    })
  }

  const server = createServer(pass)
  server.on('upgrade', upgrade)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the recorder has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    passed,
    all: () => Buffer.concat(passed.flatMap(({ head, body }) => [Buffer.from(`${head}\n`), body])),
    close: () => {
      for (const one of open) one.terminate()
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
}
