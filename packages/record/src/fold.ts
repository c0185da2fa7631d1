/**
 * From envelopes to state. Push what the relay stored, in its order; each envelope gets an outcome, applied or set aside
 * with a reason, and nothing it holds can make the fold throw. `peek` runs the device's own unconfirmed entries on top
 * without touching what is confirmed. Source: protocol sections 2.9, 2.10 and 2.17.
 *
 * SPEC FLD-1 (only envelopes count), FLD-6 (epochs), FLD-9 (nothing throws), FLD-12 (peek).
 *
 * Envelopes are read and their signatures checked side by side, ahead of their turn, if need be in other threads; what they
 * mean is settled one by one, in order.
 */
import { equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { chainNext, chainStart } from './chain.ts'
import type { Constitution } from './constitution.ts'
import { verify as platformFirst, type Verify } from './crypto.ts'
import { idBytes, isSigned, type SignedEntry } from './entry.ts'
import { digestOf } from './digest.ts'
import { epochCommitment, epochKeys, type EpochKeys } from './epoch.ts'
import { branch, emptyLedger, NO_AUTHOR, raise, type Alarm, type Author, type Ledger, type Stopped } from './ledger.ts'
import { readHere, readings, type CheckElsewhere, type Known, type Pieces, type Read } from './reading.ts'
import type { EpochNow, OwnKey, Rekey } from './rekey.ts'
import { restoreLedger, saveLedger, type SavedFold } from './saved.ts'
import { aside, authorOf, decide, interpret, settle, takePlace, type Verdict } from './step.ts'
import { readRekey, takeRekey, type RekeyPart } from './take-rekey.ts'

export interface Outcome<R> {
  readonly seq: number
  /** Set as soon as the envelope could be opened and read; null for those that come after the replica stopped. */
  readonly entry: SignedEntry | null
  readonly verdict: Verdict<R>
}

/** What a fold knows at one moment. */
export interface View<S> {
  /** The last confirmed position, and the head there (32 bytes). */
  readonly seq: number
  readonly head: Bytes
  readonly founded: boolean
  readonly epoch: number
  readonly capIndex: number
  readonly state: S
  readonly stopped: Stopped | null
  readonly alarms: readonly Alarm[]
  /** How far a device's chain goes; what its next entry must follow. */
  author(device: Id): Author
  /** What a rekey made in this view has to say; in a peeked view, after the own rekeys that are waiting. */
  epochNow(): EpochNow
}

export interface FoldOptions<S, R> {
  readonly law: Constitution<S, R>
  readonly circleId: Bytes
  readonly boxId: Id
  /** Secrets by epoch that this device believes: from its own founding, a welcome, or an earlier fold. */
  readonly secrets: ReadonlyMap<number, Bytes>
  /** Secrets by epoch that may be right; of them, only one that a right rekey commits to is ever believed. */
  readonly candidates?: ReadonlyMap<number, readonly Bytes[]>
  /** The keys with which this replica opens its wraps. */
  readonly own: readonly OwnKey[]
  readonly saved?: SavedFold<S>
  readonly verify?: Verify
  /** Where long pushes are read ahead of their turn; here when left out. */
  readonly check?: CheckElsewhere
}

export interface Fold<S, R> {
  /** Takes envelopes in the relay's order. Calls are served one after the other. */
  push(envelopes: readonly Uint8Array[]): Promise<readonly Outcome<R>[]>
  /**
   * Takes a long record piece by piece, and tells what became of it as it goes: neither the record nor its outcomes need ever
   * be in memory as a whole. In turn with pushes.
   */
  take(pieces: Pieces, told: (outcomes: readonly Outcome<R>[]) => void): Promise<void>
  /** The view with own signed entries on top, and what would become of each. Their signatures are taken as read. */
  peek(entries: readonly SignedEntry[]): { readonly view: View<S>; readonly outcomes: readonly Outcome<R>[] }
  view(): View<S>
  /** Keys of the epoch in force; null while its secret is not known. */
  keys(): EpochKeys | null
  /** Every secret known, by epoch. */
  secrets(): ReadonlyMap<number, Bytes>
  /** What a rekey made in the confirmed epoch has to say; give a peeked state to see the recipients it will have. */
  epochNow(state?: S): EpochNow
  /** The head after a position, or null when the box is not that long. */
  headAt(seq: number): Bytes | null
  /** All heads, one after the other: 32 bytes a position, from position 0. */
  heads(): Bytes
  /** SHA-256 over the shared state and the author chains, 32 bytes. */
  digest(): Bytes
  /** Everything needed to go on later without reading the box again; for this device's own locked store only. */
  save(): SavedFold<S>
}

/** From how many envelopes on a push is worth handing to another thread. */
const LONG = 192

/** Begins a fold over one box, empty or taken up from `saved`. */
export function openFold<S, R>(options: FoldOptions<S, R>): Fold<S, R> {
  const { law, circleId, boxId, own, saved } = options
  const verify = options.verify ?? platformFirst
  const accepted = new Set<Id>()
  const ledger: Ledger<S> =
    saved === undefined
      ? emptyLedger(chainStart(idBytes(boxId)), law.initial, accepted)
      : restoreLedger(saved, accepted)
  const secrets = new Map([...(saved?.secrets ?? []), ...options.secrets])
  const derived = new Map<number, EpochKeys>()
  const box = { circleId, boxId, firstSecret: secrets.get(0) ?? null }
  let turn: Promise<unknown> = Promise.resolve()
  /** Parts of the ledger's state that were made here and handed to nobody. */
  let unseen = new WeakSet<object>()

  function keysOf(epoch: number): EpochKeys | null {
    const kept = derived.get(epoch)
    if (kept !== undefined) return kept
    const secret = secrets.get(epoch)
    if (secret === undefined) return null
    const made = epochKeys(circleId, epoch, secret)
    derived.set(epoch, made)
    return made
  }

  const known: Known = {
    keysToRead: (epoch) => (epoch === null || ledger.stopped !== null ? null : keysOf(epoch)),
    signer: (device) => (ledger.founded ? (law.device(ledger.state, device)?.publicKey ?? null) : null),
    devices: () => ledger.authors.keys(),
    canReadAhead: () => ledger.founded && ledger.stopped === null,
  }
  const read = (envelope: Uint8Array): Read => readHere(envelope, known, verify)

  async function takeAll(pieces: Pieces, check: CheckElsewhere | null, told: (of: readonly Outcome<R>[]) => void) {
    for await (const { batch, reads } of readings(pieces, known, verify, check)) {
      const outcomes: Outcome<R>[] = []
      for (const [i, early] of reads.entries()) {
        // a rekey earlier in this batch may have brought the secret that was missing, or the replica may have stopped
        const one = early.keys === known.keysToRead(early.epoch) ? early : read(batch[i] as Uint8Array)
        const seq = ledger.seq + 1
        const verdict = await judge(one, seq)
        ledger.heads.add(chainNext(ledger.heads.at(ledger.seq) as Bytes, seq, one.hash))
        ledger.seq = seq
        outcomes.push({ seq, entry: one.entry?.ok === true ? one.entry.value : null, verdict })
      }
      told(outcomes)
    }
  }

  async function pushAll(envelopes: readonly Uint8Array[]): Promise<readonly Outcome<R>[]> {
    const outcomes: Outcome<R>[] = []
    const check = envelopes.length < LONG ? null : (options.check ?? null)
    await takeAll([envelopes], check, (some) => outcomes.push(...some))
    return outcomes
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  async function judge(one: Read, seq: number): Promise<Verdict<R>> {
    if (ledger.stopped !== null) return { type: 'held' }
    if (one.epoch === null) return aside({ type: 'NotAnEnvelope' })
    if (one.epoch !== ledger.epoch) return aside({ type: 'WrongEpoch', epoch: one.epoch, current: ledger.epoch })
    if (one.entry === null) return aside({ type: 'CannotOpen', why: 'WrongKey' })
    if (!one.entry.ok) return aside(one.entry.error)
    const entry = one.entry.value
    const signer = authorOf(law, ledger, circleId, entry)
    if (!signer.ok) return aside(signer.error)
    const { publicKey, member } = signer.value
    const early = one.signed !== null && equalBytes(one.signed.by, publicKey) ? one.signed.right : null
    if (!(await (early ?? isSigned(entry, publicKey, verify)))) return aside({ type: 'BadSignature' })
    const misplaced = takePlace<S, R>(ledger, entry, seq)
    if (misplaced !== null) return aside(misplaced)
    const meant = interpret(law, ledger, box, entry, member, seq)
    if (!meant.ok) return meant.error
    // a rekey can still turn out wrong, after the rules let it through
    const isRekey = meant.value.part.type === 'rekey'
    const next = decide(law, ledger, meant.value, isRekey ? undefined : unseen)
    if (!next.ok) return next.error
    if (meant.value.part.type !== 'rekey') return settle(ledger, meant.value, next.value, null)
    const taken = await take(meant.value.part, entry.body.deviceId, seq)
    if (!taken.ok) return taken.error
    believe(taken.value.rekey.toEpoch, taken.value.secret)
    return settle(ledger, meant.value, next.value, taken.value.rekey)
  }

  /** What was proved takes the place of what was believed. */
  function believe(epoch: number, secret: Bytes): void {
    const before = secrets.get(epoch)
    if (before === undefined || !equalBytes(before, secret)) derived.delete(epoch)
    secrets.set(epoch, secret)
  }

  async function take(
    part: RekeyPart,
    device: Id,
    seq: number,
  ): Promise<Result<{ rekey: Rekey; secret: Bytes }, Verdict<R>>> {
    const now = epochNow(ledger.state)
    const rekey = readRekey(part, now)
    if (!rekey.ok) return err(aside({ type: 'BadRekey', why: rekey.error }))
    const { toEpoch, commitment } = rekey.value
    const known = secrets.get(toEpoch)
    const believed = [...(known === undefined ? [] : [known]), ...(options.candidates?.get(toEpoch) ?? [])]
    const fits = believed.find((one) => equalBytes(epochCommitment(toEpoch, one), commitment)) ?? null
    if (fits === null && !now.recipients.some((one) => own.some((key) => key.id === one.id))) {
      if (believed.length === 0) {
        ledger.stopped = { type: 'Outside', seq }
        return err({ type: 'held' })
      }
      // REK-10: whoever made it may make one, and gave this replica another secret: what the others hold cannot be read here
      raise(ledger, { type: 'Fork', device, seq })
      return err(aside({ type: 'BadRekey', why: { type: 'WrongCommitment' } }))
    }
    const secret = await takeRekey(rekey.value, now, own, fits)
    return secret.ok
      ? ok({ rekey: rekey.value, secret: secret.value })
      : err(aside({ type: 'BadRekey', why: secret.error }))
  }

  function peek(entries: readonly SignedEntry[]) {
    unseen = new WeakSet()
    const ahead = branch(ledger)
    const mine = new WeakSet<object>()
    const outcomes = entries.map((entry): Outcome<R> => {
      const seq = ++ahead.seq
      return { seq, entry, verdict: guess(ahead, entry, seq, mine) }
    })
    return { view: viewOf(ahead), outcomes }
  }

  function guess(ahead: Ledger<S>, entry: SignedEntry, seq: number, mine: WeakSet<object>): Verdict<R> {
    if (ahead.stopped !== null) return { type: 'held' }
    const signer = authorOf(law, ahead, circleId, entry)
    if (!signer.ok) return aside(signer.error)
    const misplaced = takePlace<S, R>(ahead, entry, seq)
    if (misplaced !== null) return aside(misplaced)
    const meant = interpret(law, ahead, box, entry, signer.value.member, seq)
    if (!meant.ok) return meant.error
    const next = decide(law, ahead, meant.value, meant.value.part.type === 'rekey' ? undefined : mine)
    if (!next.ok) return next.error
    if (meant.value.part.type !== 'rekey') return settle(ahead, meant.value, next.value, null)
    const rekey = readRekey(meant.value.part, epochNowOn(ahead, ahead.state)())
    if (!rekey.ok) return aside({ type: 'BadRekey', why: rekey.error })
    return settle(ahead, meant.value, next.value, rekey.value)
  }

  /** Fixed to what `on` is now, worked out when asked. */
  function epochNowOn(on: Ledger<S>, state: S): () => EpochNow {
    const { epoch, capIndex } = on
    const previousCommitment = on.commitments.get(epoch - 1) ?? null
    return () => ({ circleId, epoch, capIndex, previousCommitment, recipients: law.recipients(state) })
  }
  const epochNow = (state: S = ledger.state): EpochNow => epochNowOn(ledger, state)()

  function viewOf(on: Ledger<S>): View<S> {
    const { founded, epoch, capIndex, state, stopped } = on
    const seq = on.heads.seq
    const authors = new Map(on.authors)
    return {
      seq,
      head: on.heads.at(seq) as Bytes,
      founded,
      epoch,
      capIndex,
      state,
      stopped,
      alarms: [...on.alarms],
      author: (device) => authors.get(device) ?? NO_AUTHOR,
      epochNow: epochNowOn(on, state),
    }
  }

  return {
    push: (envelopes) => inTurn(() => pushAll(envelopes)),
    take: (pieces, told) => inTurn(() => takeAll(pieces, options.check ?? null, told)),
    peek,
    view: () => {
      unseen = new WeakSet()
      return viewOf(ledger)
    },
    keys: () => keysOf(ledger.epoch),
    secrets: () => new Map(secrets),
    epochNow,
    headAt: (seq) => ledger.heads.at(seq),
    heads: () => ledger.heads.all(),
    digest: () => digestOf(law, ledger),
    save: () => {
      unseen = new WeakSet()
      return saveLedger(ledger, accepted, secrets)
    },
  }
}
