/**
 * One circle on this device: its record, what waits to be sent, the state with both in it, and the line to its box.
 *
 * Promises: `act` resolves when what was said is durable here; nothing leaves this device that does not lie in its store, so
 * two entries with one counter never do, whatever moment it stops at; what the relay confirmed, the outbox and the keys
 * change together in one write. Work is done one piece at a time, in the order it was asked.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { ok, type Result } from '@alongside/base/result.ts'
import type { Circle, PracticeEvent } from '@alongside/practice/define.ts'
import { kemKeys, signingKeys, type KeyPair } from '@alongside/record/crypto.ts'
import { capabilityKeys, type EpochKeys } from '@alongside/record/epoch.ts'
import type { View } from '@alongside/record/fold.ts'
import type { DeviceKeys } from '@alongside/record/keys.ts'
import type { OwnerOp } from '@alongside/wire/auth.ts'
import type { ActError, StorageError } from '../api.ts'
import { createLink, type Link } from '../sync/link.ts'
import type { Equivocation } from '../sync/equivocation.ts'
import type { Output, SyncAlarm } from '../sync/talk.ts'
import { inTurns } from '../turns.ts'
import { finishIfOver, hear, judgeAgain } from './hear.ts'
import {
  changed,
  keep,
  loadHeld,
  LEAST_AT_END,
  phaseOf,
  putDown,
  type CircleOutcome,
  type CircleWorld,
  type Held,
  type Listener,
  type Phase,
  type Recent,
} from './held.ts'
import type { Kept } from './keep.ts'
import { waitingIn, type Outbox } from './outbox.ts'
import type { Meta } from './rows.ts'
import { proofIn } from './signed.ts'
import { ownerAct, rekey, say, type NewEpoch, type RekeyAs } from './say.ts'

export type { CircleOutcome } from './held.ts'

/** Everything about a circle at one moment that a view is made from. */
export interface CircleNow {
  readonly meta: Meta
  readonly confirmed: View<Circle>
  readonly state: Circle
  readonly phase: Phase
  readonly outbox: Outbox
  readonly link: Link | null
  readonly alarms: readonly SyncAlarm[]
  /** What became of the last entries, and what would become of those that wait. */
  readonly outcomes: readonly Recent[]
  /** What would become of those that wait. */
  readonly ahead: readonly CircleOutcome[]
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
  /** Says events and begins a new epoch, as one batch that the owner key signs. */
  rekey(as: RekeyAs): Promise<Result<NewEpoch, ActError>>
  /** Says an event and asks the relay, with the owner key, to end the box or take that back. */
  ownerAct(event: PracticeEvent, op: OwnerOp, ownerSecret: Bytes): Promise<Result<null, ActError>>
  /** Every envelope judged again from the first, for taking the record out. */
  history(): Promise<Result<readonly CircleOutcome[], StorageError>>
  /** The proof that the relay contradicted itself, if it did where this device could see it. */
  equivocation(): Promise<Result<Equivocation | null, StorageError>>
  markWayBack(): Promise<Result<null, StorageError>>
  /** Connects and stays connected until `disconnect`. Nothing for the own circle. */
  connect(): void
  disconnect(): void
  readonly link: () => Link | null
  listen(listener: Listener): () => void
  /** Resolves when everything asked so far is done. */
  settled(): Promise<void>
  /** As `settled`; and what was judged since it was last put down is put down, so that the next unlocking is short. */
  putDown(): Promise<void>
}

/** Opens a circle from its rows. */
export async function openCircle(meta: Meta, world: CircleWorld): Promise<Result<CircleOnDevice, StorageError>> {
  const held = await loadHeld(meta, world)
  if (!held.ok) return held
  await finishIfOver(held.value) // it may have stopped before it had let go
  if (held.value.meta !== meta) changed(held.value)
  return ok(circleOn(held.value))
}

function circleOn(held: Held): CircleOnDevice {
  const { name, world, listeners } = held
  const { circleId, box, relay, member, device, side, deviceSecret, kemSecret } = held.meta
  const inTurn = inTurns()

  const capability = () => {
    const { capIndex, capSecret } = held.meta
    return { index: capIndex, secret: capSecret, keys: capabilityKeys(circleId, capSecret, capIndex) }
  }

  let wantsLine = false

  /** Begins where the fold stands, so it waits until nothing is being placed; what an earlier line says counts no more. */
  async function openLine(): Promise<void> {
    if (!wantsLine || world.isClosed() || relay === null || held.meta.over !== null || held.link !== null) return
    const { fold } = held
    const host = {
      boxId: box,
      relay,
      relayPk: () => held.meta.relayPk,
      meet: (relayPk: Bytes) => {
        held.meta = { ...held.meta, relayPk }
        void inTurn(() => keep(held, {}))
      },
      capability,
      witness: () => held.witness,
      heads: () => {
        const all = fold.heads()
        return Array.from({ length: all.length / 32 }, (_, seq) => all.subarray(seq * 32, seq * 32 + 32))
      },
      told: (output: Output) =>
        void inTurn(async () => {
          if (held.link === link) await hear(held, output)
        }),
      live: (frame: Bytes) => {
        for (const listener of listeners) listener.live?.(frame)
      },
    }
    const link = createLink(host, world)
    held.link = link
    link.queue(waitingIn(held.outbox))
    link.start()
  }

  return {
    id: name,
    circleId,
    boxId: box,
    relay,
    me: member,
    device,
    side,
    deviceKeys: { signing: signingKeys(deviceSecret), kem: kemKeys(kemSecret) },
    now: () => ({
      meta: held.meta,
      confirmed: held.fold.view(),
      state: held.ahead.state,
      phase: phaseOf(held),
      outbox: held.outbox,
      link: held.link,
      alarms: held.syncAlarms,
      outcomes: [...held.outcomes, ...held.ahead.outcomes],
      ahead: held.ahead.outcomes,
      kept: held.kept,
    }),
    state: () => held.ahead.state,
    keys: () => held.fold.keys(),
    secrets: () => held.fold.secrets(),
    capability,
    act: (events) => inTurn(() => say(held, events)),
    rekey: (as) => inTurn(() => rekey(held, as)),
    ownerAct: (event, op, ownerSecret) => inTurn(() => ownerAct(held, event, op, ownerSecret)),
    history: () => inTurn(() => judgeAgain(held)),
    equivocation: () => inTurn(() => proofIn(held)),
    markWayBack: () => inTurn(() => keep(held, { meta: { ...held.meta, wayBack: true } })),
    connect() {
      wantsLine = true
      void inTurn(openLine)
    },
    disconnect() {
      wantsLine = false
      held.link?.stop()
      held.link = null
    },
    link: () => held.link,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    settled: () => inTurn(async () => undefined),
    putDown: () => inTurn(() => putDown(held, LEAST_AT_END)),
  }
}
