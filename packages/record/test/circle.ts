/** People with devices around one box, for tests: they found, let in, write and rekey, and the box is a plain list. */
import { fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Random } from '@alongside/base/world.ts'
import type { Verify } from '../src/crypto.ts'
import { signEntry, ZERO_HASH, type EntryBody, type SignedEntry } from '../src/entry.ts'
import { sealEnvelope } from '../src/envelope.ts'
import { epochCommitment, epochKeys } from '../src/epoch.ts'
import { openFold, type Fold } from '../src/fold.ts'
import { chainStart } from '../src/chain.ts'
import { nonceCommitment, signAcceptance } from '../src/joining.ts'
import {
  circleIdOf,
  createDeviceKeys,
  createMemberKeys,
  deviceId,
  makeKeyPackage,
  memberId,
  type DeviceKeys,
  type KeyPackage,
  type MemberKeys,
} from '../src/keys.ts'
import { encodeRekey, makeRekey, type OwnKey, type Rekey } from '../src/rekey.ts'
import { chance } from './chance.ts'
import {
  ACCEPT,
  ADMIT,
  codecs,
  FOUND,
  law,
  NOTE,
  payload,
  REKEY,
  REMOVE,
  type TestRefusal,
  type TestState,
} from './law.ts'

export type TestFold = Fold<TestState, TestRefusal>

export interface Options {
  readonly rules?: number
  readonly verify?: Verify
}

/** One person with one device. */
export class Person {
  readonly random: Random
  readonly member: MemberKeys
  readonly device: DeviceKeys
  readonly deviceId: Id
  readonly nonce: Bytes
  readonly place: Id
  fold: TestFold | null = null
  circleId: Bytes = ZERO_HASH

  constructor(name: string) {
    this.random = chance(name)
    this.member = createMemberKeys(this.random)
    this.device = createDeviceKeys(this.random)
    this.deviceId = deviceId(this.device.signing.publicKey)
    this.nonce = this.random.bytes(32)
    this.place = toHex(this.random.bytes(16))
  }

  get memberId(): Id {
    return memberId(this.circleId, this.member.identity.publicKey)
  }

  get own(): OwnKey[] {
    return [
      { id: this.deviceId, secretKey: this.device.kem.secretKey },
      { id: this.memberId, secretKey: this.member.recovery.secretKey },
    ]
  }

  get folded(): TestFold {
    if (this.fold === null) throw new Error('has no fold yet')
    return this.fold
  }

  open(circleId: Bytes, boxId: Id, secrets: ReadonlyMap<number, Bytes>, options: Options = {}): TestFold {
    this.circleId = circleId
    const { rules, verify } = options
    const extra = verify === undefined ? {} : { verify }
    this.fold = openFold({ law: law(rules), circleId, boxId, secrets, own: this.own, ...extra })
    return this.fold
  }

  /** Signs the next entry of this device, after `before` (own entries not yet confirmed). */
  async sign(
    type: number,
    bytes: Bytes,
    change: Partial<EntryBody> = {},
    before: readonly SignedEntry[] = [],
  ): Promise<SignedEntry> {
    const { view } = this.folded.peek(before)
    const author = view.author(this.deviceId)
    const body: EntryBody = {
      rules: 1,
      circleId: this.circleId,
      type,
      deviceId: this.deviceId,
      ctr: author.ctr + 1,
      prev: author.last,
      seenSeq: view.seq,
      seenHead: view.head,
      t: 3_000_000 + author.ctr,
      payload: bytes,
      ...change,
    }
    return signEntry(body, this.device.signing.secretKey)
  }

  note(words: string, change: Partial<EntryBody> = {}, before: readonly SignedEntry[] = []): Promise<SignedEntry> {
    return this.sign(NOTE, payload(codecs[NOTE], words), change, before)
  }

  /** An envelope under this replica's present epoch. */
  seal(entry: SignedEntry): Bytes {
    const keys = this.folded.keys()
    if (keys === null) throw new Error('knows no secret')
    return must(sealEnvelope(keys, entry.bytes, this.random))
  }

  /** The key package of this person, proved for a place. */
  keysFor(place: Id): KeyPackage {
    return makeKeyPackage(fromHex(place) as Bytes, this.member, this.device)
  }

  async admit(other: Person, change: { keys?: KeyPackage } = {}): Promise<SignedEntry> {
    const keys = change.keys ?? other.keysFor(other.place)
    const commitment = toHex(nonceCommitment(other.place, other.nonce))
    return this.sign(ADMIT, payload(codecs[ADMIT], { place: other.place, commitment, keys }))
  }

  accept(nonce = this.nonce): Promise<SignedEntry> {
    const proof = toHex(signAcceptance(this.member.identity.secretKey, this.circleId, this.place, nonce))
    return this.sign(ACCEPT, payload(codecs[ACCEPT], { nonce: toHex(nonce), proof }))
  }

  remove(member: Id): Promise<SignedEntry> {
    return this.sign(REMOVE, payload(codecs[REMOVE], member))
  }

  /** A rekey for the recipients after `before`; `bend` spoils it. */
  async rekey(
    before: readonly SignedEntry[] = [],
    bend: (rekey: Rekey) => Rekey = (same) => same,
  ): Promise<SignedEntry> {
    const now = this.folded.epochNow(this.folded.peek(before).view.state)
    const previous = this.folded.secrets().get(now.epoch - 1) ?? null
    const rekey = bend(await makeRekey(now, this.random.bytes(32), previous))
    const { fromEpoch, toEpoch, commitment } = rekey
    const said = { fromEpoch, toEpoch, commitment: toHex(commitment), body: encodeRekey(rekey) }
    return this.sign(REKEY, payload(codecs[REKEY], said), {}, before)
  }
}

/** A box and the people around it. Nobody hears anything until `spread`. */
export class Circle {
  readonly boxId: Id
  readonly envelopes: Bytes[] = []
  readonly people: Person[] = []
  circleId: Bytes = ZERO_HASH

  constructor(name = 'circle') {
    this.boxId = toHex(chance(name).bytes(16))
  }

  /** The box as somebody has it who is given nothing but its bytes. */
  asRead() {
    return { law: law(), circleId: this.circleId, boxId: this.boxId, envelopes: this.envelopes }
  }

  /** Everybody folds what they have not seen yet. */
  async spread(): Promise<void> {
    for (const person of this.people) await person.folded.push(this.envelopes.slice(person.folded.view().seq))
  }

  async add(...envelopes: Bytes[]): Promise<void> {
    this.envelopes.push(...envelopes)
    await this.spread()
  }

  async found(founder: Person, options: Options = {}): Promise<void> {
    const secret = founder.random.bytes(32)
    const keys = makeKeyPackage(fromHex(this.boxId) as Bytes, founder.member, founder.device)
    const founding = { box: this.boxId, commitment: toHex(epochCommitment(0, secret)), keys }
    const entry = await signEntry(
      {
        rules: 1,
        circleId: ZERO_HASH,
        type: FOUND,
        deviceId: founder.deviceId,
        ctr: 1,
        prev: ZERO_HASH,
        seenSeq: 0,
        seenHead: chainStart(fromHex(this.boxId) as Bytes),
        t: 3_000_000,
        payload: payload(codecs[FOUND], founding),
      },
      founder.device.signing.secretKey,
    )
    this.circleId = circleIdOf(entry.bytes)
    founder.open(this.circleId, this.boxId, new Map([[0, secret]]), options)
    this.people.push(founder)
    await this.add(must(sealEnvelope(epochKeys(this.circleId, 0, secret), entry.bytes, founder.random)))
  }

  /** `by` lets `other` in with one rekey; `other` folds the whole box and says yes. */
  async letIn(by: Person, other: Person, options: Options = {}): Promise<void> {
    const admission = await by.admit(other)
    await this.add(by.seal(admission), by.seal(await by.rekey([admission])))
    other.open(this.circleId, this.boxId, by.folded.secrets(), options)
    this.people.push(other)
    await this.spread()
    await this.add(other.seal(await other.accept()))
  }
}

/** Amal founded, Bea was let in and said yes. */
export async function together(options: Options = {}): Promise<{ circle: Circle; amal: Person; bea: Person }> {
  const circle = new Circle()
  const [amal, bea] = [new Person('Amal'), new Person('Bea')]
  await circle.found(amal, options)
  await circle.letIn(amal, bea, options)
  return { circle, amal, bea }
}
