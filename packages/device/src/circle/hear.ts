/**
 * Hearing what a circle's record has become: judge it, and write down at once everything that follows. Entries of ours that
 * stand leave the outbox; new keys are taken up; what was sealed under an ended epoch is sealed again, the same signed
 * entry; and when this device is out, it lets go of what it may not keep. Sources: protocol sections 2.9 and 2.17.
 */
import { equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import { ok, type Result } from '@alongside/base/result.ts'
import { deviceIn } from '@alongside/practice/people/state.ts'
import { envelopeEpoch } from '@alongside/record/envelope.ts'
import type { StorageError } from '../api.ts'
import type { Output } from '../sync/talk.ts'
import {
  boxStateOf,
  changed,
  foldFor,
  keep,
  lastOutcomes,
  LEAST_TO_PUT_DOWN,
  putDown,
  type CircleOutcome,
  type Held,
} from './held.ts'
import { ownWords } from './keep.ts'
import { openLog } from './log.ts'
import { emptyOutbox, type Outbox } from './outbox.ts'
import { deepName, keptArea, keptRow, logArea, numberName, outArea, signedArea, type Meta } from './rows.ts'
import { forgetPutDown } from './put-down.ts'
import { seal } from './seal.ts'

/** Takes entries that follow the chain. In the own circle they are this device's, and kept before they are judged. */
export async function place(held: Held, envelopes: readonly Bytes[]): Promise<Result<null, StorageError>> {
  const isShared = held.meta.relay !== null
  if (!isShared) {
    const adding = held.log.adding(envelopes)
    const written = await keep(held, {}, adding.writes)
    if (!written.ok) return written
    adding.done()
  }
  const before = held.fold.view().author(held.meta.device).ctr
  const signedTo = Math.max(before, held.outbox.entries.at(-1)?.entry.body.ctr ?? before)
  const heard = await held.fold.push(envelopes)
  held.outcomes = lastOutcomes(held.outcomes, heard)
  if (isShared) await keepHeard(held, envelopes, signedTo)
  await finishIfOver(held)
  await putDown(held, Math.max(LEAST_TO_PUT_DOWN, held.covered / 8))
  changed(held)
  for (const listener of held.listeners) listener.placed?.(heard)
  return ok(null)
}

async function keepHeard(held: Held, envelopes: readonly Bytes[], signedTo: number): Promise<void> {
  held.unsaved = [...held.unsaved, ...envelopes]
  const next = afterHearing(held, signedTo)
  const written = await keep(held, next)
  if (written.ok) return
  // no room: it stays in memory, and is written with whatever is written next
  held.meta = next.meta
  held.outbox = next.outbox
}

/** What this device's rows become after the record grew. `signedTo` is the highest counter this device has signed. */
function afterHearing(held: Held, signedTo: number): { readonly meta: Meta; readonly outbox: Outbox } {
  const { fold, meta, outbox } = held
  const view = fold.view()
  const author = view.author(meta.device)
  const mine = outbox.entries.find((one) => one.entry.body.ctr === author.ctr)
  // a device on paper is taken up anew each time somebody comes back with it, and only brings the next device in
  const isPaper = deviceIn(view.state, meta.device)?.use === 'wayBack'
  const isElsewhere = author.ctr > signedTo || (mine !== undefined && !equalBytes(mine.entry.hash, author.last))
  const isCopied = meta.isCopied || (isElsewhere && !isPaper)
  const { batch } = outbox
  const hasLanded = batch !== null && author.ctr >= batch.last
  const known = fold.secrets()
  const newest = known.get(view.epoch)
  let cap = { capIndex: meta.capIndex, capSecret: meta.capSecret }
  if (hasLanded && batch.capIndex > cap.capIndex) cap = { capIndex: batch.capIndex, capSecret: batch.secret }
  if (newest !== undefined && view.capIndex > cap.capIndex) cap = { capIndex: view.capIndex, capSecret: newest }
  const isBatchOver = batch !== null && (hasLanded || view.epoch > batch.fromEpoch)
  const waiting = outbox.entries.filter((one) => one.entry.body.ctr > author.ctr)
  const secrets = [...known].sort(([a], [b]) => a - b).map(([epoch, secret]) => ({ epoch, secret }))
  return {
    meta: { ...meta, ...cap, isCopied, secrets },
    outbox: sealedAnew(held, { ...outbox, entries: waiting, batch: isBatchOver ? null : batch }),
  }
}

/** Everything that waits, sealed under the epoch in force; as it is while a new epoch made here is on its way. */
function sealedAnew({ fold, world }: Held, outbox: Outbox): Outbox {
  const keys = outbox.batch === null ? fold.keys() : null
  if (keys === null) return outbox
  const entries = outbox.entries.map((one) =>
    one.envelope !== null && envelopeEpoch(one.envelope) === keys.epoch
      ? one
      : { entry: one.entry, envelope: seal(keys, one.entry, world.random) },
  )
  return { ...outbox, entries }
}

/** How this device's part in the circle has ended, or null. */
function overOf(held: Held): Meta['over'] {
  const { fold, meta } = held
  if (meta.over !== null || meta.relay === null) return meta.over
  const view = fold.view()
  const mine = view.state.people.members[meta.member]?.status
  if (mine === 'left') return 'left'
  if (mine === 'removed' || view.stopped?.type === 'Outside') return 'removedMe'
  return boxStateOf(held) === 'ended' ? 'ended' : null
}

/** Lets go of what may not be kept, once this device's part is over; does nothing before, and nothing twice. */
export async function finishIfOver(held: Held): Promise<void> {
  const over = overOf(held)
  if (over === null || held.meta.over !== null) return
  if (held.meta.side === 'person') await keep(held, { meta: { ...held.meta, over }, outbox: emptyOutbox })
  else if (!(await letGo(held, over))) return
  held.link?.stop()
  held.link = null
}

/** Keeps what the member may keep and deletes everything else, keys first of all, in one write. */
async function letGo(held: Held, over: Meta['over']): Promise<boolean> {
  const { name, meta, world } = held
  const everything = await judgeAgain(held)
  const words = everything.ok ? ownWords(everything.value, meta.device) : []
  const log = await world.store.emptying(logArea(name))
  const out = await world.store.emptying(outArea(name))
  const signed = await world.store.emptying(signedArea(name))
  if (!log.ok || !out.ok || !signed.ok) return false
  const rows = words.map((one, i) => ({ area: keptArea(name), name: numberName(i), value: keptRow.write(one.row) }))
  const blank = new Uint8Array(32)
  const nothing = { secrets: [], capSecret: blank, deviceSecret: blank, kemSecret: blank, relayPk: null }
  const gone = [...log.value, ...out.value, ...signed.value, forgetPutDown(name)]
  const writes = [...gone, ...rows, await world.forgetDeep(deepName(name))]
  const { unsaved, witness, contradiction } = held
  held.unsaved = []
  held.witness = null
  held.contradiction = null
  const written = await keep(held, { meta: { ...meta, ...nothing, over }, outbox: emptyOutbox }, writes)
  if (!written.ok) {
    held.unsaved = unsaved
    held.witness = witness
    held.contradiction = contradiction
    return false
  }
  const fresh = await openLog(world.store, logArea(name))
  if (fresh.ok) held.log = fresh.value
  held.fold = foldFor(held.meta, world.check)
  held.covered = 0
  held.outcomes = []
  held.kept = words
  return true
}

/** Every envelope judged again from the first, with the keys known now. */
export async function judgeAgain(held: Held): Promise<Result<readonly CircleOutcome[], StorageError>> {
  const all = await held.log.from(1)
  if (!all.ok) return all
  const secrets = [...held.fold.secrets()].map(([epoch, secret]) => ({ epoch, secret }))
  return ok(await foldFor({ ...held.meta, secrets }, held.world.check).push([...all.value, ...held.unsaved]))
}

/** What the line says about the box. */
export async function hear(held: Held, output: Output): Promise<void> {
  if (output.type === 'place') {
    const { capIndex } = held.meta
    await place(held, output.envelopes)
    if (held.meta.capIndex !== capIndex) held.link?.renewed()
  } else if (output.type === 'reseed') {
    const missing = await held.log.from(output.from + 1)
    if (missing.ok) held.link?.missing([...missing.value, ...held.unsaved])
  } else if (output.type === 'signed') {
    held.witness = output.head
  } else if (output.type === 'contradiction') {
    if (held.contradiction !== null) return
    held.contradiction = output.found
    await keep(held, {}) // where there is no room, it is written with whatever is written next
  } else if (output.type === 'alarm') {
    held.syncAlarms.push(output.alarm)
    changed(held)
  } else if (output.type === 'box') {
    held.boxState = output.state
    if (output.ownerCounter !== null && output.ownerCounter > held.meta.ownerCounter)
      await keep(held, { meta: { ...held.meta, ownerCounter: output.ownerCounter } })
    if (output.state === 'ended' && boxStateOf(held) !== 'ended')
      held.syncAlarms.push({ type: 'RolledBack', had: held.fold.view().seq, has: 0 })
    await finishIfOver(held)
    changed(held)
  } else if (output.type === 'settled') {
    await settle(held, output.key)
    changed(held)
  } else held.world.changed()
}

/** An owner act was carried out, or the relay will never carry it out. Its entries go on by themselves. */
async function settle(held: Held, key: string): Promise<void> {
  const { outbox } = held
  const ops = outbox.ops.filter((op) => `owner ${op.counter}` !== key)
  const batch = outbox.batch !== null && key === `rekey ${outbox.batch.capIndex}` ? null : outbox.batch
  if (ops.length === outbox.ops.length && batch === outbox.batch) return
  await keep(held, { outbox: sealedAnew(held, { ...outbox, ops, batch }) })
}
