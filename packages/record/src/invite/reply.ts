/**
 * The answer to a question without details. It is sealed to a key the asker keeps in this tab only, or that follows from a
 * code they wrote down, and signed by the place's author, so that others with the link can neither read nor forge it.
 * Exactly as long as every other message of a mailbox. SPEC INV-6.
 */
import { concat, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bytes, record, text } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { hkdf, isSafeKemKey, kemKeys, newKemKeys, signSync, verifySync, type KeyPair } from '../crypto.ts'
import { idBytes } from '../entry.ts'
import { hpkeOpen, hpkeSeal } from '../hpke.ts'
import { pad, unpad } from '../pad.ts'
import { MESSAGE_SIZE, PADDED_MESSAGE_SIZE } from './message.ts'
import type { PlaceAuthor, PlaceKeys } from './place.ts'

const replyCodec = record({ answer: text(2_000, 1), signature: bytes(64) })

export type ReplyError = { readonly type: 'UnsafeKey' } | { readonly type: 'NotForMe' } | { readonly type: 'BadReply' }

/** A key for one question, kept nowhere but in this tab. */
export const newReplyKeys = (random: Random): KeyPair => newKemKeys(random)

/** The key behind a code written down: twelve signs in their one spelling (`readShortCode`). Useless without the link. */
export const replyKeysFromCode = (place: PlaceKeys, code: string): KeyPair =>
  kemKeys(hkdf(concat(place.psk, utf8(code)), T('reply-code', idBytes(place.id))))

const binding = (place: PlaceKeys, replyTo: Uint8Array) => ({
  info: T('reply', idBytes(place.id), replyTo),
  aad: T('aad', idBytes(place.id)),
  psk: { key: place.psk, id: idBytes(place.id) },
})

const signedMessage = (place: PlaceKeys, replyTo: Uint8Array, answer: string): Bytes =>
  T('reply-sig', idBytes(place.id), replyTo, answer)

/** Seals an answer (1 to 2,000 UTF-16 units) to the key that came with the question: exactly 8,192 bytes. */
export async function sealReply(
  place: PlaceKeys,
  own: PlaceAuthor,
  replyTo: Uint8Array,
  answer: string,
): Promise<Result<Bytes, ReplyError>> {
  if (!isSafeKemKey(replyTo)) return err({ type: 'UnsafeKey' })
  const signature = signSync(own.author.secretKey, signedMessage(place, replyTo, answer))
  const padded = pad(encodeCbor(replyCodec.encode({ answer, signature })), PADDED_MESSAGE_SIZE)
  return ok(await hpkeSeal(replyTo, padded, binding(place, replyTo)))
}

/** Opens an answer. `NotForMe` for messages meant for others; `author` is the one in the checked page. */
export async function openReply(
  place: PlaceKeys,
  author: Uint8Array,
  keys: KeyPair,
  sealed: Uint8Array,
): Promise<Result<string, ReplyError>> {
  const padded =
    sealed.length === MESSAGE_SIZE ? await hpkeOpen(keys.secretKey, sealed, binding(place, keys.publicKey)) : null
  if (padded === null) return err({ type: 'NotForMe' })
  const data = unpad(padded)
  const plain = data === null ? null : decodeCbor(data)
  const reply = plain?.ok === true ? replyCodec.decode(plain.value) : null
  if (reply?.ok !== true) return err({ type: 'BadReply' })
  const { answer, signature } = reply.value
  const right = verifySync(author, signedMessage(place, keys.publicKey, answer), signature)
  return right ? ok(answer) : err({ type: 'BadReply' })
}
