/**
 * A real relay process under strangers and members who send anything at all: broken requests on the line itself, frames that
 * are none, frames that are right and mean nothing. It answers below 500 or hangs up, its memory stays bounded, and whoever is
 * honest goes on as if nothing were.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { anyBytes, bent, drawing, FUZZ_SEED, FUZZ_TIMES, type Draw } from '@alongside/base/testing/fuzz.ts'
import { createBox } from '@alongside/wire/http.ts'
import { CLOSE } from '@alongside/wire/limits.ts'
import type { DeviceFrame } from '@alongside/wire/messages.ts'
import { encodeDeviceFrame } from '@alongside/wire/messages.ts'
import { deviceFrames } from '@alongside/wire/samples.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectRaw, envelope, found, knock, testKey, type TestConnection } from './testing/device.ts'

// many cases: longer than usual where a machine is busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const boxId = toHex(new Uint8Array(16).fill(7))
const hostileBox = toHex(new Uint8Array(16).fill(8))
const [cap, hostileCap] = [testKey(1), testKey(2)]
const MEGABYTE = 1_048_576

let child: ChildProcess
let url = ''
let folder = ''
let printed = ''
let honest: TestConnection

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alongside-fuzz-'))
  child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { PATH: process.env['PATH'] ?? '', ALONGSIDE_PORT: '0', ALONGSIDE_DATA: folder, ALONGSIDE_WEB: '' },
  })
  url = await new Promise<string>((resolve, reject) => {
    const hear = (data: unknown): void => {
      printed += String(data)
      const said = /relay at (http:\S+)/.exec(printed)?.[1]
      if (said !== undefined) resolve(said)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => reject(new Error(printed)))
  })
  await found(url, { boxId, capPk: cap.pk })
  await found(url, { boxId: hostileBox, capPk: hostileCap.pk })
  honest = await knock(url, { boxId, cap })
  await honest.ask('append', { envelopes: [envelope('honest 1'), envelope('honest 2')] })
})

afterAll(async () => {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
  rmSync(folder, { recursive: true })
})

/** Memory that the process really holds, in bytes; null where the system does not say it in a file. */
function resident(): number | null {
  const status = `/proc/${child.pid}/status`
  const line = existsSync(status) ? /VmRSS:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) : null
  return line === null ? null : Number(line[1]) * 1_024
}

/** The honest device is answered, and its box is as it left it. */
async function honestGoesOn(): Promise<void> {
  const head = await honest.ask('head', {})
  expect(head.type === 'headIs' && head.body.seq).toBe(2)
  expect(child.exitCode).toBeNull()
  expect(printed).not.toContain('Bug')
}

/** Everything that comes back on a line on which these bytes are sent and the sending then ended. */
function onTheLine(bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true })
    socket.on('data', (data) => (text += data.toString('latin1')))
    socket.on('error', () => {})
    socket.on('end', () => socket.destroy())
    socket.on('close', () => resolve(text))
    socket.end(bytes)
  })
}

const request = (lines: readonly string[], body: Uint8Array = new Uint8Array()): Bytes =>
  Uint8Array.from(Buffer.concat([utf8(`${lines.join('\r\n')}\r\n\r\n`), body]))
const place = `/v1/place/${'ab'.repeat(16)}`
const createBody = createBox.encode({
  version: 1,
  boxId,
  capIndex: 0,
  capPk: cap.pk,
  ownerPk: null,
  code: null,
  ticket: null,
})
const REQUESTS: readonly Bytes[] = [
  request(['GET /health HTTP/1.1', 'Host: 127.0.0.1']),
  request(['GET /v1/nonce HTTP/1.1', 'Host: 127.0.0.1', 'Connection: close']),
  request(['POST /v1/box HTTP/1.1', 'Host: 127.0.0.1', `Content-Length: ${createBody.length}`], createBody),
  request(['POST /v1/box HTTP/1.1', 'Host: 127.0.0.1', 'Transfer-Encoding: chunked'], utf8('4\r\nabcd\r\n0\r\n\r\n')),
  request([`PUT ${place} HTTP/1.1`, 'Host: 127.0.0.1', 'Content-Length: 3', 'alongside-proof: 83'], utf8('abc')),
  request([`DELETE ${place} HTTP/1.1`, 'Host: 127.0.0.1', 'Content-Length: 0']),
  request([`GET ${place}/messages?after=18446744073709551615 HTTP/1.1`, 'Host: 127.0.0.1']),
  request([
    'GET /v1/box HTTP/1.1',
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ]),
]
const NONSENSE: readonly (readonly [string, Bytes])[] = [
  ['a negative length', request(['POST /v1/box HTTP/1.1', 'Host: a', 'Content-Length: -1'])],
  ['a length of 2^64', request(['POST /v1/box HTTP/1.1', 'Host: a', 'Content-Length: 18446744073709551616'])],
  ['a length in hexadecimal', request(['POST /v1/box HTTP/1.1', 'Host: a', 'Content-Length: 0x10'])],
  ['two lengths', request(['POST /v1/box HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Content-Length: 2'])],
  [
    'a length and chunks',
    request(['POST /v1/box HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Transfer-Encoding: chunked']),
  ],
  [
    'a chunk of negative size',
    request(['POST /v1/box HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked'], utf8('-1\r\n')),
  ],
  ['no name of a host', request(['GET /health HTTP/1.1'])],
  ['a header without a name', request(['GET /health HTTP/1.1', 'Host: a', ': x'])],
  ['a header on two lines', request(['GET /health HTTP/1.1', 'Host: a', 'X: a', ' b'])],
  ['9,000 bytes of headers', request(['GET /health HTTP/1.1', 'Host: a', `X: ${'a'.repeat(9_000)}`])],
  ['another protocol', utf8('SSH-2.0-OpenSSH_9.2\r\n\r\n')],
  ['a zero byte in the path', request(['GET /health\0 HTTP/1.1', 'Host: a'])],
  ['the start of TLS', Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03)],
]

describe('on the line itself', () => {
  it.each(NONSENSE)('ADV-82 %s is answered with 4xx or nothing', async (_what, bytes) => {
    expect(await onTheLine(bytes)).toMatch(/^(?:$|HTTP\/1\.1 4\d\d )/)
  })

  it('ADV-82 1,000 requests bent at random are answered below 500 or not at all', async () => {
    for (const whole of REQUESTS) expect(await onTheLine(whole)).toMatch(/^HTTP\/1\.1 [1-4]\d\d /)
    const draw = drawing(FUZZ_SEED)
    let refused = 0
    for (let i = 0; i < 50 * FUZZ_TIMES; i++) {
      const sent = Array.from({ length: 20 }, () => bent(draw.one(REQUESTS), draw))
      const answers = await Promise.all(sent.map(onTheLine))
      for (const [k, answer] of answers.entries())
        expect(answer, `seed ${FUZZ_SEED}, ${toHex(sent[k] as Bytes)}`).toMatch(/^(?:$|HTTP\/1\.1 [1-4]\d\d )/)
      refused += answers.filter((answer) => answer.startsWith('HTTP/1.1 4')).length
    }
    expect(refused).toBeGreaterThan(400)
    await honestGoesOn()
  })

  it('ADV-82 500 lines that send a byte now and then do not hold up who is honest, and cost little memory', async () => {
    const before = resident()
    const slow = await Promise.all(
      Array.from(
        { length: 500 },
        (_, i) =>
          new Promise<Socket>((resolve) => {
            const socket = connect(Number(new URL(url).port), '127.0.0.1', () => resolve(socket))
            socket.on('error', () => {})
            socket.write((REQUESTS[i % REQUESTS.length] as Bytes).subarray(0, 12))
          }),
      ),
    )
    for (let round = 12; round < 30; round++) {
      for (const [i, socket] of slow.entries())
        if (socket.writable) socket.write((REQUESTS[i % REQUESTS.length] as Bytes).subarray(round, round + 1))
      await honestGoesOn()
      expect((await fetch(`${url}/health`)).status).toBe(200)
    }
    const after = resident()
    if (before !== null && after !== null) expect((after - before) / MEGABYTE).toBeLessThan(60)
    for (const socket of slow) socket.destroy()
  })
})

/** A frame of a right shape that means something else each time. */
function meaningless(draw: Draw): DeviceFrame {
  const number = draw.one([0, 1, 2, 3, 255, 65_536, 2 ** 32, Number.MAX_SAFE_INTEGER])
  const draftId = toHex(new Uint8Array(16).fill(draw.below(40)))
  const ownerSig = draw.bytes(64)
  const request = draw.one([0, 1, 2 ** 32 - 1, draw.below(1_000)])
  // what is kept costs a write to the disk each time, so it comes seldom
  switch (draw.below(200)) {
    case 0:
      return { type: 'append', request, body: { envelopes: [draw.bytes(590)] } }
    case 1:
      return {
        type: 'draftPut',
        request,
        body: { draftId, expectedVersion: draw.below(4), bytes: draw.bytes(draw.below(700)) },
      }
    case 2:
      return { type: 'draftDelete', request, body: { draftId, expectedVersion: draw.below(4) } }
    case 3:
      return { type: 'end', request, body: { now: true, counter: number, ownerSig } }
    case 4:
      return { type: 'subscribe', request, body: {} }
  }
  switch (draw.below(4)) {
    case 0:
      return { type: 'range', request, body: { from: number, limit: draw.one([0, 1, 3]) } }
    case 1:
      return { type: 'range', request, body: { from: 2 ** 40 + draw.below(9), limit: 10_000 } }
    case 2:
      return { type: 'draftGet', request, body: { draftId } }
    default:
      return { type: 'head', request, body: {} }
  }
}

describe('on a box’s line', () => {
  it('ADV-82 what is no frame, or comes at the wrong time, ends the line with the code for it', async () => {
    const draw = drawing(FUZZ_SEED)
    const valid = deviceFrames.map(encodeDeviceFrame)
    for (let i = 0; i < 20 * FUZZ_TIMES; i++)
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const sent = anyBytes(draw, valid, 900)
          const { socket, opened, closed } = connectRaw(url)
          await opened
          socket.send(sent)
          socket.send(valid[2] as Bytes) // never right before a hello
          expect(await closed, `seed ${FUZZ_SEED}, ${toHex(sent)}`).toBeOneOf([CLOSE.malformed, CLOSE.wrongVersion])
        }),
      )
    await honestGoesOn()
  })

  it('ADV-82 100,000 frames from one who was let in leave memory where it was, and the honest are answered throughout', async () => {
    const draw = drawing(FUZZ_SEED)
    const before: (number | null)[] = []
    let answered = 0
    for (let round = 0; round < 10 * FUZZ_TIMES; round++) {
      const device = await knock(url, { boxId: hostileBox, cap: hostileCap })
      expect(device.welcome).not.toBeNull()
      device.socket.removeAllListeners('message') // what is answered is counted, not kept
      device.socket.on('message', () => answered++)
      for (let i = 0; i < 10_000; i++) {
        device.socket.send(encodeDeviceFrame(meaningless(draw)))
        // as fast as the line takes them
        if (device.socket.bufferedAmount > MEGABYTE) await drained(device)
      }
      // an answer behind all others, and then a frame that is none
      await honestGoesOn()
      device.raw(bent(encodeDeviceFrame({ type: 'head', request: 1, body: {} }), draw).subarray(0, 4))
      expect(await device.closed).toBe(CLOSE.malformed)
      before.push(resident())
    }
    expect(answered).toBeGreaterThan(90_000 * FUZZ_TIMES)
    const [warm, last] = [before[2], before.at(-1)]
    if (typeof warm === 'number' && typeof last === 'number') expect((last - warm) / MEGABYTE).toBeLessThan(80)
    await honestGoesOn()
    const appended = await honest.ask('append', { envelopes: [envelope('honest 3')] })
    expect(appended.type === 'appended' && appended.body.seqs).toEqual([3])
  })
})

/** Resolves when the line has taken what waited to be sent. */
async function drained({ socket }: TestConnection): Promise<void> {
  while (socket.bufferedAmount > 0 && socket.readyState === socket.OPEN)
    await new Promise((resolve) => setImmediate(resolve))
}
