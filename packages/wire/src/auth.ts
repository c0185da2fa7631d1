/**
 * The exact bytes that are signed between device and relay. Each starts with its own label, so a signature made for one
 * purpose never verifies for another, and each names the relay's key, so what was signed for one relay is worth nothing
 * at another. All signatures are Ed25519, 64 bytes. Source: protocol section 2.16.
 */
import { u32, u64, utf8, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { encodeCbor } from '@alongside/base/cbor.ts'
import { T } from '@alongside/base/label.ts'
import { idBytes, sha256 } from './chain.ts'
import { helloBody, rekeyBody, type DeviceFrameBody } from './messages.ts'

/** What the capability key signs in `prove`: this relay, this box, this connection's nonce and the `hello` as sent. */
export function openBytes(relayPk: Uint8Array, nonce: Uint8Array, hello: DeviceFrameBody<'hello'>): Bytes {
  const bodyHash = sha256(helloBody.encode(hello))
  return T('relay-auth', relayPk, idBytes(hello.boxId), u32(hello.capIndex), 'open', nonce, bodyHash)
}

/**
 * What the owner key signs on a rekey. It waits for no head and no nonce, so it can be signed offline and delivered
 * later; `newCapIndex`, which must be above the newest, is what makes it good only once.
 */
export function ownerRekeyBytes(relayPk: Uint8Array, boxId: Id, rekey: DeviceFrameBody<'rekey'>): Bytes {
  const bodyHash = sha256(rekeyBody.encode({ ...rekey, expectedHash: null, ownerSig: null }))
  return T('owner-op', relayPk, idBytes(boxId), 'rekey', u64(rekey.newCapIndex), bodyHash)
}

export type OwnerOp = { readonly op: 'end'; readonly now: boolean } | { readonly op: 'takeBackEnd' }

/** What the owner key signs to end a box or take that back. `counter` must be above the box's last one. */
export function ownerOpBytes(relayPk: Uint8Array, boxId: Id, owner: OwnerOp & { readonly counter: number }): Bytes {
  const bodyHash = sha256(encodeCbor(owner.op === 'end' ? [owner.now] : []))
  return T('owner-op', relayPk, idBytes(boxId), owner.op, u64(owner.counter), bodyHash)
}

export type PlaceOp = 'put' | 'delete' | 'post' | 'read'

/**
 * What the author's or the mailbox key signs for an operation on a place. `nonce` comes from `GET /v1/nonce` and is good
 * once; `body` is the request body as sent, and for `read` it is u32be(after).
 */
export function placeOpBytes(
  relayPk: Uint8Array,
  placeId: Id,
  request: { readonly op: PlaceOp; readonly nonce: Uint8Array; readonly body: Uint8Array },
): Bytes {
  return T('place-op', relayPk, idBytes(placeId), request.op, request.nonce, sha256(request.body))
}

/** What the relay's long-term key signs: that entry `seq` of this box stands and the chain is `hash` there. */
export function receiptBytes(boxId: Id, head: { readonly seq: number; readonly hash: Uint8Array }): Bytes {
  return T('receipt', idBytes(boxId), u64(head.seq), head.hash)
}

/** What a relay keeps of a one-use ticket: SHA-256 of the labelled ticket. */
export const ticketHash = (ticket: Uint8Array): Bytes => sha256(T('ticket', ticket)) as Bytes

/** What a relay compares of an instance code. */
export const codeHash = (code: string): Bytes => sha256(T('instance-code', utf8(code))) as Bytes
