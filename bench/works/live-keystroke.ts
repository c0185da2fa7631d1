/** Live writing: from a key on one screen to the other screen, over a real relay process, at the pace of typing (P11). */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { FIELD } from '@alongside/device/live/check-update.ts'
import { openNoteSession, TICK_MS } from '@alongside/device/live/note-session.ts'
import { someId, type Side as Seat } from '@alongside/device/testing/pair.ts'
import { WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import type { Figures, Opened, Side, Work } from '../lib/work.ts'
import { circleAt } from '../peers/ours.ts'
import { startServer } from '../peers/running.ts'
import { OURS } from '../peers/systems.ts'
import type { NoteEvent } from '@alongside/device/api.ts'

const KEYS = 80
/** Not a part of a tick, so that keys fall on every moment of one. */
const BETWEEN_MS = 137
const ALLOWED_MS = 15

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function spread(late: readonly number[]): Figures {
  const sorted = late.toSorted((a, b) => a - b)
  const at = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95) }
}

/** Presses keys one after the other; `press` says a key's number, and `arrived` must be called with it. */
async function typing(press: (key: number) => void, arrived: (told: (key: number) => void) => void): Promise<Figures> {
  const pressedAt: number[] = []
  const late: number[] = []
  const all = new Promise<void>((done) => {
    arrived((key) => {
      late.push(performance.now() - (pressedAt[key] ?? Number.NaN))
      if (late.length === KEYS) done()
    })
  })
  const begun = performance.now()
  for (let key = 0; key < KEYS; key++) {
    await pause(Math.max(0, begun + key * BETWEEN_MS - performance.now()))
    pressedAt.push(performance.now())
    press(key)
  }
  await all
  return spread(late)
}

async function sit({ circle, core, world }: Seat, heard: (event: NoteEvent) => void) {
  return must(
    await openNoteSession({ circle, encounter: someId(500), store: core.store, world, language: () => 'en', heard }),
  )
}

async function ours(): Promise<Side & { close: () => Promise<void> }> {
  const relay = await startServer(OURS.server)
  const { amal, bea } = await circleAt({ port: relay.port })
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
  let told: (length: number) => void = () => undefined
  const far = await sit(bea, (event) => {
    if (event.type !== 'update') return
    Y.applyUpdate(theirs, event.update)
    told(theirs.getText(FIELD).length)
  })
  const near = await sit(amal, () => undefined)
  const { block } = must(near.add('shared'))
  while (!far.blocks().some((one) => one.block === block)) await pause(20)
  mine.clientID = near.clientId
  mine.on('update', (update: Uint8Array) => void must(near.write(block, update as Bytes)))
  const text = mine.getText(FIELD)
  return {
    name: 'ours',
    turn: async () => {
      const before = text.length
      let shown = 0
      return typing(
        () => text.insert(text.length, 'a'),
        (arrived) => {
          told = (length) => {
            while (shown < length - before) arrived(shown++)
          }
        },
      )
    },
    close: async () => {
      await near.leave()
      await far.leave()
      await amal.device.lock()
      await bea.device.lock()
      await relay.stop()
    },
  }
}

/** A server that sends back what it gets, and nothing else. */
async function echo(): Promise<Side & { close: () => Promise<void> }> {
  const http = createServer()
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  server.on('connection', (socket) => socket.on('message', (data: Buffer) => socket.send(data)))
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', () => done()))
  const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, { perMessageDeflate: false })
  await new Promise((done) => socket.once('open', done))
  return {
    name: 'bare WebSocket echo',
    turn: () =>
      typing(
        (key) => socket.send(String(key)),
        (arrived) => {
          socket.removeAllListeners('message')
          socket.on('message', (data: Buffer) => arrived(Number(data.toString())))
        },
      ),
    close: async () => {
      socket.terminate()
      server.close()
      http.close()
    },
  }
}

export const work: Work = {
  name: 'live-keystroke',
  what: `A key every ${BETWEEN_MS} ms, ${KEYS} times, to the other screen: sealed, signed, over a relay process; ticks of ${TICK_MS} ms.`,
  figures: [
    { name: 'p50', unit: 'ms' },
    { name: 'p95', unit: 'ms' },
  ],
  ratios: [{ goal: 'P11', figure: 'p95', ours: 'ours', against: `echo + a tick + ${ALLOWED_MS} ms`, atMost: 1 }],
  rounds: 3,
  async open(): Promise<Opened> {
    const [mine, bare] = [await ours(), await echo()]
    let last: Figures = {}
    const sides: readonly Side[] = [
      mine,
      { name: bare.name, turn: async () => (last = await bare.turn()) },
      {
        name: `echo + a tick + ${ALLOWED_MS} ms`,
        turn: async () => ({ p95: (last['p95'] ?? Number.NaN) + TICK_MS + ALLOWED_MS }),
      },
    ]
    const notes = ['what is typed is also saved on both devices in each tick, in memory']
    return {
      sides,
      notes,
      close: async () => {
        await mine.close()
        await bare.close()
      },
    }
  },
}
