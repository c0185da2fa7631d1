/**
 * Saying things in a circle: sign after everything that waits, let the rules judge where it would stand, lay it down, and
 * only then send. A new epoch is one batch that the owner key signs, with everything that waits in it, so that nothing of
 * it can be held up by anybody's quota. Sources: protocol sections 2.5 and 2.9; decisions “Power over the box”.
 */
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { signSync } from '@alongside/record/crypto.ts'
import { toMinutes, type SignedEntry } from '@alongside/record/entry.ts'
import { encodeRekey, makeRekey } from '@alongside/record/rekey.ts'
import { ownerOpBytes, ownerRekeyBytes, type OwnerOp } from '@alongside/wire/auth.ts'
import { MAX_ENVELOPES, MAX_FRAME_BYTES } from '@alongside/wire/limits.ts'
import type { ActError } from '../api.ts'
import { recipientsIn, RULES_VERSION } from '../constitution.ts'
import { mayAct } from './brakes.ts'
import { place } from './hear.ts'
import { changed, isForked, keep, phaseOf, type Ahead, type Held } from './held.ts'
import { rekeyBodyOf, type OutEntry } from './outbox.ts'
import { seal, signEvents, type Standing } from './seal.ts'

/** What a new epoch made here gives to whoever is let in by it. */
export interface NewEpoch {
  readonly epoch: number
  readonly secret: Bytes
  readonly capIndex: number
}

export interface RekeyAs {
  readonly reason: 'admit' | 'leave' | 'remove' | 'rotate'
  /** Said before the rekey, in the same batch; who is still reached follows from them. */
  readonly events: readonly PracticeEvent[]
  readonly ownerSecret: Bytes
}

function standingOf({ fold, outbox, ahead, meta, world }: Held): Standing {
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
    t: toMinutes(world.clock.now()),
  }
}

interface Prepared {
  readonly entries: readonly SignedEntry[]
  /** What there will be when they wait with the others. */
  readonly ahead: Ahead
}

/** Signed entries for events that the rules let through; none is sent or kept yet. */
async function prepare(held: Held, events: readonly PracticeEvent[]): Promise<Result<Prepared, ActError>> {
  const { meta, fold, outbox } = held
  const stopped = fold.view().stopped
  const braked = mayAct({ events, meta, phase: phaseOf(held), stopped, isForked: isForked(held) })
  if (braked !== null) return err(braked)
  const signed = await signEvents(events, standingOf(held), meta.deviceSecret)
  if (!signed.ok) return signed
  const waiting = outbox.entries.map((one) => one.entry)
  const { view, outcomes } = fold.peek([...waiting, ...signed.value])
  for (const { verdict } of outcomes.slice(waiting.length)) {
    if (verdict.type !== 'setAside') continue
    const { reason } = verdict
    if (reason.type === 'Refused' && reason.reason.type === 'RuleRefused') return err(reason.reason)
    return err({ type: 'Frozen' })
  }
  return ok({ entries: signed.value, ahead: { state: view.state, outcomes } })
}

/** Sealed under the epoch in force, or not yet while a new epoch made here is on its way. */
function sealed({ fold, outbox, world }: Held, entries: readonly SignedEntry[]): Result<readonly OutEntry[], ActError> {
  const keys = outbox.batch === null ? fold.keys() : null
  const made: OutEntry[] = []
  for (const entry of entries) {
    const envelope = keys === null ? null : seal(keys, entry, world.random)
    if (keys !== null && envelope === null) return err({ type: 'TooLarge' })
    made.push({ entry, envelope })
  }
  return ok(made)
}

const envelopesOf = (entries: readonly OutEntry[]): readonly Bytes[] =>
  entries.flatMap((one) => (one.envelope === null ? [] : [one.envelope]))

/** Says events as this member, all or none; durable here when it resolves. */
export async function say(held: Held, events: readonly PracticeEvent[]): Promise<Result<null, ActError>> {
  const signed = await prepare(held, events)
  if (!signed.ok) return signed
  const made = sealed(held, signed.value.entries)
  if (!made.ok) return made
  if (held.meta.relay === null) return place(held, envelopesOf(made.value))
  const { outbox } = held
  const written = await keep(held, { outbox: { ...outbox, entries: [...outbox.entries, ...made.value] } })
  if (!written.ok) return written
  changed(held, signed.value.ahead)
  return ok(null)
}

/** The last of what waits that fits one batch; what comes before it goes ahead by itself. */
function lastThatFit(entries: readonly OutEntry[]): readonly OutEntry[] {
  let size = 0
  let from = entries.length
  while (from > 0 && entries.length - from < MAX_ENVELOPES) {
    size += (entries[from - 1]?.envelope?.length ?? 0) + 16
    if (size > MAX_FRAME_BYTES - 4_096) break
    from--
  }
  return entries.slice(from)
}

/** Says events and begins a new epoch that reaches whoever is then in force. */
export async function rekey(held: Held, as: RekeyAs): Promise<Result<NewEpoch, ActError>> {
  const { meta, fold, outbox, world } = held
  if (outbox.batch !== null) return err({ type: 'RekeyWaiting' })
  if (meta.relayPk === null) return err({ type: 'Frozen' })
  const before = await prepare(held, as.events)
  if (!before.ok) return before
  const there = fold.peek([...outbox.entries.map((one) => one.entry), ...before.value.entries]).view
  const { epoch } = fold.view()
  const capIndex = Math.max(meta.capIndex, there.capIndex) + 1
  const secret = world.random.bytes(32)
  const previous = epoch === 0 ? null : (fold.secrets().get(epoch - 1) ?? null)
  const made = await makeRekey(
    { ...fold.epochNow(), recipients: recipientsIn(there.state) },
    secret,
    previous,
    capIndex,
  )
  const rekeyed: PracticeEvent = {
    type: 'Rekeyed',
    reason: as.reason,
    fromEpoch: epoch,
    toEpoch: epoch + 1,
    cause: null,
    commitment: toHex(made.commitment),
    body: encodeRekey(made),
  }
  const signed = await prepare(held, [...as.events, rekeyed])
  if (!signed.ok) return signed
  const out = sealed(held, signed.value.entries)
  if (!out.ok) return out
  const entries = [...outbox.entries, ...out.value]
  const inBatch = lastThatFit(entries)
  const unsigned = {
    first: inBatch[0]?.entry.body.ctr ?? 0,
    last: inBatch.at(-1)?.entry.body.ctr ?? 0,
    envelopes: envelopesOf(inBatch),
    fromEpoch: epoch,
    secret,
    capIndex,
    capPk: made.capPublicKey,
    // a batch of ours that had no effect left others at an older capability; let them read up to this one
    extend: meta.capIndex > there.capIndex ? 2 : 0,
  }
  const bytes = ownerRekeyBytes(meta.relayPk, meta.box, rekeyBodyOf({ ...unsigned, ownerSig: null }))
  const batch = { ...unsigned, ownerSig: signSync(as.ownerSecret, bytes) }
  const written = await keep(held, { outbox: { ...outbox, entries, batch } })
  if (!written.ok) return written
  changed(held)
  return ok({ epoch: epoch + 1, secret, capIndex })
}

/** Says an event and asks the relay, signed with the owner key, to end the box or take that back. */
export async function ownerAct(
  held: Held,
  event: PracticeEvent,
  op: OwnerOp,
  ownerSecret: Bytes,
): Promise<Result<null, ActError>> {
  const { meta, outbox } = held
  if (meta.relayPk === null) return err({ type: 'Frozen' })
  const signed = await prepare(held, [event])
  if (!signed.ok) return signed
  const made = sealed(held, signed.value.entries)
  if (!made.ok) return made
  const counter = meta.ownerCounter + 1
  const ownerSig = signSync(ownerSecret, ownerOpBytes(meta.relayPk, meta.box, { ...op, counter }))
  const row = { op: op.op, now: op.op === 'end' && op.now, counter, ownerSig }
  const written = await keep(held, {
    meta: { ...meta, ownerCounter: counter },
    outbox: { ...outbox, entries: [...outbox.entries, ...made.value], ops: [...outbox.ops, row] },
  })
  if (!written.ok) return written
  changed(held)
  return ok(null)
}
