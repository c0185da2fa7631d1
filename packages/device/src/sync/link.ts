/**
 * Runs the sync machine of one box over a real line: opens and closes sockets, proves the capability, checks receipts
 * against the relay's known key, and wakes the machine. Requests that are not the record's own (drafts) and live frames
 * pass through here for whoever writes a note.
 */
import { equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { steady, type Clock } from '@alongside/base/world.ts'
import { sign, verify, type KeyPair } from '@alongside/record/crypto.ts'
import { openBytes, receiptBytes } from '@alongside/wire/auth.ts'
import { PATHS } from '@alongside/wire/http.ts'
import {
  decodeRelayFrame,
  encodeDeviceFrame,
  type DeviceFrame,
  type DeviceFrameBody,
  type RelayFrame,
} from '@alongside/wire/messages.ts'
import type { NetworkError } from '../api.ts'
import { socketUrl, type Line, type Net, type Schedule } from '../net.ts'
import { createMachine } from './machine.ts'
import type { Input, Machine, Output, SignedHead, Waiting } from './talk.ts'

export interface LinkWorld {
  readonly net: Net
  readonly clock: Clock
  readonly schedule: Schedule
  readonly chance: () => number
}

/** What the link asks of the circle it serves, and tells it. */
export interface LinkHost {
  readonly boxId: Id
  readonly relay: string
  /** The relay's key as first met, or null before that. */
  relayPk(): Bytes | null
  meet(relayPk: Bytes): void
  capability(): { readonly index: number; readonly keys: KeyPair }
  heads(): readonly Bytes[]
  /** The furthest of the heads that the relay is known to have signed. */
  witness(): SignedHead | null
  /** Everything the machine says that is not about the line itself, in order. */
  told(output: Output): void
  live(bytes: Bytes): void
}

export type DraftAsk = 'draftPut' | 'draftGet' | 'draftDelete'
export type DraftAnswer = Extract<RelayFrame, { type: 'draftStored' | 'draftIs' | 'draftConflict' }>

export interface Link {
  start(): void
  stop(): void
  queue(waiting: readonly Waiting[]): void
  /** The host's capability has changed. */
  renewed(): void
  missing(envelopes: readonly Bytes[]): void
  /** Passes a live frame of 4,096 bytes on, if the line is up; nothing is kept and nothing is promised. */
  sendLive(bytes: Bytes): void
  ask<K extends DraftAsk>(type: K, body: DeviceFrameBody<K>): Promise<Result<DraftAnswer, NetworkError>>
  readonly machine: Machine
}

const FIRST_OUTSIDE_REQUEST = 0x8000_0000
const TICK_MS = 5_000

/** Prepares a line to a box; `start` connects and keeps it connected. */
export function createLink(host: LinkHost, world: LinkWorld): Link {
  const clock = steady(world.clock)
  const machine = createMachine({
    boxId: host.boxId,
    capIndex: host.capability().index,
    heads: host.heads(),
    witness: host.witness(),
    chance: world.chance,
  })
  let line: Line | null = null
  let lineNumber = 0
  let next = FIRST_OUTSIDE_REQUEST
  let cancelWake: (() => void) | null = null
  let cancelTick: (() => void) | null = null
  let reading: Promise<void> = Promise.resolve()
  const outside = new Map<number, (answer: Result<DraftAnswer, NetworkError>) => void>()

  const feed = (input: Input) => {
    for (const output of machine.on(input, clock.now())) act(output)
  }
  const send = (frame: DeviceFrame) => line?.send(encodeDeviceFrame(frame))

  function act(output: Output): void {
    if (output.type === 'connect') connect()
    else if (output.type === 'disconnect') hangUp()
    else if (output.type === 'send') send(output.frame)
    else if (output.type === 'prove') void prove(output).catch(() => feed({ type: 'closed' }))
    else if (output.type === 'wakeAt') {
      cancelWake?.()
      cancelWake = world.schedule(Math.max(0, output.at - clock.now()), () => feed({ type: 'tick' }))
    } else host.told(output)
  }

  function connect(): void {
    hangUp()
    const mine = ++lineNumber
    const ifMine = (work: () => void) => () => {
      if (mine === lineNumber) work()
    }
    line = world.net.connect(socketUrl(host.relay, PATHS.boxSocket), {
      opened: ifMine(() => feed({ type: 'opened' })),
      message: (bytes) => {
        reading = reading.then(() => (mine === lineNumber ? read(bytes, mine) : undefined))
      },
      closed: ifMine(() => {
        // what came before the end of the line is read first
        reading = reading.then(() => {
          if (mine !== lineNumber) return
          hangUp()
          feed({ type: 'closed' })
        })
      }),
    })
    cancelTick = repeat()
  }

  const repeat = () =>
    world.schedule(TICK_MS, () => {
      if (line === null) return
      cancelTick = repeat()
      feed({ type: 'tick' })
    })

  function hangUp(): void {
    lineNumber++
    cancelTick?.()
    cancelTick = null
    line?.close()
    line = null
    for (const answer of outside.values()) answer(err({ type: 'Unreachable' }))
    outside.clear()
  }

  async function prove(output: Extract<Output, { type: 'prove' }>): Promise<void> {
    const known = host.relayPk()
    if (known !== null && !equalBytes(known, output.relayPk)) {
      const refusal = { type: 'NotAdmitted' } as const // another relay answers at this address
      return feed({ type: 'frame', frame: { type: 'refused', request: 0, body: { refusal } }, receiptsRight: true })
    }
    const mine = lineNumber
    const { keys } = host.capability()
    const signature = await sign(keys.secretKey, openBytes(output.relayPk, output.nonce, output.hello))
    if (known === null) host.meet(output.relayPk)
    if (mine === lineNumber) send({ type: 'prove', request: 0, body: { sig: signature } })
  }

  async function read(bytes: Bytes, mine: number): Promise<void> {
    const frame = decodeRelayFrame(bytes)
    if (!frame.ok) {
      hangUp()
      return feed({ type: 'closed' })
    }
    if (frame.value.type === 'liveArrived') return host.live(frame.value.body.bytes)
    const answer = outside.get(frame.value.request)
    if (answer !== undefined) {
      outside.delete(frame.value.request)
      return answer(asDraftAnswer(frame.value))
    }
    const receiptsRight = await areReceiptsRight(frame.value)
    if (mine === lineNumber) feed({ type: 'frame', frame: frame.value, receiptsRight })
  }

  async function areReceiptsRight(frame: RelayFrame): Promise<boolean> {
    const vouched = vouchedBy(frame)
    if (vouched === null) return true
    const relayPk = host.relayPk()
    return relayPk !== null && verify(relayPk, receiptBytes(host.boxId, vouched), vouched.receipt)
  }

  return {
    start: () => feed({ type: 'start' }),
    stop: () => {
      cancelWake?.()
      feed({ type: 'stop' })
      hangUp()
    },
    queue: (waiting) => feed({ type: 'queue', waiting }),
    renewed: () => feed({ type: 'capability', capIndex: host.capability().index }),
    missing: (envelopes) => feed({ type: 'missing', envelopes }),
    sendLive: (bytes) => {
      if (machine.connection() === 'live') send({ type: 'live', request: next++, body: { bytes } })
    },
    ask: (type, body) =>
      new Promise((resolve) => {
        if (machine.connection() !== 'live') return resolve(err({ type: 'Unreachable' }))
        const request = next++
        outside.set(request, resolve)
        send({ type, request, body } as DeviceFrame)
      }),
    machine,
  }
}

/** The position and head that a frame vouches for, with the relay's signature; null for frames that vouch for none. */
function vouchedBy(frame: RelayFrame): { readonly seq: number; readonly hash: Bytes; readonly receipt: Bytes } | null {
  if (frame.type === 'welcome' || frame.type === 'subscribed' || frame.type === 'headIs') return frame.body
  if (frame.type !== 'appended' && frame.type !== 'rekeyed') return null
  const { seqs, hash, receipt } = frame.body
  return { seq: Math.max(...seqs), hash, receipt }
}

function asDraftAnswer(frame: RelayFrame): Result<DraftAnswer, NetworkError> {
  if (frame.type === 'draftStored' || frame.type === 'draftIs' || frame.type === 'draftConflict') return ok(frame)
  if (frame.type !== 'refused') return err({ type: 'RelayRefused', why: frame.type })
  const { refusal } = frame.body
  return err(
    'retryAfterMs' in refusal
      ? { type: 'RelayBusy', retryAfterMs: refusal.retryAfterMs }
      : { type: 'RelayRefused', why: refusal.type },
  )
}
