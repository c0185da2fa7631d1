/**
 * A practice page as the relay keeps it: one sealed object of fixed size, whatever is in it. Who has the link can read it;
 * the place's author signs it, and in it the practitioner's own key signs the keys with which they would come in. SPEC INV-2,
 * INV-3.
 *
 * Signed: `[body(bytes), signature(64)]`, the author's signature over `T("page-sig", place, body)`. Body, a CBOR array:
 * `[v = 1, author(32), inbox(32), keys, nonce_commitment(32), join(64), page(bytes)]`; `join` is the identity key's signature
 * over `T("join", place, author, inbox, nonce_commitment, keys)`. Padded to 65,536 bytes and sealed in a box.
 */
import { type Bytes, fromHex } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bytes, bytesUpTo, record, uint, type Id, type Of } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { BOX_OVERHEAD, openBox, SALT_SIZE, sealBox } from '../box.ts'
import { isSafeKemKey, isSafePublicKey, signSync, verifySync } from '../crypto.ts'
import { idBytes } from '../entry.ts'
import { nonceCommitment } from '../joining.ts'
import { checkKeyPackage, keyPackageCodec, makeKeyPackage, type KeyPackage, type KeyPackageError } from '../keys.ts'
import { pad, unpad } from '../pad.ts'
import type { PlaceAuthor, PlaceKeys } from './place.ts'

const PAGE_VERSION = 1
const PADDED_SIZE = 65_536
/** Every sealed page has exactly this many bytes. */
export const SEALED_PAGE_SIZE = PADDED_SIZE + BOX_OVERHEAD
/** The longest page the practice may give, in bytes; with keys and signature it still fits one entry. */
export const MAX_PAGE_SIZE = 55_000

const bodyCodec = record({
  v: uint(255),
  author: bytes(32),
  inbox: bytes(32),
  keys: keyPackageCodec,
  nonceCommitment: bytes(32),
  join: bytes(64),
  page: bytesUpTo(MAX_PAGE_SIZE),
})
const signedCodec = record({ body: bytesUpTo(PADDED_SIZE), signature: bytes(64) })

/** A page after every check. `signed` and `signature` are what a circle keeps of it. */
export interface OpenedPage extends Omit<Of<typeof bodyCodec>, 'v' | 'join'> {
  /** The body that the author signed, and the signature. */
  readonly signed: Bytes
  readonly signature: Bytes
}

export type PageError =
  | { readonly type: 'WrongLink' }
  | { readonly type: 'Altered' }
  | { readonly type: 'NotAPage' }
  | { readonly type: 'NewerPage'; readonly version: number }
  | { readonly type: 'BadSignature' }
  | { readonly type: 'BadKeys'; readonly why: KeyPackageError | { readonly type: 'UnsafeAuthor' | 'UnsafeInbox' } }

const joinMessage = (
  place: Id,
  author: Uint8Array,
  inbox: Uint8Array,
  commitment: Uint8Array,
  keys: KeyPackage,
): Bytes => T('join', idBytes(place), author, inbox, commitment, encodeCbor(keyPackageCodec.encode(keys)))

const signedMessage = (place: Id, body: Uint8Array): Bytes => T('page-sig', idBytes(place), body)

/** Signs and seals a page: exactly 65,608 bytes. `page` is at most 55,000 bytes. */
export function sealPage(place: PlaceKeys, own: PlaceAuthor, page: Bytes, random: Random): Bytes {
  const [author, inbox] = [own.author.publicKey, own.inbox.publicKey]
  const keys = makeKeyPackage(idBytes(place.id), own.member, own.device)
  const commitment = nonceCommitment(place.id, own.nonce)
  const join = signSync(own.member.identity.secretKey, joinMessage(place.id, author, inbox, commitment, keys))
  const fields = { v: PAGE_VERSION, author, inbox, keys, nonceCommitment: commitment, join, page }
  const body = encodeCbor(bodyCodec.encode(fields))
  const signature = signSync(own.author.secretKey, signedMessage(place.id, body))
  const signed = encodeCbor(signedCodec.encode({ body, signature }))
  return sealBox(place.page, random.bytes(SALT_SIZE), T('page', idBytes(place.id)), pad(signed, PADDED_SIZE))
}

/** Opens and checks a page. Any bytes give a page or an error, never a throw. */
export function openPage(place: PlaceKeys, sealed: Uint8Array): Result<OpenedPage, PageError> {
  const opened = openBox(place.page, T('page', idBytes(place.id)), sealed)
  if (!opened.ok) {
    const why = opened.error.type
    return err({ type: why === 'WrongKey' ? 'WrongLink' : why === 'Altered' ? 'Altered' : 'NotAPage' })
  }
  const signed = unpad(opened.value)
  const outer = signed === null ? null : decodeCbor(signed)
  const parts = outer?.ok === true ? signedCodec.decode(outer.value) : null
  if (parts?.ok !== true) return err({ type: 'NotAPage' })
  return readPage(place.id, parts.value.body, parts.value.signature)
}

/** Checks a page that was kept: the signed body and its signature, for one place. */
export function readPage(place: Id, signed: Bytes, signature: Bytes): Result<OpenedPage, PageError> {
  const plain = decodeCbor(signed)
  if (!plain.ok) return err({ type: 'NotAPage' })
  const version = Array.isArray(plain.value) ? plain.value[0] : null
  if (typeof version === 'number' && version > PAGE_VERSION) return err({ type: 'NewerPage', version })
  const body = bodyCodec.decode(plain.value)
  if (!body.ok || body.value.v !== PAGE_VERSION) return err({ type: 'NotAPage' })
  const { author, inbox, keys, nonceCommitment: commitment, join, page } = body.value
  if (!isSafePublicKey(author)) return err({ type: 'BadKeys', why: { type: 'UnsafeAuthor' } })
  if (!isSafeKemKey(inbox)) return err({ type: 'BadKeys', why: { type: 'UnsafeInbox' } })
  if (!verifySync(author, signedMessage(place, signed), signature)) return err({ type: 'BadSignature' })
  const checked = checkKeyPackage(idBytes(place), keys)
  if (!checked.ok) return err({ type: 'BadKeys', why: checked.error })
  const identity = fromHex(keys.member) ?? new Uint8Array()
  if (!verifySync(identity, joinMessage(place, author, inbox, commitment, keys), join))
    return err({ type: 'BadSignature' })
  return ok({ author, inbox, keys, nonceCommitment: commitment, page, signed, signature })
}
