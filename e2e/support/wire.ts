/**
 * The network between one browser profile and the rest of the world, in the hands of the test: a proxy that can be cut,
 * mended, and told to spoil what the relay says over a socket. Give `settings` to the browser context.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** Changes bytes on their way from the relay to the browser; what it gives back is sent instead. */
export type Spoil = (bytes: Buffer) => Buffer

export interface Wire {
  /** For `browser.newContext({ proxy })`; loopback goes through it as well. */
  readonly settings: { readonly server: string; readonly bypass: string }
  /** Every line breaks in the middle, and no new one comes about. */
  cut(): void
  mend(): void
  /** Puts a line before what the device says in its worker from now on: a browser that behaves otherwise. */
  inWorker(first: string): void
  /** Spoils frames of sockets from now on; null stops it. Lines that are open go on. */
  spoil(how: Spoil | null): void
  close(): Promise<void>
}

const WORKER = /\/assets\/worker-[^/]*\.js$/

/** Whatever name the browser asked for, the relay is on this machine. */
function onLoopback(url: string): URL {
  const at = new URL(url)
  at.hostname = '127.0.0.1'
  return at
}

export async function openWire(): Promise<Wire> {
  const sockets = new Set<Duplex>()
  let isUp = true
  let spoil: Spoil | null = null
  let first = ''
  const hold = (socket: Duplex): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }

  function pass(asked: IncomingMessage, answer: ServerResponse): void {
    if (!isUp) return void asked.socket.destroy()
    const changed = first !== '' && WORKER.test(asked.url ?? '')
    const headers = { ...asked.headers, connection: 'close', ...(changed ? { 'accept-encoding': 'identity' } : {}) }
    const on = request(onLoopback(asked.url ?? ''), { method: asked.method ?? 'GET', headers, agent: false }, (got) => {
      if (changed) delete got.headers['content-length']
      answer.writeHead(got.statusCode ?? 502, got.headers)
      if (changed) answer.write(`${first}\n`)
      got.pipe(answer)
    })
    on.on('socket', hold)
    on.on('error', () => asked.socket.destroy())
    asked.pipe(on)
  }

  function tunnel(asked: IncomingMessage, browser: Duplex, head: Buffer): void {
    hold(browser)
    if (!isUp) return void browser.destroy()
    const port = (asked.url ?? '').split(':').at(-1)
    const relay: Socket = connect(Number(port), '127.0.0.1', () => {
      browser.write('HTTP/1.1 200 OK\r\n\r\n')
      if (head.length > 0) relay.write(head)
      browser.pipe(relay)
    })
    hold(relay)
    let greeted = false
    relay.on('data', (bytes: Buffer) => {
      // the answer that opens a socket is left as it is
      browser.write(spoil === null || !greeted ? bytes : spoil(bytes))
      greeted = true
    })
    relay.on('close', () => browser.destroy())
    browser.on('close', () => relay.destroy())
  }

  const server = createServer(pass)
  server.on('connect', tunnel)
  server.on('connection', hold)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the wire has no port')
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    settings: { server: `http://127.0.0.1:${address.port}`, bypass: '<-loopback>' },
    cut: () => {
      isUp = false
      breakAll()
    },
    mend: () => {
      isUp = true
    },
    inWorker: (line) => {
      first = line
    },
    spoil: (how) => {
      spoil = how
    },
    close: () => {
      breakAll()
      return new Promise((done) => server.close(() => done()))
    },
  }
}
