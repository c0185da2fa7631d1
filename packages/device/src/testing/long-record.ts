/**
 * A record of any length, as a circle of a person and some practitioners would write it: meetings, notes of about 350
 * letters that the others sign, promises made and kept. Every entry is really signed, sealed and in its author's chain, and
 * all of them take effect; the same seed gives the same words, not the same bytes, because keys are fresh each time.
 */
import { fromHex, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { must } from '@alongside/base/result.ts'
import { systemRandom } from '@alongside/base/world.ts'
import { entryPartsOf, RULES_VERSION } from '../constitution.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { chainNext, chainStart, envelopeHash } from '@alongside/record/chain.ts'
import { idBytes, signEntry, ZERO_HASH, type SignedEntry } from '@alongside/record/entry.ts'
import { sealEnvelope } from '@alongside/record/envelope.ts'
import { epochCommitment, epochKeys } from '@alongside/record/epoch.ts'
import { nonceCommitment, signAcceptance } from '@alongside/record/joining.ts'
import {
  circleIdOf,
  createDeviceKeys,
  createMemberKeys,
  createOwnerKeys,
  deviceId,
  makeKeyPackage,
  memberId,
  type DeviceKeys,
  type MemberKeys,
  type Recipient,
} from '@alongside/record/keys.ts'
import { encodeRekey, makeRekey } from '@alongside/record/rekey.ts'

/** Somebody in the circle, with everything their device knows. */
export interface Writer {
  readonly name: string
  readonly member: MemberKeys
  readonly device: DeviceKeys
  readonly memberId: Id
  readonly deviceId: Id
  last: { readonly ctr: number; readonly hash: Bytes }
}

export interface LongRecord {
  readonly circleId: Bytes
  readonly boxId: Id
  readonly envelopes: Bytes[]
  readonly writers: readonly Writer[]
  /** Secrets of all epochs, the first one first. */
  readonly secrets: readonly Bytes[]
  /** The words in it, in bytes of UTF-8. */
  readonly textBytes: number
  /** Sum of the envelopes' sizes. */
  readonly bytes: number
}

const WORDS = 'we met at the river and talked about the room the letter and what helps when nights are long'.split(' ')

/** About `size` letters that differ from note to note. */
function sentence(size: number, number: number): string {
  let text = `${number}`
  for (let i = number; text.length < size; i += 7) text += ` ${WORDS[i % WORDS.length] ?? ''}`
  return text
}

const someId = (kind: number, number: number): Id => (kind * 2 ** 40 + number).toString(16).padStart(32, '0')

/** What is said at one place of the record; `author` counts writers, the person first. */
function saying(
  number: number,
  writers: readonly Writer[],
): { readonly author: number; readonly event: PracticeEvent } {
  const round = Math.floor(number / 10)
  const other = 1 + (number % (writers.length - 1))
  const step = number % 10
  const meeting = someId(1, Math.floor(number / 100))
  const person = writers[0] as Writer
  const block = someId(2, round * 10 + (step - (step % 2)))
  if (step === 8) {
    if (number % 100 === 8)
      return {
        author: 0,
        event: { type: 'EncounterPlanned', encounter: meeting, day: null, time: null, place: '', way: 'visit' },
      }
    const text = sentence(120, number)
    return { author: 0, event: { type: 'PromiseMade', promise: someId(3, round), text, due: null, encounter: null } }
  }
  if (step === 9) {
    if (number % 100 === 9) return { author: 0, event: { type: 'EncounterMet', encounter: meeting } }
    return { author: 0, event: { type: 'PromiseKept', promise: someId(3, round) } }
  }
  if (step % 2 === 1) return { author: other, event: { type: 'BlockSigned', block } }
  const text = sentence(350, number)
  const spans = [{ member: person.memberId, length: text.length }]
  const event: PracticeEvent = {
    type: 'BlockOffered',
    encounter: null,
    block,
    kind: 'shared',
    text,
    language: 'en',
    spans,
    replaces: null,
    readBy: null,
  }
  return { author: 0, event }
}

/** Who signs where, one entry after another: the pen that all entries of a record are written with. */
class Pen {
  readonly envelopes: Bytes[] = []
  readonly secrets: Bytes[] = [systemRandom.bytes(32)]
  readonly boxId: Id = toHex(systemRandom.bytes(16))
  circleId: Bytes = ZERO_HASH
  textBytes = 0
  private head: Bytes = chainStart(idBytes(this.boxId))
  private keys = epochKeys(ZERO_HASH, 0, this.secrets[0] as Bytes)

  async sign(writer: Writer, event: PracticeEvent): Promise<SignedEntry> {
    if ('text' in event) this.textBytes += utf8(event.text).length
    const entry = await signEntry(
      {
        rules: RULES_VERSION,
        circleId: this.circleId,
        deviceId: writer.deviceId,
        ctr: writer.last.ctr + 1,
        prev: writer.last.hash,
        seenSeq: this.envelopes.length,
        seenHead: this.head,
        t: 3_400_000 + this.envelopes.length,
        ...entryPartsOf(event),
      },
      writer.device.signing.secretKey,
    )
    writer.last = { ctr: entry.body.ctr, hash: entry.hash }
    return entry
  }

  seal(entry: SignedEntry): void {
    const envelope = must(sealEnvelope(this.keys, entry.bytes, systemRandom))
    this.envelopes.push(envelope)
    this.head = chainNext(this.head, this.envelopes.length, envelopeHash(envelope))
  }

  async say(writer: Writer, event: PracticeEvent): Promise<void> {
    this.seal(await this.sign(writer, event))
  }

  begin(circleId: Bytes): void {
    this.circleId = circleId
    this.keys = epochKeys(circleId, 0, this.secrets[0] as Bytes)
  }

  async rekey(writer: Writer, recipients: readonly Recipient[]): Promise<void> {
    const epoch = this.secrets.length - 1
    const secret = systemRandom.bytes(32)
    const previous = this.secrets[epoch - 1] ?? null
    const previousCommitment = previous === null ? null : epochCommitment(epoch - 1, previous)
    const now = { circleId: this.circleId, epoch, capIndex: epoch, previousCommitment, recipients }
    const made = await makeRekey(now, secret, previous)
    await this.say(writer, {
      type: 'Rekeyed',
      reason: 'admit',
      fromEpoch: epoch,
      toEpoch: epoch + 1,
      cause: null,
      commitment: toHex(made.commitment),
      body: encodeRekey(made),
    })
    this.secrets.push(secret)
    this.keys = epochKeys(this.circleId, epoch + 1, secret)
  }
}

function newWriter(name: string): Omit<Writer, 'memberId'> & { memberId: Id } {
  const device = createDeviceKeys(systemRandom)
  return {
    name,
    member: createMemberKeys(systemRandom),
    device,
    memberId: '',
    deviceId: deviceId(device.signing.publicKey),
    last: { ctr: 0, hash: ZERO_HASH },
  }
}

const recipientsOf = (writers: readonly Writer[]): readonly Recipient[] =>
  writers.flatMap((one) => [
    { id: one.memberId, kemPublicKey: one.member.recovery.publicKey },
    { id: one.deviceId, kemPublicKey: one.device.kem.publicKey },
  ])

/** Founds a circle and lets `people - 1` practitioners in, each with a new epoch and their own yes. */
async function assemble(pen: Pen, people: number): Promise<readonly Writer[]> {
  const person = newWriter('Amal')
  const founding = await pen.sign(person, {
    type: 'Founded',
    kind: 'alongside',
    rules: RULES_VERSION,
    box: pen.boxId,
    commitment: toHex(epochCommitment(0, pen.secrets[0] as Bytes)),
    owner: toHex(createOwnerKeys(systemRandom).publicKey),
    name: person.name,
    language: 'en',
    keys: makeKeyPackage(idBytes(pen.boxId), person.member, person.device),
  })
  pen.begin(circleIdOf(founding.bytes))
  pen.seal(founding)
  person.memberId = memberId(pen.circleId, person.member.identity.publicKey)
  const writers: Writer[] = [person]
  for (let i = 1; i < people; i++) {
    const other = newWriter(`Bea ${i}`)
    other.memberId = memberId(pen.circleId, other.member.identity.publicKey)
    const place = toHex(systemRandom.bytes(16))
    const nonce = systemRandom.bytes(32)
    await pen.say(person, {
      type: 'MemberProposed',
      role: 'practitioner',
      name: other.name,
      language: 'en',
      keys: makeKeyPackage(fromHex(place) ?? new Uint8Array(), other.member, other.device),
      place,
      commitment: toHex(nonceCommitment(place, nonce)),
      nonce: toHex(systemRandom.bytes(32)),
    })
    writers.push(other)
    await pen.rekey(person, recipientsOf(writers))
    const proof = toHex(signAcceptance(other.member.identity.secretKey, pen.circleId, place, nonce))
    await pen.say(other, { type: 'MemberAccepted', nonce: toHex(nonce), proof })
  }
  return writers
}

/** Writes a record of exactly `entries` envelopes, in a circle of `people`. */
export async function writeRecord(entries: number, people = 2): Promise<LongRecord> {
  const pen = new Pen()
  const writers = await assemble(pen, people)
  for (let number = 0; pen.envelopes.length < entries; number++) {
    const { author, event } = saying(number, writers)
    await pen.say(writers[author] as Writer, event)
  }
  const { circleId, boxId, envelopes, secrets, textBytes } = pen
  const bytes = envelopes.reduce((sum, one) => sum + one.length, 0)
  return { circleId, boxId, envelopes, writers, secrets, textBytes, bytes }
}
