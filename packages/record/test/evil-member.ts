/**
 * A member who means harm, for tests: they hold real member, device and KEM keys that a circle let in, read along, and
 * sign and seal whatever they like. Nothing here can be done by somebody without those keys, and nothing that somebody
 * with them can do is left out on purpose. What honest replicas make of it is for the tests to say.
 *
 * It works over any constitution; a `Person` of `circle.ts` is a `Seat`.
 */
import { concat, toHex, u32, type Bytes } from '@alongside/base/bytes.ts'
import { encodeCbor, type Plain } from '@alongside/base/cbor.ts'
import type { Id } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { must } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { signSync } from '../src/crypto.ts'
import { idBytes, signEntry, type EntryBody, type SignedEntry } from '../src/entry.ts'
import { sealEnvelope } from '../src/envelope.ts'
import { epochKeys, type EpochKeys } from '../src/epoch.ts'
import type { Fold } from '../src/fold.ts'
import { hpkeSeal } from '../src/hpke.ts'
import type { DeviceKeys, Recipient } from '../src/keys.ts'
import { makeRekey, type Rekey } from '../src/rekey.ts'

/** A place in a circle: the keys of one device that was let in, and a replica that reads with them. */
export interface Seat<S, R> {
  readonly circleId: Bytes
  readonly deviceId: Id
  readonly device: DeviceKeys
  readonly random: Random
  readonly folded: Fold<S, R>
}

/** How a constitution puts a rekey into an entry. */
export type SaysRekey = (rekey: Rekey) => { readonly type: number; readonly payload: Bytes }

/** What an envelope is sealed under; what is left out is as an honest device would have it. */
export interface SealAs {
  readonly circleId?: Bytes
  readonly epoch?: number
  readonly secret?: Bytes
}

export class EvilMember<S, R> {
  readonly seat: Seat<S, R>
  readonly #saysRekey: SaysRekey

  constructor(seat: Seat<S, R>, saysRekey: SaysRekey) {
    this.seat = seat
    this.#saysRekey = saysRekey
  }

  /** An entry with any body. What `body` leaves out is what this device would honestly put there, after `before`. */
  sign(body: Partial<EntryBody>, before: readonly SignedEntry[] = []): Promise<SignedEntry> {
    const { circleId, deviceId, device, folded } = this.seat
    const { view } = folded.peek(before)
    const { ctr, last } = view.author(deviceId)
    const honest: EntryBody = {
      rules: 1,
      circleId,
      type: 0,
      deviceId,
      ctr: ctr + 1,
      prev: last,
      seenSeq: view.seq,
      seenHead: view.head,
      t: 3_000_000,
      payload: new Uint8Array(),
    }
    return signEntry({ ...honest, ...body }, device.signing.secretKey)
  }

  /** The signed form of any list of fields, of an entry's shape or not. */
  signFields(fields: readonly Plain[]): Bytes {
    const body = encodeCbor(fields)
    return encodeCbor([body, signSync(this.seat.device.signing.secretKey, T('event', body))])
  }

  /** The signed form of an entry under any 64 bytes for a signature. */
  withSignature(entry: SignedEntry, signature: Bytes): Bytes {
    return encodeCbor([entry.bodyBytes, signature])
  }

  /** Keys of any circle, epoch and secret. */
  keysAs({ circleId, epoch, secret }: SealAs): EpochKeys {
    const number = epoch ?? this.seat.folded.view().epoch
    const known = secret ?? this.seat.folded.secrets().get(number)
    if (known === undefined) throw new Error(`knows no secret of epoch ${number}`)
    return epochKeys(circleId ?? this.seat.circleId, number, known)
  }

  /** Seals anything: an entry, or bytes that are none. */
  seal(what: SignedEntry | Bytes, as: SealAs = {}): Bytes {
    const plaintext = what instanceof Uint8Array ? what : what.bytes
    return must(sealEnvelope(this.keysAs(as), plaintext, this.seat.random))
  }

  /** A right rekey of the present epoch, and the secret in it. */
  async rightRekey(): Promise<{ readonly rekey: Rekey; readonly secret: Bytes }> {
    const { folded, random } = this.seat
    const now = folded.epochNow()
    const secret = random.bytes(32)
    return { rekey: await makeRekey(now, secret, folded.secrets().get(now.epoch - 1) ?? null), secret }
  }

  /** An entry with any rekey in it. */
  signRekey(rekey: Rekey, before: readonly SignedEntry[] = []): Promise<SignedEntry> {
    return this.sign(this.#saysRekey(rekey), before)
  }

  /**
   * A wrap that its recipient opens without complaint and that holds `secret`, whatever the rest of the rekey says; the
   * ephemeral key is chance's.
   */
  async wrapFor(rekey: Rekey, { id, kemPublicKey }: Recipient, secret: Bytes): Promise<Bytes> {
    const name = idBytes(id)
    const info = T('wrap', this.seat.circleId, u32(rekey.toEpoch), name, rekey.commitment)
    const ephemeral = this.seat.random.bytes(32)
    return concat(name, await hpkeSeal(kemPublicKey, secret, { info, aad: T('aad', name) }, ephemeral))
  }

  /** Every way a rekey is made wrong that this harness knows, by a name that says how. Each is wrong in one thing only. */
  async wrongRekeys(): Promise<readonly WrongRekey[]> {
    const { random, folded } = this.seat
    const { rekey, secret } = await this.rightRekey()
    const now = folded.epochNow()
    const previous = folded.secrets().get(now.epoch - 1) ?? null
    const other = random.bytes(32)
    const stranger: Recipient = {
      id: toHex(random.bytes(16)),
      kemPublicKey: now.recipients[0]?.kemPublicKey ?? new Uint8Array(),
    }
    const for_ = (recipients: readonly Recipient[]) => makeRekey({ ...now, recipients }, secret, previous)
    const at = (index: number): Promise<Rekey> => makeRekey(now, secret, previous, index)
    const wrongs: WrongRekey[] = []
    for (const [i, wrap] of rekey.wraps.entries()) {
      const recipient = now.recipients.find(({ id }) => id === toHex(wrap.subarray(0, 16)))
      if (recipient === undefined) throw new Error('a right rekey names recipients')
      const put = (made: Bytes): Rekey => ({ ...rekey, wraps: rekey.wraps.with(i, made) })
      wrongs.push(
        { how: `garbage for recipient ${i}`, rekey: put(concat(wrap.subarray(0, 16), random.bytes(80))) },
        { how: `one bent bit for recipient ${i}`, rekey: put(wrap.with(95, (wrap[95] as number) ^ 1)) },
        { how: `another secret for recipient ${i}`, rekey: put(await this.wrapFor(rekey, recipient, other)) },
        { how: `an own ephemeral key for recipient ${i}`, rekey: put(await this.wrapFor(rekey, recipient, secret)) },
        { how: `nothing for recipient ${i}`, rekey: { ...rekey, wraps: rekey.wraps.toSpliced(i, 1) } },
      )
    }
    return [
      ...wrongs,
      { how: 'nothing for anybody', rekey: { ...rekey, wraps: [] } },
      { how: 'somebody whom nobody let in', rekey: await for_([...now.recipients, stranger]) },
      { how: 'recipients out of order', rekey: { ...rekey, wraps: rekey.wraps.toReversed() } },
      { how: 'one recipient twice', rekey: { ...rekey, wraps: rekey.wraps.with(1, rekey.wraps[0] as Bytes) } },
      { how: 'the commitment to another secret', rekey: { ...rekey, commitment: other } },
      { how: 'a history that is garbage', rekey: { ...rekey, history: other } },
      { how: 'the history left out or put in', rekey: { ...rekey, history: previous === null ? other : null } },
      { how: 'a capability key of nobody', rekey: { ...rekey, capPublicKey: other } },
      { how: 'a capability index used before', rekey: await at(now.capIndex) },
      { how: 'the last capability index there is', rekey: await at(0xffff_ffff) },
      { how: 'another suite', rekey: { ...rekey, suite: 2 } },
      { how: 'from an epoch to come', rekey: { ...rekey, fromEpoch: now.epoch + 1, toEpoch: now.epoch + 2 } },
      { how: 'over an epoch', rekey: { ...rekey, toEpoch: now.epoch + 2 } },
    ]
  }
}

export interface WrongRekey {
  readonly how: string
  readonly rekey: Rekey
}
