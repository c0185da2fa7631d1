/**
 * The HTTP half: founding a box, and places (a practice page with a small mailbox). Bodies are one CBOR item either way;
 * an answer that is not 2xx carries a `Refusal`. Signed operations bring a `Proof` in the header `alongside-proof`.
 *
 *   POST   /v1/box                    createBox     → boxCreated
 *   GET    /v1/relay                                → relayInfo
 *   GET    /v1/nonce                                → 56 bytes, good once within two minutes
 *   PUT    /v1/place/:id              putPlace      → placeStored       author's proof, op `put`
 *   GET    /v1/place/:id                            → placeIs           no proof; never reported to anybody
 *   DELETE /v1/place/:id              (empty)       → (empty)           author's proof, op `delete`
 *   POST   /v1/place/:id/messages     postMessage   → messagePosted     either proof, op `post`
 *   GET    /v1/place/:id/messages?after=n           → messages          either proof, op `read`
 *   GET    /health                                  → JSON {"ok":true,"version":1}
 */
import { fromHex, toHex, u32, type Bytes } from '@alongside/base/bytes.ts'
import {
  bool,
  bytes,
  bytesUpTo,
  id,
  list,
  maybe,
  oneOf,
  record,
  text,
  uint,
  type Id,
  type Of,
} from '@alongside/base/codec.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { cborBody } from './bodies.ts'
import { MAX_MESSAGES, MAX_PAGE_BYTES, MAX_TICKETS, MESSAGE_BYTES } from './limits.ts'
import { refusal } from './refusals.ts'

export const PATHS = {
  boxSocket: '/v1/box',
  createBox: '/v1/box',
  relayInfo: '/v1/relay',
  nonce: '/v1/nonce',
  health: '/health',
  place: (placeId: Id): string => `/v1/place/${placeId}`,
  messages: (placeId: Id): string => `/v1/place/${placeId}/messages`,
} as const

export const NONCE_BYTES = 56
export const PROOF_HEADER = 'alongside-proof'
export const BINARY = 'application/octet-stream'

/** Founds a box. Away from loopback either `code` or `ticket` must be good. Saying it twice is the same as once. */
const createBoxShape = record({
  version: uint(),
  boxId: id,
  capIndex: uint(0xffff_ffff),
  capPk: bytes(32),
  ownerPk: maybe(bytes(32)),
  code: maybe(text(200)),
  ticket: maybe(bytes(32)),
})

/** Creates a place, or overwrites its page with a higher version; the keys are those of its creation. */
const putPlaceShape = record({
  pageVersion: uint(),
  authorPk: bytes(32),
  mailboxPk: bytes(32),
  page: bytesUpTo(MAX_PAGE_BYTES),
  code: maybe(text(200)),
  ticketHashes: list(bytes(32), MAX_TICKETS),
})

const messageShape = record({ n: uint(), fromAuthor: bool, bytes: bytes(MESSAGE_BYTES) })

export const createBox = cborBody(createBoxShape)
/** H_0 and the relay's receipt for seq 0. */
export const boxCreated = cborBody(record({ hash: bytes(32), receipt: bytes(64) }))
export const putPlace = cborBody(putPlaceShape)
/** The page stands, for this many days from today. */
export const placeStored = cborBody(record({ pageVersion: uint(), days: uint() }))
export const placeIs = cborBody(record({ pageVersion: uint(), taken: bool, page: bytesUpTo(MAX_PAGE_BYTES) }))
/** `take` with the mailbox key takes the place for whoever is first. */
export const postMessage = cborBody(record({ take: bool, bytes: bytes(MESSAGE_BYTES) }))
export const messagePosted = cborBody(record({ n: uint() }))
/** Messages with `n` above `after`, in order. */
export const messages = cborBody(record({ taken: bool, messages: list(messageShape, 2 * MAX_MESSAGES) }))
/** `codeNeeded`: founding here needs an instance code or a ticket. */
export const relayInfo = cborBody(record({ version: uint(), relayPk: bytes(32), codeNeeded: bool }))
export const refusalBody = cborBody(refusal)

export type CreateBox = Of<typeof createBoxShape>
export type PutPlace = Of<typeof putPlaceShape>
export type Message = Of<typeof messageShape>

const proofShape = record({ by: oneOf(['author', 'mailbox']), nonce: bytes(NONCE_BYTES), sig: bytes(64) })

/** Who asks, the relay's nonce, and the signature over `placeOpBytes`. */
export type Proof = Of<typeof proofShape>

/** A proof as the value of the header `alongside-proof`. */
export const encodeProof = (proof: Proof): string => toHex(encodeCbor(proofShape.encode(proof)))

/** Reads the header; null when it is not a proof. */
export function decodeProof(header: string): Proof | null {
  const raw = header.length <= 1_000 ? fromHex(header) : null
  if (raw === null) return null
  const plain = decodeCbor(raw)
  if (!plain.ok) return null
  const proof = proofShape.decode(plain.value)
  return proof.ok ? proof.value : null
}

/** The bytes that stand for the body when messages are read: u32be(after). */
export const readBody = (after: number): Bytes => u32(after)
