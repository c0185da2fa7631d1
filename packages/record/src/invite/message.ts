/**
 * Messages of a place's mailbox: a yes with the welcome in it, a question without details, or no. All are sealed to the
 * page's inbox key together with the link's shared secret, so that nobody else with the link can read them and nobody
 * without it can write them; all are exactly 8,192 bytes, and every *not now*, *no* and *someone else* is the same message.
 * SPEC INV-4, INV-5.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor, type Plain } from '@alongside/base/cbor.ts'
import { bytes, hex, id, maybe, record, text, uint, type Codec, type Of } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { HPKE_OVERHEAD, hpkeOpen, hpkeSeal } from '../hpke.ts'
import { idBytes } from '../entry.ts'
import { pad, unpad } from '../pad.ts'
import { MAX_RELAY_URL } from '../way-back.ts'
import type { PlaceAuthor, PlaceKeys } from './place.ts'

/** Every message of a mailbox has exactly this many bytes. */
export const MESSAGE_SIZE = 8_192
export const PADDED_MESSAGE_SIZE = MESSAGE_SIZE - HPKE_OVERHEAD

/** All that a newcomer needs to find the box, open it and check that they are who was let in. */
const welcomeCodec = record({
  circleId: bytes(32),
  boxId: id,
  relayUrl: text(MAX_RELAY_URL, 1),
  capIndex: uint(0xffff_ffff),
  epoch: uint(0xffff_ffff),
  /** Secret of `epoch`, and of the one before it; null when `epoch` is the first. */
  secret: bytes(32),
  previousSecret: maybe(bytes(32)),
  /** Position of the rekey that let the newcomer in. */
  position: uint(),
  /** The person's identity key and their nonce for the safety phrase. */
  identity: hex(32),
  nonce: bytes(32),
})
export type Welcome = Of<typeof welcomeCodec>

const askCodec = record({
  question: text(2_000, 1),
  /** X25519 key that the reply is sealed to. */
  replyTo: bytes(32),
})
export type Ask = Of<typeof askCodec>

export type MailboxMessage =
  | { readonly type: 'yes'; readonly welcome: Welcome }
  | { readonly type: 'ask'; readonly ask: Ask }
  /** *Not now*, *no* and *someone else*: the same bytes before sealing. */
  | { readonly type: 'decline' }

export type MessageError = { readonly type: 'CannotOpen' } | { readonly type: 'NotAMessage' }

const KINDS = { decline: 0, yes: 1, ask: 2 } as const

const binding = (place: PlaceKeys, inbox: Uint8Array) => ({
  info: T('mbox', idBytes(place.id), inbox),
  aad: T('aad', idBytes(place.id)),
  psk: { key: place.psk, id: idBytes(place.id) },
})

function plainOf(message: MailboxMessage): Plain {
  switch (message.type) {
    case 'yes':
      return [KINDS.yes, welcomeCodec.encode(message.welcome)]
    case 'ask':
      return [KINDS.ask, askCodec.encode(message.ask)]
    case 'decline':
      return [KINDS.decline, null]
  }
}

/** Seals a message to the inbox key of a checked page: exactly 8,192 bytes. */
export const sealMessage = (place: PlaceKeys, inbox: Uint8Array, message: MailboxMessage): Promise<Bytes> =>
  hpkeSeal(inbox, pad(encodeCbor(plainOf(message)), PADDED_MESSAGE_SIZE), binding(place, inbox))

/** Opens a message with the practitioner's keys. Any bytes give a message or an error, never a throw. */
export async function openMessage(
  place: PlaceKeys,
  own: PlaceAuthor,
  sealed: Uint8Array,
): Promise<Result<MailboxMessage, MessageError>> {
  if (sealed.length !== MESSAGE_SIZE) return err({ type: 'NotAMessage' })
  const padded = await hpkeOpen(own.inbox.secretKey, sealed, binding(place, own.inbox.publicKey))
  if (padded === null) return err({ type: 'CannotOpen' })
  const data = unpad(padded)
  const plain = data === null ? null : decodeCbor(data)
  if (plain?.ok !== true || !Array.isArray(plain.value) || plain.value.length !== 2) return err({ type: 'NotAMessage' })
  const [kind, body] = plain.value as [Plain, Plain]
  if (kind === KINDS.decline) return body === null ? ok({ type: 'decline' }) : err({ type: 'NotAMessage' })
  if (kind === KINDS.yes) return read(welcomeCodec, body, (welcome) => ({ type: 'yes', welcome }))
  if (kind === KINDS.ask) return read(askCodec, body, (ask) => ({ type: 'ask', ask }))
  return err({ type: 'NotAMessage' })
}

function read<T>(
  codec: Codec<T>,
  body: Plain,
  make: (value: T) => MailboxMessage,
): Result<MailboxMessage, MessageError> {
  const value = codec.decode(body)
  return value.ok ? ok(make(value.value)) : err({ type: 'NotAMessage' })
}

/** The secrets a welcome gives, by epoch: where a fold begins, and tracing goes back from. */
export function secretsOf(welcome: Welcome): ReadonlyMap<number, Bytes> {
  const secrets = new Map([[welcome.epoch, welcome.secret]])
  if (welcome.previousSecret !== null) secrets.set(welcome.epoch - 1, welcome.previousSecret)
  return secrets
}
