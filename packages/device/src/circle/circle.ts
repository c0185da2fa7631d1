/**
 * One circle on this device: its record, what waits to be sent, the state with both in it, and the line to its box.
 *
 * Promises: `act` resolves when what was said is durable here; nothing leaves this device that does not lie in its store, so
 * two entries with one counter never do, whatever moment it stops at; what the relay confirmed, the outbox and the keys
 * change together in one write. Work is done one piece at a time, in the order it was asked.
 */
import { equalBytes, toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Circle, PracticeEvent } from '@alongside/practice/define.ts'
import { kemKeys, signingKeys, signSync, type KeyPair } from '@alongside/record/crypto.ts'
import { toMinutes, type SignedEntry } from '@alongside/record/entry.ts'
import { envelopeEpoch } from '@alongside/record/envelope.ts'
import { capabilityKeys, type EpochKeys } from '@alongside/record/epoch.ts'
import { openFold, type Fold, type Outcome, type View } from '@alongside/record/fold.ts'
import { circleName, type DeviceKeys } from '@alongside/record/keys.ts'
import { encodeRekey, makeRekey } from '@alongside/record/rekey.ts'
import { ownerOpBytes, ownerRekeyBytes, type OwnerOp } from '@alongside/wire/auth.ts'
import { MAX_ENVELOPES } from '@alongside/wire/limits.ts'
import type { BoxState } from '@alongside/wire/messages.ts'
import type { ActError, StorageError } from '../api.ts'
import { law, recipientsIn, RULES_VERSION, type Unlawful } from '../constitution.ts'
import type { SealedStore, SealedWrite } from '../store/sealed.ts'
import { createLink, type Link, type LinkWorld } from '../sync/link.ts'
import type { Output, SyncAlarm } from '../sync/machine.ts'
import { inTurns } from '../turns.ts'
import { mayAct } from './brakes.ts'
import { ownWords, readKept, type Kept } from './keep.ts'
import { openLog, type Log } from './log.ts'
import { emptyOutbox, outboxWrites, readOutbox, rekeyBodyOf, waitingIn, type OutEntry, type Outbox } from './outbox.ts'
import { CIRCLES, deepName, keptArea, keptRow, logArea, metaRow, numberName, outArea, type Meta } from './rows.ts'
import { seal, signEvents, type Standing } from './seal.ts'

export interface CircleWorld extends LinkWorld {
  readonly store: SealedStore
  readonly random: { bytes(size: number): Bytes }
  /** The write that removes a value under the second lock. */
  forgetDeep(name: string): Promise<SealedWrite>
  /** Something that a view shows has changed. */
  changed(): void
  /** Whether the last write found no room. */
  full(isFull: boolean): void
}

export type CircleOutcome = Outcome<Unlawful>
export type Phase = 'waiting' | 'open' | 'left' | 'removedMe' | 'ending' | 'ended'

/** What a new epoch made here gives to whoever is let in by it. */
export interface NewEpoch {
  readonly epoch: number
  readonly secret: Bytes
  readonly capIndex: number
}

/** An entry of another device or this one, as the record took it. */
export interface Listener {
  placed?(outcomes: readonly CircleOutcome[]): void
  live?(frame: Bytes): void
}

/** Everything about a circle at one moment that a view is made from. */
export interface CircleNow {
  readonly meta: Meta
  readonly confirmed: View<Circle>
  readonly state: Circle
  readonly phase: Phase
  readonly outbox: Outbox
  readonly link: Link | null
  readonly alarms: readonly SyncAlarm[]
  readonly outcomes: readonly CircleOutcome[]
  readonly kept: readonly Kept[]
}

export interface CircleOnDevice {
  readonly id: Id
  /** 32 bytes. */
  readonly circleId: Bytes
  readonly boxId: Id
  readonly relay: string | null
  readonly me: Id
  readonly device: Id
  readonly side: 'person' | 'practitioner'
  readonly deviceKeys: DeviceKeys
  now(): CircleNow
  /** The state with what waits already in it. */
  state(): Circle
  /** Keys of the epoch in force; null until the record is loaded, and after it is over. */
  keys(): EpochKeys | null
  secrets(): ReadonlyMap<number, Bytes>
  capability(): { readonly index: number; readonly secret: Bytes; readonly keys: KeyPair }
  /** Says events as this member, all or none. Durable here when it resolves. */
  act(events: readonly PracticeEvent[]): Promise<Result<null, ActError>>
  /** Says events and begins a new epoch, as one batch that the owner key signs. `events` decide who is still reached. */
  rekey(with_: {
    readonly reason: 'admit' | 'leave' | 'remove' | 'rotate'
    readonly events: readonly PracticeEvent[]
    readonly ownerSecret: Bytes
  }): Promise<Result<NewEpoch, ActError>>
  /** Says an event and asks the relay, with the owner key, to end the box or take that back. */
  ownerAct(event: PracticeEvent, op: OwnerOp, ownerSecret: Bytes): Promise<Result<null, ActError>>
  /** Every envelope judged again from the first, for taking the record out. */
  history(): Promise<Result<readonly CircleOutcome[], StorageError>>
  markWayBack(): Promise<Result<null, StorageError>>
  /** Connects and stays connected until `disconnect`. Nothing for the own circle. */
  connect(): void
  disconnect(): void
  readonly link: () => Link | null
  listen(listener: Listener): () => void
  /** Resolves when everything asked so far is done. */
  settled(): Promise<void>
}

const MAX_OUTCOMES = 500

type CircleFold = Fold<Circle, Unlawful>

const foldFor = (meta: Meta): CircleFold =>
  openFold({
    law,
    circleId: meta.circleId,
    boxId: meta.box,
    secrets: new Map(meta.secrets.map(({ epoch, secret }) => [epoch, secret])),
    own: meta.secrets.length === 0 ? [] : [{ id: meta.device, secretKey: meta.kemSecret }],
  })

/** Opens a circle from its rows, judging its whole record again. */
export async function openCircle(meta: Meta, world: CircleWorld): Promise<Result<CircleOnDevice, StorageError>> {
  const name = circleName(meta.circleId)
  const opened = await openLog(world.store, logArea(name))
  if (!opened.ok) return opened
  const outbox = await readOutbox(world.store, name)
  if (!outbox.ok) return outbox
  const kept = await readKept(world.store, name)
  if (!kept.ok) return kept
  const fold = foldFor(meta)
  const outcomes = await fold.push(opened.value.envelopes)
  return ok(circleOn(meta, world, fold, opened.value.log, outbox.value, kept.value, outcomes))
}

function circleOn(
  firstMeta: Meta,
  world: CircleWorld,
  firstFold: CircleFold,
  firstLog: Log,
  firstOutbox: Outbox,
  firstKept: readonly Kept[],
  firstOutcomes: readonly CircleOutcome[],
): CircleOnDevice {
  const { store, clock, random } = world
  const name = circleName(firstMeta.circleId)
  const deviceKeys: DeviceKeys = {
    signing: signingKeys(firstMeta.deviceSecret),
    kem: kemKeys(firstMeta.kemSecret),
  }
  const inTurn = inTurns()
  const listeners = new Set<Listener>()
  const syncAlarms: SyncAlarm[] = []
  let meta = firstMeta
  let fold = firstFold
  let log = firstLog
  let outbox = firstOutbox
  /** The outbox as it lies in the store; behind `outbox` only while the disk is full. */
  let stored = firstOutbox
  let kept = firstKept
  let outcomes: readonly CircleOutcome[] = firstOutcomes.slice(-MAX_OUTCOMES)
  let unsaved: readonly Bytes[] = []
  let boxState: BoxState = 'open'
  let link: Link | null = null
  let ahead = lookAhead()

  function lookAhead(): {
    readonly state: Circle
    readonly epoch: number
    readonly outcomes: readonly CircleOutcome[]
  } {
    const { view, outcomes } = fold.peek(outbox.entries.map((one) => one.entry))
    return { state: view.state, epoch: view.epoch, outcomes }
  }

  const capability = () => ({
    index: meta.capIndex,
    secret: meta.capSecret,
    keys: capabilityKeys(meta.circleId, meta.capSecret, meta.capIndex),
  })

  function phase(): Phase {
    if (meta.over !== null) return meta.over
    if (boxState === 'ended') return 'ended'
    const mine = ahead.state.people.members[meta.member]?.status
    if (mine === 'left') return 'left'
    if (mine === 'removed' || fold.view().stopped?.type === 'Outside') return 'removedMe'
    if (mine !== 'here') return 'waiting'
    return ahead.state.leaving.ending !== null || boxState === 'ending' ? 'ending' : 'open'
  }

  // ————— writing it down —————

  /** One durable write of everything that changed; memory follows only when it was kept. */
  async function keep(
    next: { readonly meta?: Meta; readonly outbox?: Outbox },
    more: readonly SealedWrite[] = [],
  ): Promise<Result<null, StorageError>> {
    const toOutbox = next.outbox ?? outbox
    const toMeta = next.meta ?? meta
    const writes = [...more, ...outboxWrites(name, stored, toOutbox)]
    if (next.meta !== undefined) writes.push({ area: CIRCLES, name, value: metaRow.write(toMeta) })
    const written = writes.length === 0 ? ok(null) : await store.write(writes)
    world.full(!written.ok && written.error.type === 'StorageFull')
    if (!written.ok) return written
    meta = toMeta
    outbox = toOutbox
    stored = toOutbox
    return written
  }

  function changed(): void {
    ahead = lookAhead()
    link?.queue(waitingIn(outbox))
    world.changed()
  }

  // ————— saying things —————

  function standing(): Standing {
    const view = fold.view()
    const last = outbox.entries.at(-1)?.entry
    const author = view.author(meta.device)
    return {
      rules: view.founded || outbox.entries.length > 0 ? ahead.state.people.rules : RULES_VERSION,
      circleId: meta.circleId,
      deviceId: meta.device,
      ctr: (last?.body.ctr ?? author.ctr) + 1,
      prev: last?.hash ?? author.last,
      seenSeq: view.seq,
      seenHead: view.head,
      t: toMinutes(clock.now()),
    }
  }

  /** Signs events after everything that waits and lets the rules judge them where they would stand. */
  async function prepare(events: readonly PracticeEvent[]): Promise<Result<readonly SignedEntry[], ActError>> {
    const braked = mayAct({ events, meta, phase: phase(), stopped: fold.view().stopped, isForked: forked() })
    if (braked !== null) return err(braked)
    const signed = await signEvents(events, standing(), meta.deviceSecret)
    if (!signed.ok) return signed
    const waiting = outbox.entries.map((one) => one.entry)
    const judged = fold.peek([...waiting, ...signed.value]).outcomes.slice(waiting.length)
    for (const { verdict } of judged) {
      if (verdict.type !== 'setAside') continue
      const { reason } = verdict
      if (reason.type === 'Refused' && reason.reason.type === 'RuleRefused') return err(reason.reason)
      return err({ type: 'Frozen' })
    }
    return signed
  }

  const forked = () =>
    syncAlarms.some((alarm) => alarm.type === 'Fork') || fold.view().alarms.some((one) => one.type === 'Fork')

  function sealed(entries: readonly SignedEntry[]): Result<readonly OutEntry[], ActError> {
    const keys = outbox.batch === null ? fold.keys() : null
    const made: OutEntry[] = []
    for (const entry of entries) {
      const envelope = keys === null ? null : seal(keys, entry, random)
      if (keys !== null && envelope === null) return err({ type: 'TooLarge' })
      made.push({ entry, envelope })
    }
    return ok(made)
  }

  async function say(events: readonly PracticeEvent[]): Promise<Result<null, ActError>> {
    const signed = await prepare(events)
    if (!signed.ok) return signed
    const made = sealed(signed.value)
    if (!made.ok) return made
    if (meta.relay === null) return place(made.value.flatMap((one) => (one.envelope === null ? [] : [one.envelope])))
    const written = await keep({ outbox: { ...outbox, entries: [...outbox.entries, ...made.value] } })
    if (!written.ok) return written
    changed()
    return ok(null)
  }

  async function rekey(with_: Parameters<CircleOnDevice['rekey']>[0]): Promise<Result<NewEpoch, ActError>> {
    if (outbox.batch !== null) return err({ type: 'RekeyWaiting' })
    if (meta.relayPk === null) return err({ type: 'Frozen' })
    const before = await prepare(with_.events)
    if (!before.ok) return before
    const waiting = outbox.entries.map((one) => one.entry)
    const there = fold.peek([...waiting, ...before.value]).view
    const epoch = fold.view().epoch
    const capIndex = Math.max(meta.capIndex, there.capIndex) + 1
    const secret = random.bytes(32)
    const previous = epoch === 0 ? null : (fold.secrets().get(epoch - 1) ?? null)
    const now = { ...fold.epochNow(), recipients: recipientsIn(there.state) }
    const made = await makeRekey(now, secret, previous, capIndex)
    const rekeyed: PracticeEvent = {
      type: 'Rekeyed',
      reason: with_.reason,
      fromEpoch: epoch,
      toEpoch: epoch + 1,
      cause: null,
      commitment: toHex(made.commitment),
      body: encodeRekey(made),
    }
    const signed = await prepare([...with_.events, rekeyed])
    if (!signed.ok) return signed
    const out = sealed(signed.value)
    if (!out.ok) return out
    const entries = [...outbox.entries, ...out.value]
    const inBatch = entries.slice(-MAX_ENVELOPES)
    const unsigned = {
      first: inBatch[0]?.entry.body.ctr ?? 0,
      last: inBatch.at(-1)?.entry.body.ctr ?? 0,
      envelopes: inBatch.flatMap((one) => (one.envelope === null ? [] : [one.envelope])),
      fromEpoch: epoch,
      secret,
      capIndex,
      capPk: made.capPublicKey,
      // a batch of ours that had no effect left others at an older capability; let them read up to this one
      extend: meta.capIndex > there.capIndex ? 2 : 0,
    }
    const bytes = ownerRekeyBytes(meta.relayPk, meta.box, rekeyBodyOf({ ...unsigned, ownerSig: null }))
    const batch = { ...unsigned, ownerSig: signSync(with_.ownerSecret, bytes) }
    const written = await keep({ outbox: { ...outbox, entries, batch } })
    if (!written.ok) return written
    changed()
    return ok({ epoch: epoch + 1, secret, capIndex })
  }

  async function ownerAct(event: PracticeEvent, op: OwnerOp, ownerSecret: Bytes): Promise<Result<null, ActError>> {
    if (meta.relayPk === null) return err({ type: 'Frozen' })
    const signed = await prepare([event])
    if (!signed.ok) return signed
    const made = sealed(signed.value)
    if (!made.ok) return made
    const counter = meta.ownerCounter + 1
    const ownerSig = signSync(ownerSecret, ownerOpBytes(meta.relayPk, meta.box, { ...op, counter }))
    const row = { op: op.op, now: op.op === 'end' && op.now, counter, ownerSig }
    const written = await keep({
      meta: { ...meta, ownerCounter: counter },
      outbox: { ...outbox, entries: [...outbox.entries, ...made.value], ops: [...outbox.ops, row] },
    })
    if (!written.ok) return written
    changed()
    return ok(null)
  }

  // ————— hearing things —————

  /** Takes entries that follow the chain: judges them, and writes down everything that changes because of them. */
  async function place(envelopes: readonly Bytes[]): Promise<Result<null, StorageError>> {
    const before = fold.view().author(meta.device).ctr
    const signedTo = Math.max(before, outbox.entries.at(-1)?.entry.body.ctr ?? before)
    if (meta.relay === null) {
      // nothing stands between saying and standing here, so it is kept first
      const adding = log.adding(envelopes)
      const written = await keep({}, adding.writes)
      if (!written.ok) return written
      adding.done()
    } else unsaved = [...unsaved, ...envelopes]
    const heard = await fold.push(envelopes)
    outcomes = [...outcomes, ...heard].slice(-MAX_OUTCOMES)
    const next = afterPlacing(signedTo)
    if (meta.relay !== null) {
      const adding = log.adding(unsaved)
      const written = await keep(next, adding.writes)
      if (written.ok) {
        adding.done()
        unsaved = []
      } else {
        // no room: what was heard is kept in memory, and asked for again after a restart
        meta = next.meta
        outbox = next.outbox
      }
    }
    await finishIfOver()
    changed()
    for (const listener of listeners) listener.placed?.(heard)
    return ok(null)
  }

  /** What this device's rows become after the record grew: confirmed entries leave, keys follow, the rest is sealed anew. */
  function afterPlacing(signedTo: number): { readonly meta: Meta; readonly outbox: Outbox } {
    const view = fold.view()
    const author = view.author(meta.device)
    const mine = outbox.entries.find((one) => one.entry.body.ctr === author.ctr)
    const isCopied =
      meta.isCopied ||
      (meta.relay !== null && author.ctr > signedTo) ||
      (mine !== undefined && !equalBytes(mine.entry.hash, author.last))
    const left = outbox.entries.filter((one) => one.entry.body.ctr > author.ctr)
    const { batch } = outbox
    const isBatchOver = batch !== null && (author.ctr >= batch.last || view.epoch > batch.fromEpoch)
    const hasLanded = batch !== null && author.ctr >= batch.last
    const known = fold.secrets()
    const newest = known.get(view.epoch)
    let cap = { capIndex: meta.capIndex, capSecret: meta.capSecret }
    if (hasLanded && batch.capIndex > cap.capIndex) cap = { capIndex: batch.capIndex, capSecret: batch.secret }
    if (newest !== undefined && view.capIndex > cap.capIndex) cap = { capIndex: view.capIndex, capSecret: newest }
    const nextBatch = isBatchOver ? null : batch
    const keys = nextBatch === null ? fold.keys() : null
    const entries = left.map((one) => {
      if (keys === null || (one.envelope !== null && envelopeEpoch(one.envelope) === keys.epoch)) return one
      return { entry: one.entry, envelope: seal(keys, one.entry, random) }
    })
    const secrets = [...known].sort(([a], [b]) => a - b).map(([epoch, secret]) => ({ epoch, secret }))
    return {
      meta: { ...meta, ...cap, isCopied, secrets },
      outbox: { entries, batch: nextBatch, ops: outbox.ops },
    }
  }

  /** When this device is out, it keeps what it may and lets go of the rest; the person's device keeps the record to read. */
  async function finishIfOver(): Promise<void> {
    if (meta.over !== null || meta.relay === null) return
    const view = fold.view()
    const mine = view.state.people.members[meta.member]?.status
    const over =
      mine === 'left'
        ? 'left'
        : mine === 'removed' || view.stopped?.type === 'Outside'
          ? 'removedMe'
          : boxState === 'ended'
            ? 'ended'
            : null
    if (over === null) return
    if (meta.side === 'person') {
      await keep({ meta: { ...meta, over }, outbox: emptyOutbox })
    } else {
      const everything = await judgeAgain()
      const words = everything.ok ? ownWords(everything.value, meta.device) : []
      const emptied = await store.emptying(logArea(name))
      const out = await store.emptying(outArea(name))
      if (!emptied.ok || !out.ok) return
      const blank = new Uint8Array(32)
      const nothing = { secrets: [], capSecret: blank, deviceSecret: blank, kemSecret: blank, relayPk: null }
      const keptRows = words.map((one, i) => ({
        area: keptArea(name),
        name: numberName(i),
        value: keptRow.write(one.row),
      }))
      const writes = [...emptied.value, ...out.value, ...keptRows, await world.forgetDeep(deepName(name))]
      const written = await keep({ meta: { ...meta, ...nothing, over }, outbox: emptyOutbox }, writes)
      if (!written.ok) return
      const fresh = await openLog(store, logArea(name))
      if (fresh.ok) log = fresh.value.log
      fold = foldFor(meta)
      outcomes = []
      unsaved = []
      kept = words
    }
    link?.stop()
    link = null
  }

  const judgeAgain = async (): Promise<Result<readonly CircleOutcome[], StorageError>> => {
    const all = await log.from(1)
    if (!all.ok) return all
    const again = openFold({
      law,
      circleId: meta.circleId,
      boxId: meta.box,
      secrets: fold.secrets(),
      own: [{ id: meta.device, secretKey: meta.kemSecret }],
    })
    return ok(await again.push([...all.value, ...unsaved]))
  }

  async function told(output: Output): Promise<void> {
    if (link === null) return
    switch (output.type) {
      case 'place': {
        const capIndex = meta.capIndex
        await place(output.envelopes)
        if (meta.capIndex !== capIndex) link?.renewed()
        return
      }
      case 'superseded':
        // everything readable was placed before this came; when it brought no newer key, there is none for us
        if (meta.capIndex < output.newestCapIndex) world.changed()
        return
      case 'reseed': {
        const missing = await log.from(output.from + 1)
        if (missing.ok) link.missing([...missing.value, ...unsaved])
        return
      }
      case 'alarm':
        syncAlarms.push(output.alarm)
        return changed()
      case 'box':
        boxState = output.state
        if (output.ownerCounter !== null && output.ownerCounter > meta.ownerCounter)
          await keep({ meta: { ...meta, ownerCounter: output.ownerCounter } })
        await finishIfOver()
        return changed()
      case 'settled': {
        const ops = outbox.ops.filter((op) => `owner ${op.counter}` !== output.key)
        if (ops.length !== outbox.ops.length) await keep({ outbox: { ...outbox, ops } })
        return changed()
      }
      default:
        return world.changed()
    }
  }

  const listen = (listener: Listener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  return {
    id: name,
    circleId: firstMeta.circleId,
    boxId: firstMeta.box,
    relay: firstMeta.relay,
    me: firstMeta.member,
    device: firstMeta.device,
    side: firstMeta.side,
    deviceKeys,
    now: () => ({
      meta,
      confirmed: fold.view(),
      state: ahead.state,
      phase: phase(),
      outbox,
      link,
      alarms: syncAlarms,
      outcomes: [...outcomes, ...ahead.outcomes],
      kept,
    }),
    state: () => ahead.state,
    keys: () => fold.keys(),
    secrets: () => fold.secrets(),
    capability,
    act: (events) => inTurn(() => say(events)),
    rekey: (with_) => inTurn(() => rekey(with_)),
    ownerAct: (event, op, ownerSecret) => inTurn(() => ownerAct(event, op, ownerSecret)),
    history: () => inTurn(judgeAgain),
    markWayBack: () => inTurn(() => keep({ meta: { ...meta, wayBack: true } })),
    connect() {
      if (meta.relay === null || meta.over !== null || link !== null) return
      link = createLink(
        {
          boxId: meta.box,
          relay: meta.relay,
          relayPk: () => meta.relayPk,
          meet: (relayPk) => {
            meta = { ...meta, relayPk }
            void inTurn(() => keep({ meta: { ...meta, relayPk } }))
          },
          capability,
          heads: () => Array.from({ length: fold.view().seq + 1 }, (_, seq) => fold.headAt(seq) as Bytes),
          told: (output) => void inTurn(() => told(output)),
          live: (frame) => {
            for (const listener of listeners) listener.live?.(frame)
          },
        },
        world,
      )
      link.queue(waitingIn(outbox))
      link.start()
    },
    disconnect() {
      link?.stop()
      link = null
    },
    link: () => link,
    listen,
    settled: () => inTurn(async () => undefined),
  }
}
