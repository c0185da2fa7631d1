/**
 * What a device holds of one circle while it is open: the record's fold, the outbox, the rows they lie in. Everything that
 * changes changes through `keep`, in one durable write; memory follows the store, never the other way round.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import type { Circle } from '@alongside/practice/define.ts'
import { openFold, type Fold, type Outcome } from '@alongside/record/fold.ts'
import { circleName } from '@alongside/record/keys.ts'
import type { CheckElsewhere } from '@alongside/record/reading.ts'
import type { BoxState } from '@alongside/wire/messages.ts'
import type { StorageError } from '../api.ts'
import { law, type Unlawful } from '../constitution.ts'
import type { SealedStore, SealedWrite } from '../store/sealed.ts'
import type { Link, LinkWorld } from '../sync/link.ts'
import type { Contradiction, SignedHead, SyncAlarm } from '../sync/talk.ts'
import { readKept, type Kept } from './keep.ts'
import { readLog, type Log } from './log.ts'
import { putDownWrite, takeUp, type PutDown } from './put-down.ts'
import { outboxWrites, readOutbox, waitingIn, type Outbox } from './outbox.ts'
import { CIRCLES, logArea, metaRow, signedArea, WITNESS, witnessRow, type Meta } from './rows.ts'
import { contradictionWrite, readSigned } from './signed.ts'

export interface CircleWorld extends LinkWorld {
  readonly store: SealedStore
  readonly random: Random
  /** Reads envelopes ahead of their turn in another thread, when there is much to read. */
  readonly check: CheckElsewhere
  /** Names the code that judges; without it nothing that was judged is put down. */
  readonly build: string | null
  /** The write that removes a value under the second lock. */
  forgetDeep(name: string): Promise<SealedWrite>
  /** Something that a view shows has changed. */
  changed(): void
  /** Whether the device was locked meanwhile; then no line is opened any more. */
  isClosed(): boolean
  /** Whether the last write found no room. */
  full(isFull: boolean): void
}

export type CircleFold = Fold<Circle, Unlawful>
export type CircleOutcome = Outcome<Unlawful>
export type Phase = 'waiting' | 'open' | 'left' | 'removedMe' | 'ending' | 'ended'

/** Told of what the record took and of live frames. */
export interface Listener {
  placed?(outcomes: readonly CircleOutcome[]): void
  live?(frame: Bytes): void
}

/** The state with everything that waits on top of what is confirmed. */
export interface Ahead {
  readonly state: Circle
  readonly outcomes: readonly CircleOutcome[]
}

export interface Held {
  readonly name: Id
  readonly world: CircleWorld
  readonly listeners: Set<Listener>
  readonly syncAlarms: SyncAlarm[]
  meta: Meta
  fold: CircleFold
  log: Log
  outbox: Outbox
  /** The furthest head of this record that the relay signed. It is written along with whatever is written next. */
  witness: SignedHead | null
  /** The first two heads that the relay signed and that cannot both be right. */
  contradiction: Contradiction | null
  /** Rows as they lie in the store; behind memory only while the disk is full. */
  stored: {
    readonly outbox: Outbox
    readonly meta: Meta
    readonly witness: SignedHead | null
    readonly contradiction: Contradiction | null
  }
  kept: readonly Kept[]
  outcomes: readonly Recent[]
  /** The position up to which the judged record was put down; 0 when it was not. */
  covered: number
  /** Envelopes that the disk had no room for, after those in the log. */
  unsaved: readonly Bytes[]
  boxState: BoxState
  link: Link | null
  ahead: Ahead
}

const MAX_OUTCOMES = 500

/** Of an outcome, what is remembered for a while: whose entry it was, from when, and what became of it. */
export interface Recent {
  readonly seq: number
  readonly entry: { readonly id: Id; readonly body: { readonly deviceId: Id; readonly t: number } } | null
  readonly verdict: CircleOutcome['verdict']
}

/** The last outcomes, for the view of what was set aside. */
export const lastOutcomes = (before: readonly Recent[], heard: readonly CircleOutcome[]): readonly Recent[] => {
  const some = heard.slice(-MAX_OUTCOMES).map(({ seq, entry, verdict }): Recent => {
    const short = entry === null ? null : { id: entry.id, body: { deviceId: entry.body.deviceId, t: entry.body.t } }
    return { seq, entry: short, verdict }
  })
  return [...before, ...some].slice(-MAX_OUTCOMES)
}

/** A fold with a circle's keys, empty or taken up where it was put down. */
export const foldFor = (meta: Meta, check: CheckElsewhere, taken: PutDown | null = null): CircleFold =>
  openFold({
    law,
    circleId: meta.circleId,
    boxId: meta.box,
    secrets: new Map(meta.secrets.map(({ epoch, secret }) => [epoch, secret])),
    own: meta.secrets.length === 0 ? [] : [{ id: meta.device, secretKey: meta.kemSecret }],
    check,
    ...(taken === null ? {} : { saved: taken.saved }),
  })

/** Loads a circle from its rows, judging what was not judged and put down before. */
export async function loadHeld(meta: Meta, world: CircleWorld): Promise<Result<Held, StorageError>> {
  const name = circleName(meta.circleId)
  const outbox = await readOutbox(world.store, name)
  if (!outbox.ok) return outbox
  const kept = await readKept(world.store, name)
  if (!kept.ok) return kept
  const signed = await readSigned(world.store, name)
  if (!signed.ok) return signed
  const taken = world.build === null ? null : await takeUp(world.store, name, world.build)
  const fold = foldFor(meta, world.check, taken)
  const covered = taken === null ? 0 : fold.view().seq
  const reading = readLog(world.store, logArea(name), covered)
  let outcomes: readonly Recent[] = taken?.recent ?? []
  await fold.take(reading.pieces, (heard) => {
    outcomes = lastOutcomes(outcomes, heard)
  })
  const log = await reading.log()
  if (!log.ok) return log
  const held: Held = {
    name,
    world,
    listeners: new Set<Listener>(),
    syncAlarms: [],
    meta,
    fold,
    log: log.value,
    outbox: outbox.value,
    ...signed.value,
    stored: { outbox: outbox.value, meta, ...signed.value },
    kept: kept.value,
    outcomes,
    covered,
    unsaved: [],
    boxState: 'open',
    link: null,
    ahead: lookAhead(fold, outbox.value),
  }
  await putDown(held, LEAST_TO_PUT_DOWN)
  return ok(held)
}

/** How many entries must have been judged since for putting down to be worth it: as they come, and when the device locks. */
export const LEAST_TO_PUT_DOWN = 256
export const LEAST_AT_END = 32

/**
 * Puts the judged record down when it covers at least so many entries more than before. It says itself which position of the
 * log it is about, so nothing is lost or wrong when it is not written, or the device stops before.
 */
export async function putDown(held: Held, atLeast: number): Promise<void> {
  const { fold, world, meta, name, outcomes, covered, unsaved, log } = held
  // only what the log has as well, and what this build could judge
  if (world.build === null || meta.over !== null || unsaved.length > 0 || log.kept() - covered < atLeast) return
  if (fold.view().stopped !== null || fold.view().seq !== log.kept()) return
  const write = putDownWrite(name, world.build, { saved: fold.save(), recent: outcomes })
  const written = await world.store.write([write])
  if (written.ok) held.covered = log.kept()
}

function lookAhead(fold: CircleFold, outbox: Outbox): Ahead {
  const { view, outcomes } = fold.peek(outbox.entries.map((one) => one.entry))
  return { state: view.state, outcomes }
}

/**
 * One durable write of everything that changed, with what an earlier write found no room for; memory follows only when it
 * was kept.
 */
export async function keep(
  held: Held,
  next: { readonly meta?: Meta; readonly outbox?: Outbox },
  more: readonly SealedWrite[] = [],
): Promise<Result<null, StorageError>> {
  const { name, world, stored, witness, contradiction } = held
  const outbox = next.outbox ?? held.outbox
  const meta = next.meta ?? held.meta
  const adding = held.unsaved.length === 0 ? null : held.log.adding(held.unsaved)
  const writes = [...more, ...(adding?.writes ?? []), ...outboxWrites(name, stored.outbox, outbox)]
  if (meta !== stored.meta) writes.push({ area: CIRCLES, name, value: metaRow.write(meta) })
  if (contradiction !== null && contradiction !== stored.contradiction)
    writes.push(contradictionWrite(name, contradiction))
  // never ahead of what it is about
  const isNew = witness !== null && witness !== stored.witness && held.fold.headAt(witness.seq) !== null
  if (writes.length > 0 && isNew)
    writes.push({ area: signedArea(name), name: WITNESS, value: witnessRow.write(witness) })
  const written = writes.length === 0 ? ok(null) : await world.store.write(writes)
  world.full(!written.ok && written.error.type === 'StorageFull')
  if (!written.ok) return written
  adding?.done()
  held.unsaved = []
  held.meta = meta
  held.outbox = outbox
  held.stored = { outbox, meta, contradiction, witness: writes.length > 0 && isNew ? witness : stored.witness }
  return written
}

/**
 * To be called after every change: what waits goes to the line, and views are made anew. `ahead` when it is known already
 * what the state with everything that waits is.
 */
export function changed(held: Held, ahead: Ahead = lookAhead(held.fold, held.outbox)): void {
  held.ahead = ahead
  held.link?.queue(waitingIn(held.outbox))
  held.world.changed()
}

/**
 * What the relay says of the box, as far as this device goes by it. An end is the person's act alone, so on the person's
 * device a relay that says so ends nothing that was not asked for in the record; others were perhaps away when it was.
 */
export function boxStateOf({ meta, boxState, ahead }: Held): BoxState {
  return meta.side === 'person' && ahead.state.leaving.ending === null ? 'open' : boxState
}

export function phaseOf(held: Held): Phase {
  const { meta, ahead, fold } = held
  const boxState = boxStateOf(held)
  if (meta.over !== null) return meta.over
  if (boxState === 'ended') return 'ended'
  const mine = ahead.state.people.members[meta.member]?.status
  if (mine === 'left') return 'left'
  if (mine === 'removed' || fold.view().stopped?.type === 'Outside') return 'removedMe'
  if (mine !== 'here') return 'waiting'
  return ahead.state.leaving.ending !== null || boxState === 'ending' ? 'ending' : 'open'
}

/** Whether anything shows that others were given another record. */
export const isForked = ({ syncAlarms, fold }: Held): boolean =>
  [...syncAlarms, ...fold.view().alarms].some((alarm) => alarm.type === 'Fork')
