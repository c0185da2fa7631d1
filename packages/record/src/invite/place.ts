/**
 * A place: one link for one person. The link's secret (32 random bytes) stands in the fragment of an address and never
 * reaches the relay; everything a holder of the link needs follows from it. The practitioner keeps further keys that do
 * not follow from it: whoever has the link can knock, and only the practitioner can read.
 * Source: protocol section 2.8, SPEC INV-1.
 */
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import type { Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { hkdf, newKemKeys, newSigningKeys, signingKeys, type KeyPair } from '../crypto.ts'
import { createDeviceKeys, createMemberKeys, type DeviceKeys, type MemberKeys } from '../keys.ts'
import { fromUrlCode, toUrlCode, type CodeError } from '../text-code.ts'

export const LINK_SECRET_SIZE = 32

/** What follows from the link alone. */
export interface PlaceKeys {
  readonly id: Id
  /** Opens the page. */
  readonly page: Bytes
  /** Signs what a holder of the link asks of the place's mailbox at the relay. */
  readonly mailbox: KeyPair
  /** Shared secret that goes into every message of the mailbox, so that nobody without the link can write one. */
  readonly psk: Bytes
  /** One-use leave to found a box at the relay. */
  readonly ticket: Bytes
}

/** What the practitioner keeps for one place. `member`, `device` and `nonce` become theirs in the circle. */
export interface PlaceAuthor {
  /** Signs the page and every change to it. */
  readonly author: KeyPair
  /** Receives the messages. */
  readonly inbox: KeyPair
  readonly member: MemberKeys
  readonly device: DeviceKeys
  /** Committed to in the page, opened in the acceptance; 32 bytes. */
  readonly nonce: Bytes
}

export const newLinkSecret = (random: Random): Bytes => random.bytes(LINK_SECRET_SIZE)

/** The keys that follow from a link's secret. */
export const placeKeys = (secret: Uint8Array): PlaceKeys => ({
  id: toHex(hkdf(secret, T('place/id'), 16)),
  page: hkdf(secret, T('place/page')),
  mailbox: signingKeys(hkdf(secret, T('place/cap'))),
  psk: hkdf(secret, T('place/psk')),
  ticket: hkdf(secret, T('place/ticket')),
})

/** Fresh keys of the practitioner for one place. */
export const newPlaceAuthor = (random: Random): PlaceAuthor => ({
  author: newSigningKeys(random),
  inbox: newKemKeys(random),
  member: createMemberKeys(random),
  device: createDeviceKeys(random),
  nonce: random.bytes(32),
})

/** The secret as it stands in a link's fragment. */
export const toFragment = (secret: Uint8Array): string => toUrlCode(secret)

/** The secret from a fragment, with or without `#`; says whether it was cut short or mistyped. */
export const fromFragment = (fragment: string): Result<Bytes, CodeError> =>
  fromUrlCode(fragment.startsWith('#') ? fragment.slice(1) : fragment, LINK_SECRET_SIZE)
