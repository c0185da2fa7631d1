/**
 * How a box is kept in step with the relay, as a machine without sockets, timers or keys: it is told what happened and
 * says what to do. It computes the chain itself and believes no position, order or receipt that does not fit it.
 * Source: protocol sections 2.6, 2.16 and 2.17.
 *
 * After `welcome` it reads what it lacks, and only then sends what waits, so that an entry that arrived before a line
 * broke is found in the record and never said twice. What was sent stays queued until it stands in the chain.
 */
import { equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import { chainStart, type Head } from '@alongside/wire/chain.ts'
import { MAX_ENVELOPES, MAX_FRAME_BYTES } from '@alongside/wire/limits.ts'
import type { DeviceFrame, DeviceFrameBody, RelayFrame, RelayFrameBody } from '@alongside/wire/messages.ts'
import type { Refusal } from '@alongside/wire/refusals.ts'
import { WIRE_VERSION } from '@alongside/wire/version.ts'
import { backoffMs } from './backoff.ts'
import { createGrowth } from './growth.ts'
import type { Input, Machine, MachineOptions, Output, Waiting } from './talk.ts'

/** How long an answer may take, and how long a quiet line is left alone before the head is compared. */
const ANSWER_MS = 20_000
const QUIET_MS = 60_000
/** How long a line must last for the waiting between tries to start small again. */
const STEADY_MS = 10_000
const RANGE_LIMIT = 2_000
/** Envelopes in one append when a relay is given back what it lost; even the largest fit a frame. */
const RESEED = 16

interface Asked {
  readonly at: number
  readonly keys: readonly string[]
  readonly type: string
  /** How far the chain had come. */
  readonly reached: number
}

type Stage = 'idle' | 'waiting' | 'connecting' | 'greeting' | 'proving' | 'reading' | 'live'

export function createMachine(options: MachineOptions): Machine {
  const growth = createGrowth(
    options.heads.length === 0 ? [chainStart(options.boxId).hash] : options.heads,
    options.witness,
  )
  let capIndex = options.capIndex
  let stage: Stage = 'idle'
  let closedFor: 'ended' | 'refused' | null = null
  let failures = 0
  let retryAt: number | null = null
  let holdUntil = 0
  let waiting: readonly Waiting[] = []
  let newest = capIndex
  /** Where the relay said it stands; reading goes on until there. */
  let target: Head | null = null
  let next = 1
  let lastHeard = 0
  let liveSince = 0
  let out: Output[] = []
  const asked = new Map<number, Asked>()
  const sent = new Set<string>()
  /** What an ending box did not take; sent again when it is open. */
  const blocked = new Set<string>()

  const { head, isForked, vouch } = growth
  const headSeq = () => head().seq
  const say = (output: Output) => out.push(output)

  function request(frame: Omit<DeviceFrame, 'request'>, now: number, keys: readonly string[] = []): void {
    const request = next++
    asked.set(request, { at: now, keys, type: frame.type, reached: growth.reached() })
    for (const key of keys) sent.add(key)
    say({ type: 'send', frame: { ...frame, request } as DeviceFrame })
  }

  function drop(now: number): void {
    asked.clear()
    sent.clear()
    target = null
    growth.forget()
    if (closedFor !== null || stage === 'idle') {
      stage = 'idle'
      retryAt = null
    } else {
      stage = 'waiting'
      retryAt = now + backoffMs(failures++, options.chance())
      say({ type: 'wakeAt', at: retryAt })
    }
    say({ type: 'changed' })
  }

  function disconnect(now: number): void {
    say({ type: 'disconnect' })
    drop(now)
  }

  function end(how: 'ended' | 'refused', now: number): void {
    closedFor = how
    disconnect(now)
  }

  /** Lets through what fits, and says where it does not. */
  function grow(): void {
    const { firstSeq, envelopes, fork, contradiction, witness } = growth.grow(target?.seq ?? null)
    if (witness !== null) say({ type: 'signed', head: witness })
    if (envelopes.length > 0) say({ type: 'place', firstSeq, envelopes, head: head() })
    if (contradiction !== null) say({ type: 'contradiction', found: contradiction })
    if (fork !== null) say({ type: 'alarm', alarm: { type: 'Fork', seq: fork } })
  }

  function readOn(now: number): void {
    if (isForked() || [...asked.values()].some((one) => one.type === 'range')) return
    request({ type: 'range', body: { from: growth.reached() + 1, limit: RANGE_LIMIT } }, now)
  }

  /** After anything was placed: read on, give up the old capability, or send what waits. */
  function go(now: number): void {
    if (stage !== 'reading' && stage !== 'live') return
    grow()
    if (isForked()) return flush(now)
    if (target !== null && headSeq() < target.seq) return readOn(now)
    if (growth.hasGap()) return readOn(now)
    if (newest > capIndex) {
      say({ type: 'superseded', newestCapIndex: newest })
      return
    }
    if (stage === 'reading') {
      stage = 'live'
      liveSince = now
      request({ type: 'subscribe', body: {} }, now)
      say({ type: 'changed' })
    }
    flush(now)
  }

  function flush(now: number): void {
    if (stage !== 'live' && !(stage === 'reading' && isForked())) return
    // what the owner key signed waits for no quota and no alarm, unless something before it in its author's chain does
    const isHeld = isForked() || now < holdUntil
    let isAppendHeld = false
    // one append at a time: what is said until its answer goes together in the next, with one receipt and one fsync for all;
    // nothing that the owner key signed waits for that
    const unsent = waiting.filter((one) => !sent.has(one.key))
    const isOnTheWay = [...asked.values()].some((one) => one.type === 'append')
    if (isOnTheWay && unsent.every((one) => one.type === 'append')) return
    let run: Extract<Waiting, { type: 'append' }>[] = []
    let size = 0
    const send = () => {
      if (run.length === 0) return
      const keys = run.map((one) => one.key)
      request({ type: 'append', body: { envelopes: run.map((one) => one.envelope) } }, now, keys)
      run = []
      size = 0
    }
    for (const one of unsent) {
      if (one.type === 'append') {
        isAppendHeld ||= isHeld
        if (isHeld) continue
        if (run.length === MAX_ENVELOPES || size + one.envelope.length + 64 > MAX_FRAME_BYTES / 2) send()
        run.push(one)
        size += one.envelope.length
        continue
      }
      send()
      if (one.type === 'rekey' && isAppendHeld) continue
      request({ type: one.type, body: one.body }, now, [one.key])
    }
    send()
  }

  /** Own envelopes stand where the relay says; compare with what was sent. */
  function placed(body: RelayFrameBody<'appended'>, keys: readonly string[], now: number): void {
    const mine = waiting.filter((one) => keys.includes(one.key))
    const envelopes = mine.flatMap((one) =>
      one.type === 'append' ? [one.envelope] : one.type === 'rekey' ? one.body.envelopes : [],
    )
    const highest = Math.max(...body.seqs)
    if (envelopes.length === body.seqs.length)
      for (const [i, seq] of body.seqs.entries()) growth.take(seq, [envelopes[i] as Bytes])
    failures = 0
    vouch({ seq: highest, hash: body.hash, receipt: body.receipt })
    if (headSeq() < highest && (target === null || target.seq < highest)) target = { seq: highest, hash: body.hash }
    go(now)
  }

  function welcome(body: RelayFrameBody<'welcome'>, now: number): void {
    newest = body.newestCapIndex
    say({ type: 'box', state: body.state, daysLeft: body.daysLeft, ownerCounter: body.ownerCounter })
    stage = 'reading'
    vouch(body)
    const mine = growth.at(body.seq)
    if (body.seq < headSeq() && mine !== null && equalBytes(mine, body.hash) && newest <= capIndex) {
      say({ type: 'alarm', alarm: { type: 'RolledBack', had: headSeq(), has: body.seq } })
      say({ type: 'reseed', from: body.seq })
      return
    }
    target = { seq: body.seq, hash: body.hash }
    go(now)
  }

  function refused(refusal: Refusal, keys: readonly string[], type: string, now: number): void {
    for (const key of keys) sent.delete(key)
    switch (refusal.type) {
      case 'OverQuota':
      case 'TooFast':
      case 'CouldNotKeep':
        holdUntil = now + refusal.retryAfterMs
        return void say({ type: 'wakeAt', at: holdUntil })
      case 'Superseded':
        newest = Math.max(newest, refusal.newestCapIndex)
        return disconnect(now)
      case 'Ended':
        say({ type: 'box', state: 'ended', daysLeft: 0, ownerCounter: null })
        return end('ended', now)
      case 'Ending':
        for (const key of keys) {
          sent.add(key)
          blocked.add(key)
        }
        return void say({ type: 'box', state: 'ending', daysLeft: refusal.daysLeft, ownerCounter: null })
      case 'NotAdmitted':
      case 'WrongVersion':
      case 'InsecureTransport':
        say({ type: 'refused', refusal })
        return end('refused', now)
      case 'CodeNeeded':
      case 'HeadMoved':
      case 'IdInUse':
      case 'MailboxFull':
      case 'Malformed':
      case 'NoSuchPlace':
      case 'NotFound':
      case 'OwnerCounterUsed':
      case 'OwnerMustSign':
      case 'PageIsNewer':
      case 'PlaceTaken':
      case 'TooLarge':
      case 'TooManyDrafts':
        for (const key of keys) sent.add(key)
        if (type === 'end' || type === 'takeBackEnd' || type === 'rekey')
          for (const key of keys) say({ type: 'settled', key, refusal })
        else say({ type: 'refused', refusal })
    }
  }

  function frame(frame: RelayFrame, now: number): void {
    const question = asked.get(frame.request)
    if (question !== undefined && frame.type !== 'entries') asked.delete(frame.request)
    switch (frame.type) {
      case 'challenge':
        if (stage !== 'greeting') return
        stage = 'proving'
        return void say({ type: 'prove', hello: greeting(), ...frame.body })
      case 'welcome':
        return stage === 'proving' ? welcome(frame.body, now) : undefined
      case 'appended':
      case 'rekeyed':
        return question === undefined ? undefined : placed(frame.body, question.keys, now)
      case 'entries':
      case 'arrived':
        growth.take(frame.body.firstSeq, frame.body.envelopes)
        grow()
        return frame.type === 'arrived' ? go(now) : undefined
      case 'rangeEnd':
        if (target !== null && headSeq() >= target.seq) target = null
        else if (question !== undefined && growth.reached() <= question.reached) return disconnect(now)
        return go(now)
      case 'subscribed':
      case 'headIs':
        vouch(frame.body)
        if (frame.body.seq > headSeq()) target = { seq: frame.body.seq, hash: frame.body.hash }
        return go(now)
      case 'ownerDone':
        for (const key of question?.keys ?? []) say({ type: 'settled', key, refusal: null })
        return box(frame.body, now)
      case 'stateChanged':
        return box(frame.body, now)
      case 'superseded':
        newest = Math.max(newest, frame.body.newestCapIndex)
        return
      case 'refused':
        refused(frame.body.refusal, question?.keys ?? [], question?.type ?? '', now)
        return flush(now)
      case 'draftStored':
      case 'draftIs':
      case 'draftConflict':
      case 'liveArrived':
        return // drafts and the live channel pass by here; the link answers those who asked
    }
  }

  function box(body: RelayFrameBody<'stateChanged'>, now: number): void {
    say({ type: 'box', ...body, ownerCounter: null })
    if (body.state === 'ended') return end('ended', now)
    if (body.state === 'ending') return
    for (const key of blocked) sent.delete(key)
    blocked.clear()
    flush(now)
  }

  const greeting = (): DeviceFrameBody<'hello'> => ({ version: WIRE_VERSION, boxId: options.boxId, capIndex })

  function tick(now: number): void {
    if (stage === 'waiting' && retryAt !== null) {
      // a timer may fire a moment before the clock says so, and nothing else would wake a line that is down
      if (now >= retryAt) connect()
      else say({ type: 'wakeAt', at: retryAt })
      return
    }
    if (stage === 'idle' || stage === 'waiting') return
    const slow = [...asked.values()].some((one) => now - one.at >= ANSWER_MS)
    const silent = stage !== 'live' && now - lastHeard >= ANSWER_MS
    if (slow || silent) return disconnect(now)
    if (stage === 'live' && now - lastHeard >= QUIET_MS) request({ type: 'head', body: {} }, now)
    // a line that only just came up may go down the same way again; it has proved itself when it lasts
    if (stage === 'live' && now - liveSince >= STEADY_MS) failures = 0
    if (now >= holdUntil) flush(now)
  }

  function connect(): void {
    stage = 'connecting'
    retryAt = null
    say({ type: 'connect' })
    say({ type: 'changed' })
  }

  function step(input: Input, now: number): void {
    switch (input.type) {
      case 'start':
        if (stage !== 'idle' || closedFor !== null) return
        lastHeard = now
        return connect()
      case 'stop':
        stage = 'idle'
        say({ type: 'disconnect' })
        return drop(now)
      case 'opened':
        if (stage !== 'connecting') return
        stage = 'greeting'
        lastHeard = now
        return void say({ type: 'send', frame: { type: 'hello', request: 0, body: greeting() } })
      case 'frame':
        if (stage === 'idle' || stage === 'waiting') return
        lastHeard = now
        // An acknowledgement nobody can be held to is none: what was sent stays queued (ADV-12).
        if (!input.receiptsRight) return disconnect(now)
        return frame(input.frame, now)
      case 'closed':
        return stage === 'idle' || stage === 'waiting' ? undefined : drop(now)
      case 'tick':
        return tick(now)
      case 'queue':
        waiting = input.waiting
        return flush(now)
      case 'capability':
        if (input.capIndex === capIndex) return
        capIndex = input.capIndex
        newest = Math.max(newest, capIndex)
        if (stage === 'idle') return
        say({ type: 'disconnect' })
        failures = 0
        stage = 'waiting'
        asked.clear()
        sent.clear()
        target = null
        growth.forget()
        return connect()
      case 'missing':
        target = null
        for (let at = 0; at < input.envelopes.length; at += RESEED)
          request({ type: 'append', body: { envelopes: input.envelopes.slice(at, at + RESEED) } }, now)
        return
    }
  }

  return {
    on(input, now) {
      out = []
      step(input, now)
      const said = out
      out = []
      return said
    },
    connection: () =>
      closedFor ?? (stage === 'live' ? 'live' : stage === 'idle' || stage === 'waiting' ? 'offline' : 'connecting'),
    head,
    retryAt: () => retryAt,
  }
}
