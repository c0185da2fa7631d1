/**
 * The keys of members, devices and owners, the ids that follow from them, and the package in which a newcomer's public
 * keys travel together. Keys are made anew for each circle: two circles of one worker share none.
 * Source: protocol sections 2.3 and 2.8; SPEC PUB-1 (package), PUB-2 and PUB-3 (its checks), PUB-4 (ids).
 */
import { fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { hex, record, type Id, type Of } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import {
  isSafeKemKey,
  isSafePublicKey,
  newKemKeys,
  newSigningKeys,
  sha256,
  signSync,
  verifySync,
  type KeyPair,
} from './crypto.ts'

/** A member's own keys: `identity` (Ed25519) signs for devices, `recovery` (X25519) receives every rekey. */
export interface MemberKeys {
  readonly identity: KeyPair
  readonly recovery: KeyPair
}

/** A device's keys: `signing` (Ed25519) signs entries, `kem` (X25519) receives rekeys. They never leave the device. */
export interface DeviceKeys {
  readonly signing: KeyPair
  readonly kem: KeyPair
}

export const createMemberKeys = (random: Random): MemberKeys => ({
  identity: newSigningKeys(random),
  recovery: newKemKeys(random),
})

export const createDeviceKeys = (random: Random): DeviceKeys => ({
  signing: newSigningKeys(random),
  kem: newKemKeys(random),
})

/** The key that only the person's devices hold, and with which a box is rekeyed and ended past any quota. */
export const createOwnerKeys = (random: Random): KeyPair => newSigningKeys(random)

const nameOf = (hash: Bytes): Id => toHex(hash.subarray(0, 16))

/** A member's id in a circle, from the circle's id (32 bytes) and the identity key. */
export const memberId = (circleId: Uint8Array, identityPublicKey: Uint8Array): Id =>
  nameOf(sha256(T('member', circleId, identityPublicKey)))

/** A device's id, from its signing key. */
export const deviceId = (signingPublicKey: Uint8Array): Id => nameOf(sha256(T('dev', signingPublicKey)))

/** The circle's id, 32 bytes, from its founding entry in signed form. */
export const circleIdOf = (foundingEntry: Uint8Array): Bytes => sha256(T('circle', foundingEntry))

/** The short form of a circle's id that state and screens use: its first 16 bytes. */
export const circleName = (circleId: Uint8Array): Id => toHex(circleId.subarray(0, 16))

/**
 * A member's public keys with their first device, in hexadecimal. `proof` is the identity key's signature over all of
 * them and the anchor: the box's id for a founder, the place's id for somebody who is let in.
 */
export const keyPackageCodec = record({
  member: hex(32),
  recovery: hex(32),
  device: hex(32),
  deviceKem: hex(32),
  proof: hex(64),
})
export type KeyPackage = Of<typeof keyPackageCodec>

const KEYS = ['member', 'recovery', 'device', 'deviceKem'] as const

export type KeyPackageError =
  | { readonly type: 'UnsafeKey'; readonly key: (typeof KEYS)[number] }
  | { readonly type: 'SameKeyTwice' }
  | { readonly type: 'BadProof' }

const unhex = (text: string): Bytes => fromHex(text) ?? new Uint8Array()

const proofMessage = (anchor: Uint8Array, pack: Omit<KeyPackage, 'proof'>): Bytes =>
  T('dev-cert', anchor, ...KEYS.map((key) => unhex(pack[key])))

/** Puts a member's and a device's public keys together; `anchor` is the 16 bytes they are for. */
export function makeKeyPackage(anchor: Uint8Array, member: MemberKeys, device: DeviceKeys): KeyPackage {
  const pack = {
    member: toHex(member.identity.publicKey),
    recovery: toHex(member.recovery.publicKey),
    device: toHex(device.signing.publicKey),
    deviceKem: toHex(device.kem.publicKey),
  }
  return { ...pack, proof: toHex(signSync(member.identity.secretKey, proofMessage(anchor, pack))) }
}

/**
 * Whether keys may come into a circle: every key safe, no key in two uses, and the proof right for this anchor. Refusing
 * here is what keeps one newcomer from making every later rekey or consent ambiguous.
 */
export function checkKeyPackage(anchor: Uint8Array, pack: KeyPackage): Result<KeyPackage, KeyPackageError> {
  if (!isSafePublicKey(unhex(pack.member))) return err({ type: 'UnsafeKey', key: 'member' })
  if (!isSafePublicKey(unhex(pack.device))) return err({ type: 'UnsafeKey', key: 'device' })
  if (!isSafeKemKey(unhex(pack.recovery))) return err({ type: 'UnsafeKey', key: 'recovery' })
  if (!isSafeKemKey(unhex(pack.deviceKem))) return err({ type: 'UnsafeKey', key: 'deviceKem' })
  if (new Set(KEYS.map((key) => pack[key])).size !== KEYS.length) return err({ type: 'SameKeyTwice' })
  const right = verifySync(unhex(pack.member), proofMessage(anchor, pack), unhex(pack.proof))
  return right ? ok(pack) : err({ type: 'BadProof' })
}

/** Who receives a rekey: a device by its id and KEM key, or a member by their id and recovery key. */
export interface Recipient {
  readonly id: Id
  readonly kemPublicKey: Bytes
}

/** The two recipients behind a key package: the member's recovery key and the device. */
export function recipientsOf(circleId: Uint8Array, pack: KeyPackage): readonly [Recipient, Recipient] {
  return [
    { id: memberId(circleId, unhex(pack.member)), kemPublicKey: unhex(pack.recovery) },
    { id: deviceId(unhex(pack.device)), kemPublicKey: unhex(pack.deviceKem) },
  ]
}
