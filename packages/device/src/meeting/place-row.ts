/** How a place lies in the practitioner's sealed store: its link, its keys while nobody has come in, and what was asked. */
import type { Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bytes, hex, id, list, maybe, oneOf, record, text, uint, type Id, type Of } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { kemKeys, signingKeys } from '@alongside/record/crypto.ts'
import type { PlaceAuthor } from '@alongside/record/invite/place.ts'
import type { StorageError } from '../api.ts'
import type { SealedStore, SealedWrite } from '../store/sealed.ts'

export const PLACES = 'places'

/** Secret halves. They open nothing but this place; the member's go under the second lock when somebody comes in. */
const keysCodec = record({
  author: bytes(32),
  inbox: bytes(32),
  identity: bytes(32),
  recovery: bytes(32),
  signing: bytes(32),
  kem: bytes(32),
  nonce: bytes(32),
})
export type AuthorSecrets = Of<typeof keysCodec>

const questionCodec = record({
  n: uint(),
  text: text(2_000),
  at: uint(),
  replyTo: bytes(32),
  reply: maybe(text(2_000)),
})

const rowCodec = record({
  version: uint(1),
  origin: text(300),
  secret: bytes(32),
  keys: maybe(keysCodec),
  state: oneOf(['making', 'free', 'freeAgain', 'yes', 'closed', 'ended']),
  madeAt: uint(),
  endsAt: uint(),
  pageVersion: uint(),
  /** SHA-256 of the page as it was last laid down at the relay. */
  published: maybe(bytes(32)),
  /** Up to which message the mailbox was read. */
  readTo: uint(),
  questions: list(questionCodec, 32),
  /** Set by a yes: the circle, and what the person said of themselves in it. */
  circle: maybe(id),
  person: maybe(record({ identity: hex(32), nonce: bytes(32) })),
})
export type PlaceRow = Of<typeof rowCodec>

export const placeWrite = (place: Id, row: PlaceRow | null): SealedWrite => ({
  area: PLACES,
  name: place,
  value: row === null ? null : encodeCbor(rowCodec.encode(row)),
})

export async function readPlaces(store: SealedStore): Promise<Result<Map<Id, PlaceRow>, StorageError>> {
  const rows = await store.list(PLACES)
  if (!rows.ok) return rows
  const all = new Map<Id, PlaceRow>()
  for (const { name, value } of rows.value) {
    const plain = decodeCbor(value)
    const row = plain.ok ? rowCodec.decode(plain.value) : plain
    if (!row.ok) return err({ type: 'StorageRefused' })
    all.set(name, row.value)
  }
  return ok(all)
}

export const secretsOfAuthor = ({ author, inbox, member, device, nonce }: PlaceAuthor): AuthorSecrets => ({
  author: author.secretKey,
  inbox: inbox.secretKey,
  identity: member.identity.secretKey,
  recovery: member.recovery.secretKey,
  signing: device.signing.secretKey,
  kem: device.kem.secretKey,
  nonce,
})

export const authorFrom = (keys: AuthorSecrets): PlaceAuthor => ({
  author: signingKeys(keys.author),
  inbox: kemKeys(keys.inbox),
  member: { identity: signingKeys(keys.identity), recovery: kemKeys(keys.recovery) },
  device: { signing: signingKeys(keys.signing), kem: kemKeys(keys.kem) },
  nonce: keys.nonce,
})

/** A page's fingerprint, 32 bytes; only ever compared on this device. */
export const samePage = (a: Bytes | null, b: Bytes): boolean => a !== null && a.every((byte, i) => byte === b[i])
