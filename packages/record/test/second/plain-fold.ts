/**
 * A second fold, written from the sentences of SPEC.md alone: slow and plain, one envelope after the other, nothing read
 * ahead, nothing kept that could be looked up again. It shares with the product how bytes are opened, decoded, signed and
 * hashed, which other tests hold against a second implementation; what counts, and in which order it is asked, is its own.
 */
import { equalBytes, fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { canonical } from '@alongside/base/canonical.ts'
import { encodeCbor } from '@alongside/base/cbor.ts'
import type { Id } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { chainNext, chainStart, envelopeHash } from '../../src/chain.ts'
import type { Constitution, Derived, KeyPart } from '../../src/constitution.ts'
import { sha256, verifySync } from '../../src/crypto.ts'
import { decodeEntry, FIRST_OPTIONAL_TYPE, idBytes, type SignedEntry, ZERO_HASH } from '../../src/entry.ts'
import { envelopeEpoch, openEnvelope } from '../../src/envelope.ts'
import { epochCommitment, epochKeys } from '../../src/epoch.ts'
import { isAcceptanceRight } from '../../src/joining.ts'
import { checkKeyPackage, circleIdOf, circleName, deviceId, memberId } from '../../src/keys.ts'
import { checkRekeyShape, decodeRekey, type EpochNow, openOwnWrap, type OwnKey, verifyRekey } from '../../src/rekey.ts'

/** What became of an envelope: `applied`, `held`, or the name of why it was set aside. */
export type Fate = string

interface Alarm {
  readonly type: 'Fork' | 'Cloned' | 'Drop'
  readonly device: Id
  readonly seq: number
}

export interface PlainOptions<S, R> {
  readonly law: Constitution<S, R>
  readonly circleId: Bytes
  readonly boxId: Id
  readonly secrets: ReadonlyMap<number, Bytes>
  readonly own: readonly OwnKey[]
}

/** Rises through the steps of FLD-2 for one envelope; whoever throws it sets the envelope aside. */
class Aside extends Error {
  readonly why: string

  constructor(why: string) {
    super(why)
    this.why = why
  }
}

const unhex = (text: string): Bytes => fromHex(text) ?? new Uint8Array()

export class PlainFold<S, R> {
  readonly options: PlainOptions<S, R>
  state: S
  founded = false
  epoch = 0
  capIndex = 0
  stopped: { readonly type: 'Frozen' | 'Outside'; readonly seq: number } | null = null
  readonly heads: Bytes[]
  readonly commitments: Bytes[] = []
  readonly secrets: Map<number, Bytes>
  readonly said: SignedEntry[] = []
  readonly alarms: Alarm[] = []

  constructor(options: PlainOptions<S, R>) {
    this.options = options
    this.state = options.law.initial
    this.heads = [chainStart(idBytes(options.boxId))]
    this.secrets = new Map(options.secrets)
  }

  /** Takes the next envelope. CHN-1 and FLD-9: whatever it is, the head moves on. */
  async take(envelope: Uint8Array): Promise<Fate> {
    const seq = this.heads.length
    let fate: Fate = 'held'
    try {
      if (this.stopped === null) fate = await this.read(envelope, seq)
    } catch (thrown) {
      if (!(thrown instanceof Aside)) throw thrown
      fate = thrown.why
    }
    this.heads.push(chainNext(this.heads[seq - 1] ?? ZERO_HASH, seq, envelopeHash(envelope)))
    return fate
  }

  /** FLD-2, one step after the other. */
  private async read(envelope: Uint8Array, seq: number): Promise<Fate> {
    const { law } = this.options
    const entry = this.open(envelope)
    const { body } = entry
    if (!this.founded) {
      if (!equalBytes(circleIdOf(entry.bytes), this.options.circleId)) throw new Aside('NotFounded')
    } else if (!equalBytes(body.circleId, this.options.circleId)) throw new Aside('OtherCircle')
    if (this.said.some((one) => one.id === entry.id)) throw new Aside('AlreadySaid')
    const part = law.keyPart(this.state, body)
    const member = this.askDevice(entry, part)
    this.askPlace(entry, seq)
    this.askHead(entry, seq)
    this.said.push(entry)
    const adopted = this.founded ? law.rulesOf(this.state) : body.rules
    if (body.rules !== adopted) throw new Aside('OtherRules')
    if (!law.supports(adopted)) {
      if (body.type >= FIRST_OPTIONAL_TYPE) throw new Aside('UnknownType')
      this.stopped = { type: 'Frozen', seq }
      return 'held'
    }
    if (!law.knows(adopted, body.type)) throw new Aside('UnknownType')
    const derived = this.askKeys(part)
    const { rules, type, seenSeq, t, payload } = body
    const meant = { id: entry.id, type, rules, member, device: body.deviceId, seq, seenSeq, at: t, payload, derived }
    const next = law.apply(this.state, meant)
    if (!next.ok) throw new Aside(`Refused ${String(next.error)}`)
    if (part.type === 'rekey') {
      const isMine = await this.askRekey(part, entry, seq)
      if (!isMine) return 'held'
    }
    if (part.type === 'founding') {
      this.founded = true
      this.commitments.push(unhex(part.commitment))
    }
    this.state = next.value
    return 'applied'
  }

  /** Size and header, epoch, opening, shape. */
  private open(envelope: Uint8Array): SignedEntry {
    const epoch = envelopeEpoch(envelope)
    if (epoch === null) throw new Aside('NotAnEnvelope')
    if (epoch !== this.epoch) throw new Aside('WrongEpoch')
    const secret = this.secrets.get(epoch)
    if (secret === undefined) throw new Error('this fold is for those who know the secret')
    const opened = openEnvelope(epochKeys(this.options.circleId, epoch, secret), envelope)
    if (!opened.ok) throw new Aside(`CannotOpen ${opened.error.type}`)
    const entry = decodeEntry(opened.value)
    if (!entry.ok) throw new Aside('NotAnEntry')
    return entry.value
  }

  /** Device known and active; signature. Gives the member. */
  private askDevice(entry: SignedEntry, part: KeyPart): Id {
    const { law, circleId } = this.options
    let facts = law.device(this.state, entry.body.deviceId)
    if (!this.founded) {
      if (part.type !== 'founding') throw new Aside('UnknownDevice')
      const publicKey = unhex(part.keys.device)
      if (deviceId(publicKey) !== entry.body.deviceId) throw new Aside('UnknownDevice')
      facts = { publicKey, member: memberId(circleId, unhex(part.keys.member)), active: true }
    }
    if (facts === null) throw new Aside('UnknownDevice')
    if (!facts.active) throw new Aside('InactiveDevice')
    if (!verifySync(facts.publicKey, T('event', entry.bodyBytes), entry.signature)) throw new Aside('BadSignature')
    return facts.member
  }

  /** FLD-3 and FLD-4: the place in the author's chain. */
  private askPlace({ body }: SignedEntry, seq: number): void {
    const { ctr, last } = this.authorOf(body.deviceId)
    if (body.ctr <= ctr) {
      this.raise('Cloned', body.deviceId, seq)
      throw new Aside('Cloned')
    }
    if (body.ctr > ctr + 1) {
      this.raise('Drop', body.deviceId, seq)
      throw new Aside('Gap')
    }
    if (equalBytes(body.prev, last)) return
    this.raise('Cloned', body.deviceId, seq)
    throw new Aside('BrokenChain')
  }

  /** FLD-5: the author saw what we saw. */
  private askHead({ body }: SignedEntry, seq: number): void {
    const head = body.seenSeq < seq ? this.heads[body.seenSeq] : undefined
    if (head !== undefined && equalBytes(head, body.seenHead)) return
    this.raise('Fork', body.deviceId, seq)
    throw new Aside('Fork')
  }

  /** FLD-13: keys come in only with their proof, and a device's key once. */
  private askKeys(part: KeyPart): Derived | null {
    const { law, circleId, boxId } = this.options
    if (part.type === 'acceptance' && !isAcceptanceRight(circleId, part)) throw new Aside('BadAcceptance')
    if (part.type !== 'founding' && part.type !== 'admission') return null
    const anchor = part.type === 'founding' ? boxId : part.place
    const first = this.secrets.get(0)
    if (part.type === 'founding') {
      if (part.box !== boxId) throw new Aside('BadKeys')
      if (first !== undefined && toHex(epochCommitment(0, first)) !== part.commitment) throw new Aside('BadKeys')
    }
    if (!checkKeyPackage(idBytes(anchor), part.keys).ok) throw new Aside('BadKeys')
    const device = deviceId(unhex(part.keys.device))
    if (law.device(this.state, device) !== null) throw new Aside('BadKeys')
    return { circle: circleName(circleId), member: memberId(circleId, unhex(part.keys.member)), device }
  }

  /** REK-1 to REK-10 and FLD-6. Whether this replica reads on. */
  private async askRekey(part: Extract<KeyPart, { type: 'rekey' }>, entry: SignedEntry, seq: number): Promise<boolean> {
    const rekey = decodeRekey(part.body)
    if (!rekey.ok) throw new Aside('BadRekey NotARekey')
    const { fromEpoch, toEpoch, commitment, capIndex } = rekey.value
    if (fromEpoch !== part.fromEpoch || toEpoch !== part.toEpoch || toHex(commitment) !== part.commitment)
      throw new Aside('BadRekey NotAsSaid')
    const now = this.epochNow()
    const shape = checkRekeyShape(rekey.value, now)
    if (!shape.ok) throw new Aside(`BadRekey ${shape.error.type}`)
    const isNamed = this.options.own.some((own) => now.recipients.some((recipient) => recipient.id === own.id))
    let secret = this.secrets.get(toEpoch)
    if (isNamed) {
      const opened = await openOwnWrap(rekey.value, this.options.circleId, this.options.own)
      if (!opened.ok) throw new Aside(`BadRekey ${opened.error.type}`)
      secret = opened.value
    }
    if (secret === undefined) {
      this.stopped = { type: 'Outside', seq }
      return false
    }
    const verified = await verifyRekey(rekey.value, now, secret)
    if (!verified.ok) {
      if (!isNamed) this.raise('Fork', entry.body.deviceId, seq)
      throw new Aside(`BadRekey ${verified.error.type}`)
    }
    this.secrets.set(toEpoch, secret)
    this.epoch = toEpoch
    this.capIndex = capIndex
    this.commitments.push(commitment)
    return true
  }

  epochNow(): EpochNow {
    return {
      circleId: this.options.circleId,
      epoch: this.epoch,
      capIndex: this.capIndex,
      previousCommitment: this.commitments[this.epoch - 1] ?? null,
      recipients: this.options.law.recipients(this.state),
    }
  }

  /** How far a device's chain goes: its last entry that had its place. */
  authorOf(device: Id): { readonly ctr: number; readonly last: Bytes } {
    const last = this.said.findLast((entry) => entry.body.deviceId === device)
    return last === undefined ? { ctr: 0, last: ZERO_HASH } : { ctr: last.body.ctr, last: last.hash }
  }

  /** FLD-14: of each kind, the first eight about each device. */
  private raise(type: Alarm['type'], device: Id, seq: number): void {
    if (this.alarms.filter((alarm) => alarm.type === type && alarm.device === device).length < 8)
      this.alarms.push({ type, device, seq })
  }

  /** FLD-10: the shared state, and how far each author's chain goes. */
  digest(): Bytes {
    const devices = [...new Set(this.said.map((entry) => entry.body.deviceId))].sort((a, b) => (a < b ? -1 : 1))
    const chains = devices.map((device) => [idBytes(device), this.authorOf(device).ctr, this.authorOf(device).last])
    const shared = canonical(this.options.law.digest(this.state))
    return sha256(T('state', encodeCbor(shared), encodeCbor(chains)))
  }
}
