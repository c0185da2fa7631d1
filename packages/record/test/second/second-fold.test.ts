/**
 * The product's fold beside a second one, written from the sentences alone, on logs that a member and a relay who mean harm
 * put together. `SECOND_SEED` and `SECOND_RUNS` change what is generated.
 */
import { concat, toHex, u32, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor } from '@alongside/base/cbor.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SignedEntry } from '../../src/entry.ts'
import { sealEnvelope } from '../../src/envelope.ts'
import { openFold, type Outcome } from '../../src/fold.ts'
import type { OwnKey } from '../../src/rekey.ts'
import { Circle, Person } from '../circle.ts'
import { codecs, law, NOTE, payload, REKEY, type TestRefusal, type TestState, UPGRADE } from '../law.ts'
import { PlainFold } from './plain-fold.ts'

const SEED = Number(process.env['SECOND_SEED'] ?? 83)
const RUNS = Number(process.env['SECOND_RUNS'] ?? 6)

const ACTS = [
  'note',
  'note',
  'again',
  'sealed anew',
  'said out of turn',
  'said twice in one place',
  'another past',
  'another head',
  'the future',
  'rekey',
  'rekey',
  'spoilt rekey',
  'another history',
  'leaping rekey',
  'not as said',
  'garbage rekey',
  'other epoch',
  'changed byte',
  'junk',
  'withheld',
  'let in',
  'accept',
  'bad acceptance',
  'keys for another place',
  'keys again',
  'remove',
  'upgrade',
  'other rules',
  'unknown type',
  'optional type',
  'other circle',
  'a stranger',
  'forged',
  'a cut entry',
] as const

const act = fc.record({ what: fc.constantFrom(...ACTS), who: fc.nat(3), n: fc.nat(1_000_000) })
type Act = { readonly what: (typeof ACTS)[number]; readonly who: number; readonly n: number }

/** The product's outcome in the words of the second fold. */
function fateOf({ verdict }: Outcome<unknown>): string {
  if (verdict.type !== 'setAside') return verdict.type
  const { reason } = verdict
  if (reason.type === 'CannotOpen') return `CannotOpen ${reason.why}`
  if (reason.type === 'BadRekey') return `BadRekey ${reason.why.type}`
  return reason.type === 'Refused' ? `Refused ${String(reason.reason)}` : reason.type
}

/** A circle of two, and whatever the acts put into its box. Everybody who is in it folds it all, with both folds. */
async function play(acts: readonly Act[], newest: number) {
  const circle = new Circle()
  const people = ['Amal', 'Bea', 'Cam', 'Dee'].map((name) => new Person(name))
  const [amal, bea] = people as [Person, Person, ...Person[]]
  await circle.found(amal, { rules: newest })
  await circle.letIn(amal, bea, { rules: newest })
  const said: SignedEntry[] = []
  const put = (...envelopes: Bytes[]) => circle.add(...envelopes)
  for (const { what, who, n } of acts) {
    const by = circle.people[who % circle.people.length] ?? amal
    if (by.folded.keys() === null || by.folded.view().stopped !== null) continue
    const other = people[n % people.length] ?? bea
    const past = said[n % Math.max(1, said.length)]
    const known = circle.envelopes[n % circle.envelopes.length] as Bytes
    const say = async (entry: SignedEntry): Promise<void> => {
      said.push(entry)
      await put(by.seal(entry))
    }
    const note = (change: Parameters<Person['note']>[1]) => by.note(`${n}`, change)
    if (what === 'note') await say(await note({}))
    if (what === 'again') await put(known)
    if (what === 'sealed anew' && past !== undefined) await put(by.seal(past))
    if (what === 'said out of turn') await say(await note({ ctr: 1 + (n % 12) }))
    if (what === 'said twice in one place') {
      const [one, two] = [await by.note('one'), await by.note('two')]
      await say(one)
      await say(two)
    }
    if (what === 'another past') await say(await note({ prev: by.random.bytes(32) }))
    if (what === 'another head') await say(await note({ seenSeq: n % (circle.envelopes.length + 1) }))
    if (what === 'the future') await say(await note({ seenSeq: circle.envelopes.length + 1 + (n % 3) }))
    if (what === 'rekey') await say(await by.rekey())
    if (what === 'spoilt rekey') {
      const spoil = (rekey: Parameters<NonNullable<Parameters<Person['rekey']>[1]>>[0]) => {
        const wrap = rekey.wraps[n % rekey.wraps.length]
        return wrap === undefined ? rekey : { ...rekey, wraps: rekey.wraps.with(n % rekey.wraps.length, bent(wrap, n)) }
      }
      await say(await by.rekey([], spoil))
    }
    if (what === 'another history')
      await say(await by.rekey([], (rekey) => ({ ...rekey, history: new Uint8Array(32) })))
    if (what === 'leaping rekey') await say(await by.rekey([], (rekey) => ({ ...rekey, capIndex: n % 3000 })))
    if (what === 'not as said' || what === 'garbage rekey') {
      const entry = await by.rekey()
      const read = must(codecs[REKEY].decode(must(decodeCbor(entry.body.payload))))
      const change = what === 'not as said' ? { toEpoch: read.toEpoch + 1 } : { body: new Uint8Array(n % 40) }
      await say(await by.sign(REKEY, payload(codecs[REKEY], { ...read, ...change })))
    }
    if (what === 'other epoch') await put(concat(known.subarray(0, 2), u32(n % 4), known.subarray(6)))
    if (what === 'changed byte') await put(bent(by.seal(await note({})), n))
    if (what === 'junk') await put(by.random.bytes(n % 2 === 0 ? 590 : n % 700))
    if (what === 'a cut entry') {
      const keys = by.folded.keys()
      if (keys !== null) await put(must(sealEnvelope(keys, by.random.bytes(n % 400), by.random)))
    }
    if (what === 'withheld') said.push(await by.note('withheld'))
    if (what === 'let in' && !circle.people.includes(other)) await say(await by.admit(other))
    if (what === 'keys for another place') await say(await by.admit(other, { keys: other.keysFor(by.place) }))
    if (what === 'keys again') await say(await by.admit(circle.people[n % circle.people.length] ?? amal))
    if (what === 'accept' || what === 'bad acceptance') {
      const newcomer = circle.people.includes(other) ? by : other
      if (!circle.people.includes(newcomer)) {
        newcomer.open(circle.circleId, circle.boxId, by.folded.secrets(), { rules: newest })
        await newcomer.folded.push(circle.envelopes)
        if (newcomer.folded.keys() === null || newcomer.folded.view().stopped !== null) continue
        circle.people.push(newcomer)
      }
      const nonce = what === 'accept' ? newcomer.nonce : newcomer.random.bytes(32)
      await put(newcomer.seal(await newcomer.accept(nonce)))
    }
    if (what === 'remove') await say(await by.remove(other.memberId))
    if (what === 'upgrade') await say(await by.sign(UPGRADE, payload(codecs[UPGRADE], 2)))
    if (what === 'other rules') await say(await note({ rules: n % 4 }))
    if (what === 'unknown type')
      await say(await by.sign(9 + (n % 200), payload(codecs[NOTE], 'x'), { rules: 1 + (n % 2) }))
    if (what === 'optional type') await say(await by.sign(256 + (n % 9), new Uint8Array(3), { rules: 1 + (n % 2) }))
    if (what === 'other circle') await say(await note({ circleId: by.random.bytes(32) }))
    if (what === 'a stranger') await say(await note({ deviceId: new Person('Mallory').deviceId }))
    if (what === 'forged') await say(await note({ deviceId: amal.deviceId }))
  }
  return circle
}

const bent = (bytes: Bytes, n: number): Bytes =>
  bytes.with(n % bytes.length, ((bytes[n % bytes.length] ?? 0) + 1) % 256)

/** What every run sees, so that whatever can become of an envelope becomes of some. */
const always = (seed: number): [Act[], number] => {
  let state = seed
  const draw = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 8) % below
  }
  const acts = Array.from({ length: 60 }, () => ({
    what: ACTS[draw(ACTS.length)] ?? 'note',
    who: draw(4),
    n: draw(1_000_000),
  }))
  return [acts, 1 + (seed % 2)]
}

const EXAMPLES = [1, 2, 3, 4, 5, 6, 10].map(always)

/** Everything that can become of an envelope, but for `SameKeyTwice` and the like, which are all `BadKeys` here. */
const FATES =
  `applied, held, NotAnEnvelope, WrongEpoch, CannotOpen WrongKey, CannotOpen Altered, NotAnEntry, OtherCircle,
  AlreadySaid, UnknownDevice, InactiveDevice, BadSignature, Cloned, Gap, BrokenChain, Fork, OtherRules, UnknownType, BadKeys,
  BadAcceptance, BadRekey NotARekey, BadRekey NotAsSaid, BadRekey WrongCapability, BadRekey WrongHistory, BadRekey WrongWrap,
  BadRekey WrapDoesNotOpen, BadRekey WrongCapabilityKey, BadRekey WrongCommitment, Refused NotFounder, Refused RekeyOwed`
    .split(',')
    .map((fate) => fate.trim())

type Options = ConstructorParameters<typeof PlainFold<TestState, TestRefusal>>[0]

/** Reads a box with both folds and expects the same of them; gives what became of each envelope. */
async function readTwice(options: Options, envelopes: readonly Bytes[]): Promise<readonly string[]> {
  const [fold, plain] = [openFold(options), new PlainFold(options)]
  const told: string[] = []
  for (const envelope of envelopes) told.push(await plain.take(envelope))
  expect((await fold.push(envelopes)).map(fateOf)).toEqual(told)
  const { seq, head, epoch, capIndex, stopped, alarms } = fold.view()
  const productSays = { seq, head: toHex(head), epoch, capIndex, alarms, digest: toHex(fold.digest()) }
  expect({ ...productSays, stopped: stopped === null ? null : { type: stopped.type, seq: stopped.seq } }).toEqual({
    seq: envelopes.length,
    head: toHex(plain.heads.at(-1) ?? new Uint8Array()),
    epoch: plain.epoch,
    capIndex: plain.capIndex,
    alarms: plain.alarms,
    digest: toHex(plain.digest()),
    stopped: plain.stopped,
  })
  return told
}

describe('two folds, one written from the sentences alone', () => {
  it('ADV-83 agree on every verdict, head, alarm and digest, whatever a member and a relay put into a box', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(
        fc.noBias(fc.array(act, { maxLength: 40, size: 'max' })),
        fc.constantFrom(1, 2),
        async (acts, newest) => {
          const circle = await play(acts, newest)
          const all = circle.people[0]?.folded.secrets() ?? new Map<number, Bytes>()
          const read = async (own: readonly OwnKey[], secrets: ReadonlyMap<number, Bytes>) => {
            const options = { law: law(newest), circleId: circle.circleId, boxId: circle.boxId, secrets, own }
            for (const fate of await readTwice(options, circle.envelopes)) seen.add(fate)
          }
          for (const person of circle.people) await read(person.own, person.folded.secrets())
          await read([], all)
          // somebody who was never let in, and somebody who believes another secret of a later epoch
          await read([], new Map([...all].filter(([epoch]) => epoch < 1)))
          const wrong = new Map([...all, [Math.max(1, all.size - 1), new Uint8Array(32)] as const])
          await read([], wrong)
          await read(circle.people[0]?.own ?? [], wrong)
        },
      ),
      { seed: SEED, numRuns: RUNS + EXAMPLES.length, examples: EXAMPLES },
    )
    expect(FATES.filter((fate) => !seen.has(fate))).toEqual([])
  }, 240_000)
})
