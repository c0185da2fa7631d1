/**
 * The relay as one value: opens its store and key, listens, routes, and closes cleanly. Used by `main.ts` and, in the
 * same way, by tests inside their own process.
 */
import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Bytes } from '@alongside/base/bytes.ts'
import { systemClock, systemRandom, type Clock, type Random } from '@alongside/base/world.ts'
import { PATHS } from '@alongside/wire/http.ts'
import { CLOSE, MAX_FRAME_BYTES } from '@alongside/wire/limits.ts'
import { WIRE_VERSION } from '@alongside/wire/version.ts'
import { serveBox, type SessionWorld } from './box-session.ts'
import type { RelayConfig } from './config.ts'
import { reportToStderr, whereOf, type Report } from './events.ts'
import { createHub } from './hub.ts'
import { openRelayKey } from './keys.ts'
import { createAddressLimiter } from './limits.ts'
import { boundStranger, createLines } from './lines.ts'
import { createNonces } from './nonces.ts'
import { createPermit } from './permit.ts'
import { everyHeader, page, readBody, refuse, type Asked, type Reply, type Route } from './reply.ts'
import { createBoxRoute } from './routes/create-box.ts'
import { healthRoute } from './routes/health.ts'
import { deletePlaceRoute, getPlaceRoute, putPlaceRoute } from './routes/place.ts'
import { postMessageRoute, readMessagesRoute } from './routes/place-messages.ts'
import { nonceRoute, relayInfoRoute } from './routes/relay-info.ts'
import { createWebApp } from './routes/web-app.ts'
import type { Store } from './store/port.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { addressOf, INSECURE_PAGE, isPrivateLine } from './transport.ts'

/** What comes from outside; the defaults are the machine's own. */
export interface RelayWorld {
  readonly clock: Clock
  readonly random: Random
  readonly report: Report
  readonly handshakeMs: number
  readonly heartbeatMs: number
  readonly sweepMs: number
  /** How long a plain HTTP line may stand without a byte moving. */
  readonly idleMs: number
  /** The store to use instead of the default one. */
  readonly openStore: typeof openSqliteStore
}

export interface Relay {
  /** Where it listens, such as `http://127.0.0.1:8787`. */
  readonly url: string
  /** 32 bytes. */
  readonly relayPk: Bytes
  readonly store: Store
  /** Stops taking connections, keeps what was asked, closes the files. */
  close(): Promise<void>
}

const WORLD: RelayWorld = {
  clock: systemClock,
  random: systemRandom,
  report: reportToStderr,
  handshakeMs: 10_000,
  heartbeatMs: 30_000,
  sweepMs: 600_000,
  idleMs: 60_000,
  openStore: openSqliteStore,
}

/** Requests and new connections per address, where others can reach the relay. */
const ADDRESS_RATE = { perSecond: 5, burst: 300 }
/** All lines, plain and upgraded. */
const MOST_CONNECTIONS = 24_000
/** Into so many parts the time between two pings of one line is cut. */
const BEATS = 60

/** Starts a relay. Rejects when the port or the data folder cannot be used. */
export async function startRelay(config: RelayConfig, given: Partial<RelayWorld> = {}): Promise<Relay> {
  const world = { ...WORLD, ...given }
  const { clock, random, report, heartbeatMs, sweepMs } = world
  const { dataFolder, quotas, maxFileBytes, behindProxy } = config
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const key = openRelayKey(join(dataFolder, 'relay.key'), random)
  const store = world.openStore({ folder: dataFolder, quotas, maxFileBytes }, { clock, report })
  const hub = createHub()
  const session: SessionWorld = { ...world, store, hub, key, quotas }
  const nonces = createNonces(clock, random)
  const permit = createPermit(config.code)
  const webApp = createWebApp(config.webFolder)
  const addresses = permit.isNeeded ? createAddressLimiter(ADDRESS_RATE, clock) : null
  const placeWorld = { places: store.places, boxes: store.boxes, key, nonces, permit }
  const routes: readonly Route[] = [
    healthRoute,
    relayInfoRoute(key, permit),
    nonceRoute(nonces),
    createBoxRoute({ boxes: store.boxes, key, permit }),
    putPlaceRoute(placeWorld),
    getPlaceRoute(placeWorld),
    deletePlaceRoute(placeWorld),
    postMessageRoute(placeWorld),
    readMessagesRoute(placeWorld),
  ]

  async function reply(request: IncomingMessage): Promise<Reply> {
    if (!isPrivateLine(request, behindProxy)) return page(403, 'text/html', INSECURE_PAGE)
    const url = urlOf(request)
    if (url === null) return refuse({ type: 'Malformed' })
    const method = request.method ?? 'GET'
    const asked = (caught: readonly string[]): Asked => ({
      url,
      method,
      caught,
      header: (name) => String(request.headers[name] ?? ''),
      body: () => readBody(request),
    })
    const isApi = url.pathname.startsWith('/v1/') || url.pathname === PATHS.health
    if (!isApi) return method === 'GET' || method === 'HEAD' ? webApp.serve(asked([])) : refuse({ type: 'NotFound' })
    const retryAfterMs = addresses?.take(addressOf(request, behindProxy)) ?? null
    if (retryAfterMs !== null) return refuse({ type: 'TooFast', retryAfterMs })
    for (const route of routes) {
      const match = route.method === method ? route.path.exec(url.pathname) : null
      if (match !== null) return route.handle(asked(match.slice(1)))
    }
    return refuse({ type: 'NotFound' })
  }

  const server = createServer(
    { maxHeaderSize: 8_192, headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      void reply(request)
        .catch((error: unknown) => {
          report({ type: 'Bug', where: whereOf(error) })
          return page(500, 'text/plain', 'Something went wrong here\n')
        })
        .then((reply) => send(request, response, reply, behindProxy))
    },
  )

  server.setTimeout(world.idleMs)
  server.maxConnections = MOST_CONNECTIONS

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
    skipUTF8Validation: true,
  })
  /** All open lines, in as many parts as there are beats between two pings of one line. */
  const open = Array.from({ length: BEATS }, () => new Set<WebSocket>())
  let nextPart = 0
  const lines = createLines()
  const answeredLately = new WeakSet<WebSocket>()
  function answered(this: WebSocket): void {
    answeredLately.add(this)
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, first: Buffer) => {
    socket.on('error', () => {})
    /** Says why not and hangs up: a peer that never does so itself must not keep the line. */
    const hangUp = (status: string) => {
      socket.once('finish', () => socket.destroy())
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    }
    if (!isPrivateLine(request, behindProxy)) return hangUp('403 Forbidden')
    if (urlOf(request)?.pathname !== PATHS.boxSocket) return hangUp('404 Not Found')
    const address = addressOf(request, behindProxy)
    if ((addresses?.take(address) ?? null) !== null) return hangUp('429 Too Many Requests')
    const left = lines.enter(addresses === null ? null : address)
    if (left === null) return hangUp('429 Too Many Requests')
    socket.once('close', left)
    sockets.handleUpgrade(request, socket, first, (webSocket) => {
      const part = open[nextPart++ % BEATS] as Set<WebSocket>
      part.add(webSocket)
      answeredLately.add(webSocket)
      webSocket.on('pong', answered)
      webSocket.on('close', () => part.delete(webSocket))
      serveBox(webSocket, session, boundStranger(socket))
    })
  })

  // A few lines at each beat, so that asking after ten thousand of them never holds up the others.
  let turn = 0
  const heartbeat = setInterval(() => {
    turn = (turn + 1) % BEATS
    for (const webSocket of open[turn] ?? []) {
      if (answeredLately.delete(webSocket)) webSocket.ping()
      else webSocket.terminate()
    }
  }, heartbeatMs / BEATS)

  const sweep = () =>
    store.sweep().then(
      (swept) => {
        if (swept.boxes + swept.tombstones + swept.places > 0) report({ type: 'Swept', ...swept })
      },
      (error: unknown) => report({ type: 'Bug', where: whereOf(error) }),
    )
  await sweep()
  let sweeping = Promise.resolve()
  const sweeper = setInterval(() => {
    sweeping = sweep()
  }, sweepMs)

  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(config.port, config.host, resolve)
    })
  } catch (error) {
    clearInterval(heartbeat)
    clearInterval(sweeper)
    await store.close()
    throw error
  }
  report({ type: 'Started', wireVersion: WIRE_VERSION })
  const { address, port, family } = server.address() as AddressInfo

  let closing: Promise<void> | null = null
  const close = async () => {
    clearInterval(heartbeat)
    clearInterval(sweeper)
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    await sweeping
    // What has been asked is committed and answered before the goodbye.
    await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setImmediate(resolve))
    await key.signedAll()
    for (const webSocket of open.flatMap((part) => [...part])) webSocket.close(CLOSE.stopping)
    const patience = setTimeout(() => open.forEach((part) => part.forEach((webSocket) => webSocket.terminate())), 1_000)
    server.closeIdleConnections()
    await closed
    clearTimeout(patience)
    await store.close()
    report({ type: 'Stopped' })
  }
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    relayPk: key.publicKey,
    store,
    close: () => (closing ??= close()),
  }
}

/** The path and query asked for; null when they cannot be read. */
const urlOf = (request: IncomingMessage): URL | null =>
  request.url?.startsWith('/') ? URL.parse(request.url.replace(/^\/+/, '/'), 'http://relay') : null

function send(request: IncomingMessage, response: ServerResponse, reply: Reply, isTls: boolean): void {
  if (response.destroyed) return
  const isUnread = !request.complete
  response.writeHead(reply.status, {
    ...everyHeader(isTls),
    ...reply.headers,
    'content-length': String(reply.body.length),
    // A body that was refused half-way is not read to its end.
    ...(isUnread ? { connection: 'close' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : reply.body)
}
