import { connect } from 'node:net'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must } from '@alongside/base/result.ts'
import { PATHS, relayInfo } from '@alongside/wire/http.ts'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { bytesOf, connectRaw, refusalOf } from './testing/device.ts'
import { startTestRelay, type TestRelay } from './testing/relay.ts'

let relay: TestRelay
let web: string
beforeEach(async () => {
  web = mkdtempSync(join(tmpdir(), 'alongside-web-'))
  mkdirSync(join(web, 'assets'))
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>app</title>')
  writeFileSync(join(web, 'assets/app-1a2b.js'), 'export {}')
  writeFileSync(join(web, 'assets/app-1a2b.js.br'), 'brotli')
  writeFileSync(join(web, 'assets/app-1a2b.js.gz'), 'gzip')
  writeFileSync(join(web, '.hidden'), 'hidden')
  writeFileSync(join(web, 'csp.json'), JSON.stringify({ script: [`sha256-${'A'.repeat(43)}=`, "x'; script-src *"] }))
  relay = await startTestRelay({ webFolder: web })
})
afterEach(async () => {
  await relay.remove()
  rmSync(web, { recursive: true })
})

/** Sends bytes as they are and gives all that comes back until the relay closes. */
function rawHttp(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(relay.url).port), '127.0.0.1', () => socket.write(request))
    let text = ''
    socket.on('data', (data) => (text += data.toString('latin1')))
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

describe('what the relay says of itself', () => {
  it('is that it is up, its version, its key and whether a code is needed', async () => {
    expect(await (await fetch(`${relay.url}/health`)).json()).toEqual({ ok: true, version: 1 })
    const info = must(relayInfo.decode(await bytesOf(await fetch(relay.url + PATHS.relayInfo))))
    expect(info).toEqual({ version: 1, relayPk: relay.relayPk, codeNeeded: false })
  })

  it('comes with no cookie and is not kept by anybody', async () => {
    for (const path of ['/health', PATHS.relayInfo, PATHS.nonce, '/v1/nothing']) {
      const { headers } = await fetch(relay.url + path)
      expect([path, headers.get('cache-control'), headers.get('set-cookie')]).toEqual([path, 'no-store', null])
    }
  })

  it('keeps its key where only its owner can read it', () => {
    expect(statSync(join(relay.folder, 'relay.key')).mode & 0o777).toBe(0o600)
  })
})

describe('the web app', () => {
  it('is served for every path of its own, with the strictest headers', async () => {
    for (const path of ['/', '/today', '/circle/notes']) {
      const response = await fetch(relay.url + path)
      expect(await response.text()).toContain('<title>app')
      expect(response.headers.get('cache-control')).toBe('no-cache')
      const csp = response.headers.get('content-security-policy') ?? ''
      expect(csp).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-AAA")
      expect(csp).toContain("frame-src 'self'; frame-ancestors 'self'")
      expect(csp).toContain(`connect-src 'self' ${relay.url.replace('http', 'ws')}`)
      expect(csp).not.toContain('script-src *')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(response.headers.get('permissions-policy')).toContain('camera=(self)')
      expect(response.headers.get('set-cookie')).toBeNull()
    }
  })

  it('comes as it was compressed beforehand, and for good where the name holds a hash', async () => {
    const path = '/assets/app-1a2b.js'
    const get = (encoding: string) =>
      rawHttp(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: ${encoding}\r\nConnection: close\r\n\r\n`)
    expect(await get('gzip, br')).toMatch(/content-encoding: br[^]*brotli$/i)
    expect(await get('gzip')).toMatch(/content-encoding: gzip[^]*gzip$/i)
    expect(await get('identity')).toMatch(/immutable[^]*export \{\}$/i)
  })

  it('gives out no file but its own', async () => {
    for (const path of ['/../relay.key', '/%2e%2e/relay.key', '/..%2frelay.key', '/.hidden', '/csp.json', '/a%00.js']) {
      const answer = await rawHttp(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
      expect(answer, path).toMatch(/404|<title>app/)
      expect(answer, path).not.toMatch(/hidden|sha256-A{20}.*script-src \*/)
    }
    expect((await fetch(`${relay.url}/assets/none.js`)).status).toBe(404)
  })

  it('is missed politely when it is not built', async () => {
    const bare = await startTestRelay()
    try {
      expect(await (await fetch(bare.url)).text()).toContain('npm run build')
    } finally {
      await bare.remove()
    }
  })
})

describe('plain HTTP away from this machine', () => {
  it('is refused with a page that says why, for pages and sockets alike', async () => {
    const page = await rawHttp('GET / HTTP/1.1\r\nHost: clinic.example\r\nConnection: close\r\n\r\n')
    expect(page).toMatch(/^HTTP\/1.1 403[^]*https:\/\//)
    const upgrade =
      'GET /v1/box HTTP/1.1\r\nHost: clinic.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
    expect(await rawHttp(upgrade)).toMatch(/^HTTP\/1.1 403/)
  })

  it('is not made good by a header, unless a proxy of ours sets it', async () => {
    const say = (proto: string) =>
      rawHttp(
        `GET /health HTTP/1.1\r\nHost: clinic.example\r\nX-Forwarded-Proto: ${proto}\r\nConnection: close\r\n\r\n`,
      )
    expect(await say('https')).toMatch(/^HTTP\/1.1 403/)
    await relay.remove()
    relay = await startTestRelay({ behindProxy: true, code: 'a long instance code' })
    expect(await say('https')).toMatch(/^HTTP\/1.1 200[^]*strict-transport-security/i)
    expect(await say('http')).toMatch(/^HTTP\/1.1 403/)
    expect(await say('https, http')).toMatch(/^HTTP\/1.1 403/)
  })
})

describe('ADV-82 what makes no sense', () => {
  it('gets an answer below 500, and the relay goes on', async () => {
    const paths = ['/v1/box', '/v1/place/00', `/v1/place/${'ab'.repeat(16)}`, `/v1/place/${'ab'.repeat(16)}/messages`]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.constantFrom('POST', 'PUT', 'DELETE', 'PATCH'),
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ maxLength: 60 }).filter((text) => /^[\x20-\x7e]*$/.test(text)),
        async (path, method, body, proof) => {
          const response = await fetch(relay.url + path, { method, body, headers: { 'alongside-proof': proof } })
          expect(response.status).toBeGreaterThanOrEqual(400)
          expect(response.status).toBeLessThan(500)
          await response.arrayBuffer()
        },
      ),
      { numRuns: 150 },
    )
    expect(relay.events.filter((event) => event.type === 'Bug')).toEqual([])
  })

  it('is refused on the line itself: headers too long, lengths that lie, doubled headers', async () => {
    const long = `GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'a'.repeat(10_000)}\r\n\r\n`
    expect(await rawHttp(long)).toMatch(/^HTTP\/1.1 431/)
    const negative = 'POST /v1/box HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n'
    expect(await rawHttp(negative)).toMatch(/^HTTP\/1.1 400/)
    const doubled = 'POST /v1/box HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'
    expect(await rawHttp(doubled)).toMatch(/^HTTP\/1.1 400/)
    const both = 'POST /v1/box HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(await rawHttp(both)).toMatch(/^HTTP\/1.1 400/)
  })

  it('cannot make the relay hold more than a body’s worth', async () => {
    const chunk = `${(60_000).toString(16)}\r\n${'a'.repeat(60_000)}\r\n`
    const endless = `POST /v1/box HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`
    expect(await rawHttp(endless)).toMatch(/^HTTP\/1.1 413/)
    const declared = await fetch(relay.url + PATHS.createBox, { method: 'POST', body: new Uint8Array(100_000) })
    expect(await refusalOf(declared)).toEqual({ type: 'TooLarge' })
  })
})

describe('ADV-82 strangers who keep lines open', () => {
  it('lose the line when what they wanted was refused, also when they never hang up', async () => {
    const upgrade =
      'GET /v1/nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
    const port = Number(new URL(relay.url).port)
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(upgrade))
    socket.resume()
    socket.on('error', () => {})
    await new Promise((resolve) => socket.on('end', resolve))
    await new Promise<void>((resolve) => {
      socket.on('close', () => resolve())
      const knockOn = () => {
        if (!socket.destroyed) socket.write('x', () => setImmediate(knockOn))
      }
      knockOn()
    })
  })

  it('cannot make the relay hold a large frame before they were admitted', async () => {
    const { socket, opened, closed } = connectRaw(relay.url)
    await opened
    socket.send(new Uint8Array(900_000), { binary: true, fin: false })
    expect(await closed).toBe(1006)
  })

  it('lose the line when they do not take what they asked for', async () => {
    await relay.remove()
    writeFileSync(join(web, 'assets/large-1a2b.wasm'), new Uint8Array(30_000_000))
    relay = await startTestRelay({ webFolder: web }, { idleMs: 20 })
    const port = Number(new URL(relay.url).port)
    let taken = 0
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET /assets/large-1a2b.wasm HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
    )
    socket.on('error', () => {})
    const closed = new Promise((resolve) => socket.on('close', resolve))
    await new Promise((resolve) => socket.once('readable', resolve)) // begun, and then not read
    await new Promise((resolve) => setTimeout(resolve, 200))
    socket.on('data', (data) => (taken += data.length)).resume()
    await closed
    expect(taken).toBeLessThan(30_000_000)
  })

  it('lose a line that no longer answers, and keep one that does', async () => {
    await relay.remove()
    relay = await startTestRelay({}, { heartbeatMs: 300 })
    const address = `${relay.url.replace('http', 'ws')}${PATHS.boxSocket}`
    const silent = new WebSocket(address, { autoPong: false })
    const answering = new WebSocket(address)
    let pings = 0
    answering.on('ping', () => (pings += 1))
    await new Promise((resolve) => silent.once('close', resolve))
    await new Promise((resolve) => answering.once('ping', resolve))
    expect([answering.readyState, pings >= 2]).toEqual([answering.OPEN, true])
    answering.terminate()
  })

  it('have so many lines from one network, where others can reach the relay', async () => {
    await relay.remove()
    relay = await startTestRelay({ code: 'a long instance code' })
    const lines = Array.from({ length: 200 }, () => connectRaw(relay.url))
    await Promise.all(lines.map((line) => line.opened))
    await expect(connectRaw(relay.url).opened).rejects.toThrow('429')
    lines[0]?.socket.close()
    await lines[0]?.closed
    await connectRaw(relay.url).opened
  })
})

it('an address that asks too often is told when to come again, where others can reach the relay', async () => {
  await relay.remove()
  relay = await startTestRelay({ code: 'a long instance code' })
  let last: Response | null = null
  for (let i = 0; i <= 300; i++) {
    last = await fetch(`${relay.url}/health`)
    if (i < 300) await last.arrayBuffer()
  }
  expect(last?.status).toBe(429)
  expect(await refusalOf(last as Response)).toEqual({ type: 'TooFast', retryAfterMs: 200 })
})
