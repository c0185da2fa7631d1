/**
 * One entry, step by step: who says it, does it follow what they said before, did they see the same record, do we have
 * the rules, are the keys it brings right, and does the constitution let it take effect. Each step is a value; the order
 * is fixed (SPEC FLD-2), so that every replica sets the same entry aside at the same step. SPEC FLD-3, FLD-4 and FLD-5 are the
 * author's chain, FLD-7 and FLD-8 the rules versions, FLD-13 the keys an entry brings.
 */
import { equalBytes, fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Constitution, Derived, DeviceFacts, KeyPart, VerifiedEntry } from './constitution.ts'
import { FIRST_OPTIONAL_TYPE, idBytes, ZERO_HASH, type SignedEntry } from './entry.ts'
import { epochCommitment } from './epoch.ts'
import { isAcceptanceRight } from './joining.ts'
import { checkKeyPackage, circleIdOf, circleName, deviceId, memberId, type KeyPackageError } from './keys.ts'
import { NO_AUTHOR, raise, type Ledger } from './ledger.ts'
import type { Rekey, RekeyError } from './rekey.ts'

/** Why an entry has no effect. The same on every replica, and shown to people who ask. */
export type SetAside<R> =
  | { readonly type: 'NotAnEnvelope' }
  | { readonly type: 'WrongEpoch'; readonly epoch: number; readonly current: number }
  | { readonly type: 'CannotOpen'; readonly why: 'WrongKey' | 'Altered' | 'BadPadding' }
  | { readonly type: 'NotAnEntry' }
  | { readonly type: 'OtherCircle' }
  | { readonly type: 'NotFounded' }
  | { readonly type: 'AlreadySaid' }
  | { readonly type: 'UnknownDevice' }
  | { readonly type: 'InactiveDevice' }
  | { readonly type: 'BadSignature' }
  | { readonly type: 'Cloned' }
  | { readonly type: 'Gap'; readonly expected: number; readonly ctr: number }
  | { readonly type: 'BrokenChain' }
  | { readonly type: 'Fork'; readonly seenSeq: number }
  | { readonly type: 'OtherRules'; readonly rules: number }
  | { readonly type: 'UnknownType'; readonly entryType: number }
  | { readonly type: 'BadKeys'; readonly why: KeyPackageError | { readonly type: 'WrongBinding' } }
  | { readonly type: 'BadAcceptance' }
  | { readonly type: 'BadRekey'; readonly why: RekeyError | { readonly type: 'NotARekey' | 'NotAsSaid' } }
  | { readonly type: 'Refused'; readonly reason: R }

/** What became of an entry. */
export type Verdict<R> =
  | { readonly type: 'applied' }
  | { readonly type: 'setAside'; readonly reason: SetAside<R> }
  /** The replica had stopped; the entry counts for the chain and waits. */
  | { readonly type: 'held' }

export const aside = <R>(reason: SetAside<R>): Verdict<R> => ({ type: 'setAside', reason })

export interface Signer {
  readonly publicKey: Bytes
  readonly member: Id
}

const unhex = (text: string): Bytes => fromHex(text) ?? new Uint8Array()

/** Whose entry this is, before its signature is asked. */
export function authorOf<S, R>(
  law: Constitution<S, R>,
  ledger: Ledger<S>,
  circleId: Bytes,
  entry: SignedEntry,
): Result<Signer, SetAside<R>> {
  if (!ledger.founded) return founderOf(law, ledger, circleId, entry)
  if (!equalBytes(entry.body.circleId, circleId)) return err({ type: 'OtherCircle' })
  if (ledger.accepted.has(entry.id)) return err({ type: 'AlreadySaid' })
  const facts: DeviceFacts | null = law.device(ledger.state, entry.body.deviceId)
  if (facts === null) return err({ type: 'UnknownDevice' })
  if (!facts.active) return err({ type: 'InactiveDevice' })
  return ok({ publicKey: facts.publicKey, member: facts.member })
}

function founderOf<S, R>(
  law: Constitution<S, R>,
  ledger: Ledger<S>,
  circleId: Bytes,
  entry: SignedEntry,
): Result<Signer, SetAside<R>> {
  const { body } = entry
  if (!equalBytes(body.circleId, ZERO_HASH)) return err({ type: 'NotFounded' })
  if (!equalBytes(circleIdOf(entry.bytes), circleId)) return err({ type: 'OtherCircle' })
  const part = law.keyPart(ledger.state, body)
  if (part.type !== 'founding') return err({ type: 'NotFounded' })
  const publicKey = unhex(part.keys.device)
  if (deviceId(publicKey) !== body.deviceId) return err({ type: 'UnknownDevice' })
  return ok({ publicKey, member: memberId(circleId, unhex(part.keys.member)) })
}

/** Puts a signed entry at the end of its author's chain, or says why it does not belong there. */
export function takePlace<S, R>(ledger: Ledger<S>, entry: SignedEntry, seq: number): SetAside<R> | null {
  const { deviceId: device, ctr, prev, seenSeq, seenHead } = entry.body
  const author = ledger.authors.get(device) ?? NO_AUTHOR
  if (ctr <= author.ctr) {
    raise(ledger, { type: 'Cloned', device, seq })
    return { type: 'Cloned' }
  }
  if (ctr !== author.ctr + 1) {
    raise(ledger, { type: 'Drop', device, seq })
    return { type: 'Gap', expected: author.ctr + 1, ctr }
  }
  if (!equalBytes(prev, author.last)) {
    raise(ledger, { type: 'Cloned', device, seq })
    return { type: 'BrokenChain' }
  }
  const head = seenSeq < seq ? ledger.heads.at(seenSeq) : null
  if (head === null || !equalBytes(head, seenHead)) {
    raise(ledger, { type: 'Fork', device, seq })
    return { type: 'Fork', seenSeq }
  }
  ledger.authors.set(device, { ctr, last: entry.hash, seenSeq: Math.max(author.seenSeq, seenSeq) })
  ledger.accepted.add(entry.id)
  return null
}

/** Whether this replica has the rules the entry was written under (SPEC FLD-7, FLD-8); null when it has. */
function askRules<S, R>(
  law: Constitution<S, R>,
  ledger: Ledger<S>,
  entry: SignedEntry,
  seq: number,
): Verdict<R> | null {
  const { rules, type } = entry.body
  const adopted = ledger.founded ? law.rulesOf(ledger.state) : rules
  if (rules !== adopted) return aside({ type: 'OtherRules', rules })
  const supported = law.supports(rules)
  if (supported && law.knows(rules, type)) return null
  if (supported || type >= FIRST_OPTIONAL_TYPE) return aside({ type: 'UnknownType', entryType: type })
  ledger.stopped = { type: 'Frozen', seq, rules, entryType: type }
  return { type: 'held' }
}

/**
 * Checks the keys an entry brings, other than a rekey's; gives the ids that follow from them. `isKnown` says whether the
 * circle has had a device of that id: a newcomer proves nothing about the device's key but that they name it.
 */
function checkKeys<R>(part: KeyPart, box: Box, isKnown: (device: Id) => boolean): Result<Derived | null, SetAside<R>> {
  if (part.type === 'acceptance')
    return isAcceptanceRight(box.circleId, part) ? ok(null) : err({ type: 'BadAcceptance' })
  if (part.type !== 'founding' && part.type !== 'admission') return ok(null)
  if (part.type === 'founding') {
    const commitment = box.firstSecret === null ? null : toHex(epochCommitment(0, box.firstSecret))
    if (part.box !== box.boxId || part.commitment !== commitment)
      return err({ type: 'BadKeys', why: { type: 'WrongBinding' } })
  }
  const checked = checkKeyPackage(idBytes(part.type === 'founding' ? part.box : part.place), part.keys)
  if (!checked.ok) return err({ type: 'BadKeys', why: checked.error })
  const device = deviceId(unhex(part.keys.device))
  if (isKnown(device)) return err({ type: 'BadKeys', why: { type: 'SameKeyTwice' } })
  return ok({
    circle: circleName(box.circleId),
    member: memberId(box.circleId, unhex(part.keys.member)),
    device,
  })
}

/** What stays the same for a whole box. */
export interface Box {
  readonly circleId: Bytes
  readonly boxId: Id
  readonly firstSecret: Bytes | null
}

/** An entry with its place and checked keys, ready for the constitution. */
export interface Meant {
  readonly part: KeyPart
  readonly entry: VerifiedEntry
}

/** The steps between an entry's place in its chain and its effect: rules, then the keys it brings. */
export function interpret<S, R>(
  law: Constitution<S, R>,
  ledger: Ledger<S>,
  box: Box,
  entry: SignedEntry,
  member: Id,
  seq: number,
): Result<Meant, Verdict<R>> {
  const unknown = askRules(law, ledger, entry, seq)
  if (unknown !== null) return err(unknown)
  const { type, rules, deviceId: device, seenSeq, t: at, payload } = entry.body
  const part = law.keyPart(ledger.state, entry.body)
  const derived = checkKeys<R>(part, box, (known) => law.device(ledger.state, known) !== null)
  if (!derived.ok) return err(aside(derived.error))
  const verified = { id: entry.id, type, rules, member, device, seq, seenSeq, at, payload, derived: derived.value }
  return ok({ part, entry: verified })
}

/**
 * The constitution decides: the state that would follow, or why there is none. Nothing has changed yet, apart from what is in
 * `unseen`; an entry that can still fail afterwards is decided without it.
 */
export function decide<S, R>(
  law: Constitution<S, R>,
  ledger: Ledger<S>,
  { entry }: Meant,
  unseen?: WeakSet<object>,
): Result<S, Verdict<R>> {
  const next = law.apply(ledger.state, entry, unseen)
  return next.ok ? next : err(aside({ type: 'Refused', reason: next.error }))
}

/** The last step: the ledger follows. `rekey` is set when the entry is a checked rekey. */
export function settle<S, R>(ledger: Ledger<S>, { part }: Meant, next: S, rekey: Rekey | null): Verdict<R> {
  ledger.state = next
  if (part.type === 'founding' && !ledger.founded) {
    ledger.founded = true
    ledger.commitments.set(0, unhex(part.commitment))
  }
  if (rekey !== null) {
    ledger.epoch = rekey.toEpoch
    ledger.capIndex = rekey.capIndex
    ledger.commitments.set(rekey.toEpoch, rekey.commitment)
  }
  return { type: 'applied' }
}
