/**
 * A new epoch: a fresh secret, wrapped to exactly the recipients a circle has now. One path serves letting somebody in,
 * leaving, removing and plain rotation. Source: protocol section 2.9.
 *
 * Each wrap's ephemeral key is derived from the new secret, so everybody who opens their own wrap recomputes everybody
 * else's: nobody can be left out or given a different secret without all seeing it.
 *
 * SPEC REK-1 (body), REK-2 (wraps), REK-3 (recomputing), REK-4 (history), REK-5 (recipients), REK-6 (capability), REK-7
 * (epochs), REK-8 (outsiders).
 *
 * The body is a CBOR array `[suite, from, to, commitment(32), cap_index, cap_pub(32), history(32) | null, wraps]`, each
 * wrap `id(16) ‖ enc(32) ‖ ct(48)`, in bytewise order of id. It travels in an entry sealed under the epoch it ends.
 * `history` is the secret before the one it is sealed under: who can read an epoch can so read all before it, one step
 * at a time, and a newcomer needs only the new secret and the one just ended.
 */
import { compareBytes, concat, equalBytes, toHex, u32, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor, type CborError } from '@alongside/base/cbor.ts'
import { bytes, list, maybe, record, uint, type CodecError, type Id, type Of } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { hkdf } from './crypto.ts'
import { idBytes } from './entry.ts'
import { SUITE } from './envelope.ts'
import { capabilityKeys, epochCommitment, SECRET_SIZE } from './epoch.ts'
import { HPKE_OVERHEAD, hpkeOpen, hpkeSeal } from './hpke.ts'
import type { Recipient } from './keys.ts'

/**
 * The most recipients one rekey can have: fifty members, each with eight devices and a recovery key. Fewer would let a
 * circle grow until nobody can be shut out of it any more.
 */
export const MAX_RECIPIENTS = 50 * 9

/**
 * How far a capability index may leap. More than one, because a relay may have taken in rekeys that were not right; not
 * without end, because whoever used the last index would leave a circle that can never again shut anybody out.
 */
export const MAX_CAP_LEAP = 1024

const ID_SIZE = 16
const WRAP_SIZE = ID_SIZE + HPKE_OVERHEAD + SECRET_SIZE

const rekeyCodec = record({
  suite: uint(255),
  fromEpoch: uint(0xffff_fffe),
  toEpoch: uint(0xffff_ffff),
  /** Commitment to the new secret. */
  commitment: bytes(32),
  capIndex: uint(0xffff_ffff),
  /** The public key by which the relay knows holders of the new secret. */
  capPublicKey: bytes(32),
  /** Secret of the epoch before `fromEpoch`; null when `fromEpoch` is the first. */
  history: maybe(bytes(32)),
  wraps: list(bytes(WRAP_SIZE), MAX_RECIPIENTS),
})
export type Rekey = Of<typeof rekeyCodec>

/** What a circle's record says when a rekey arrives. */
export interface EpochNow {
  readonly circleId: Bytes
  readonly epoch: number
  readonly capIndex: number
  /** Commitment of the epoch before this one; null in the first. */
  readonly previousCommitment: Bytes | null
  /** Everybody who must be able to read on, in any order. */
  readonly recipients: readonly Recipient[]
}

/** A recipient's own key, with which a replica opens its own wrap. */
export interface OwnKey {
  readonly id: Id
  readonly secretKey: Bytes
}

export type RekeyError =
  | { readonly type: 'WrongSuite'; readonly suite: number }
  | { readonly type: 'WrongEpoch'; readonly from: number; readonly to: number }
  | { readonly type: 'WrongCapability'; readonly capIndex: number }
  | { readonly type: 'WrongRecipients' }
  | { readonly type: 'WrongHistory' }
  | { readonly type: 'NoWrapForMe' }
  | { readonly type: 'WrapDoesNotOpen'; readonly recipient: Id }
  | { readonly type: 'WrongCommitment' }
  | { readonly type: 'WrongCapabilityKey' }
  | { readonly type: 'WrongWrap'; readonly recipient: Id }

const sorted = (recipients: readonly Recipient[]): readonly Recipient[] =>
  [...recipients].sort((a, b) => compareBytes(idBytes(a.id), idBytes(b.id)))

const binding = (circleId: Bytes, epoch: number, recipient: Bytes, commitment: Bytes) => ({
  info: T('wrap', circleId, u32(epoch), recipient, commitment),
  aad: T('aad', recipient),
})

async function makeWrap(
  circleId: Bytes,
  epoch: number,
  secret: Bytes,
  commitment: Bytes,
  recipient: Recipient,
): Promise<Bytes> {
  const id = idBytes(recipient.id)
  const ephemeral = hkdf(secret, T('wrap-eph', circleId, u32(epoch)), 32, id)
  const bound = binding(circleId, epoch, id, commitment)
  return concat(id, await hpkeSeal(recipient.kemPublicKey, secret, bound, ephemeral))
}

/**
 * Makes the rekey that ends `now.epoch`. `secret` is 32 fresh random bytes, `capIndex` above every one used before by at most 1,024, and
 * `previousSecret` the secret of the epoch before `now.epoch` (null in the first). Recipients have checked keys.
 */
export async function makeRekey(
  now: EpochNow,
  secret: Bytes,
  previousSecret: Bytes | null,
  capIndex: number = now.capIndex + 1,
): Promise<Rekey> {
  const toEpoch = now.epoch + 1
  const commitment = epochCommitment(toEpoch, secret)
  const wraps = await Promise.all(
    sorted(now.recipients).map((recipient) => makeWrap(now.circleId, toEpoch, secret, commitment, recipient)),
  )
  const capPublicKey = capabilityKeys(now.circleId, secret, capIndex).publicKey
  return {
    suite: SUITE,
    fromEpoch: now.epoch,
    toEpoch,
    commitment,
    capIndex,
    capPublicKey,
    history: previousSecret,
    wraps,
  }
}

export const encodeRekey = (rekey: Rekey): Bytes => encodeCbor(rekeyCodec.encode(rekey))

/** Reads a rekey's body. Any bytes give a rekey or an error, never a throw. */
export function decodeRekey(body: Bytes): Result<Rekey, CborError | CodecError> {
  const plain = decodeCbor(body)
  return plain.ok ? rekeyCodec.decode(plain.value) : plain
}

/** What anybody who can read the body can check, whether or not they are a recipient. */
export function checkRekeyShape(rekey: Rekey, now: EpochNow): Result<null, RekeyError> {
  if (rekey.suite !== SUITE) return err({ type: 'WrongSuite', suite: rekey.suite })
  if (rekey.fromEpoch !== now.epoch || rekey.toEpoch !== now.epoch + 1)
    return err({ type: 'WrongEpoch', from: rekey.fromEpoch, to: rekey.toEpoch })
  if (rekey.capIndex <= now.capIndex || rekey.capIndex > now.capIndex + MAX_CAP_LEAP)
    return err({ type: 'WrongCapability', capIndex: rekey.capIndex })
  const expected = sorted(now.recipients)
  const named =
    rekey.wraps.length === expected.length &&
    expected.every((recipient, i) => toHex((rekey.wraps[i] as Bytes).subarray(0, ID_SIZE)) === recipient.id)
  if (!named) return err({ type: 'WrongRecipients' })
  return isHistoryRight(rekey, now) ? ok(null) : err({ type: 'WrongHistory' })
}

function isHistoryRight(rekey: Rekey, now: EpochNow): boolean {
  if (now.previousCommitment === null || rekey.history === null)
    return now.previousCommitment === null && rekey.history === null
  return equalBytes(epochCommitment(now.epoch - 1, rekey.history), now.previousCommitment)
}

/** Opens the wrap for one of `own`; `NoWrapForMe` when there is none, `WrapDoesNotOpen` when it is garbage. */
export async function openOwnWrap(
  rekey: Rekey,
  circleId: Bytes,
  own: readonly OwnKey[],
): Promise<Result<Bytes, RekeyError>> {
  for (const key of own) {
    const wrap = rekey.wraps.find((one) => toHex(one.subarray(0, ID_SIZE)) === key.id)
    if (wrap === undefined) continue
    const bound = binding(circleId, rekey.toEpoch, idBytes(key.id), rekey.commitment)
    const secret = await hpkeOpen(key.secretKey, wrap.subarray(ID_SIZE), bound)
    return secret === null ? err({ type: 'WrapDoesNotOpen', recipient: key.id }) : ok(secret)
  }
  return err({ type: 'NoWrapForMe' })
}

/**
 * Checks a whole rekey with the new secret in hand: shape, commitment, capability, and every wrap recomputed and compared
 * byte for byte. The answer is the same for everybody who was given that secret.
 */
export async function verifyRekey(rekey: Rekey, now: EpochNow, secret: Bytes): Promise<Result<null, RekeyError>> {
  const shape = checkRekeyShape(rekey, now)
  if (!shape.ok) return shape
  if (secret.length !== SECRET_SIZE || !equalBytes(epochCommitment(rekey.toEpoch, secret), rekey.commitment))
    return err({ type: 'WrongCommitment' })
  const capability = capabilityKeys(now.circleId, secret, rekey.capIndex)
  if (!equalBytes(capability.publicKey, rekey.capPublicKey)) return err({ type: 'WrongCapabilityKey' })
  const expected = sorted(now.recipients)
  const wraps = await Promise.all(
    expected.map((recipient) => makeWrap(now.circleId, rekey.toEpoch, secret, rekey.commitment, recipient)),
  )
  for (const [i, wrap] of wraps.entries())
    if (!equalBytes(wrap, rekey.wraps[i] as Bytes))
      return err({ type: 'WrongWrap', recipient: (expected[i] as Recipient).id })
  return ok(null)
}
