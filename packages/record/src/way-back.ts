/**
 * A way back: what one member needs to reach their circle from a new device, locked by a passphrase. The passphrase becomes
 * a key with Argon2id, which is the caller's work; the salt for it stands in front, in the clear. SPEC WAY-1, WAY-2.
 *
 * | offset | size | field |
 * |---|---|---|
 * | 0 | 1 | version = 1 |
 * | 1 | 16 | salt for Argon2id |
 * | 17 | 584 | box of the padded contents |
 */
import { assert } from '@alongside/base/assert.ts'
import { concat, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bytes, id, maybe, record, text, uint, type Of } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { BOX_OVERHEAD, openBox, SALT_SIZE, sealBox } from './box.ts'
import { pad, unpad } from './pad.ts'
import { fromHandCode, toHandCode, type CodeError } from './text-code.ts'

const VERSION = 1
const PASSPHRASE_SALT_SIZE = 16
const HEADER_SIZE = 1 + PASSPHRASE_SALT_SIZE
const PADDED_SIZE = 512
/** Every way back has exactly this many bytes. */
export const WAY_BACK_SIZE = HEADER_SIZE + BOX_OVERHEAD + PADDED_SIZE

/** The longest relay address: scheme, a name of 253 signs, port. */
export const MAX_RELAY_URL = 267

const contentsCodec = record({
  /** Secret keys: identity (Ed25519 seed), recovery (X25519), and the box's owner key for the person; 32 bytes each. */
  identity: bytes(32),
  recovery: bytes(32),
  owner: maybe(bytes(32)),
  circleId: bytes(32),
  boxId: id,
  relayUrl: text(MAX_RELAY_URL, 1),
  capIndex: uint(0xffff_ffff),
  epoch: uint(0xffff_ffff),
  /** Secret of `epoch` and of the one before; later ones come by the recovery key, earlier ones by tracing back. */
  secret: bytes(32),
  previousSecret: maybe(bytes(32)),
})
export type WayBack = Of<typeof contentsCodec>

export type WayBackError =
  | { readonly type: 'NotAWayBack' }
  | { readonly type: 'NewerWayBack'; readonly version: number }
  | { readonly type: 'WrongPassphrase' }
  | { readonly type: 'Altered' }

/** 16 random bytes to turn the passphrase into a key with, before `sealWayBack`. */
export const newPassphraseSalt = (random: Random): Bytes => random.bytes(PASSPHRASE_SALT_SIZE)

const infoOf = (header: Uint8Array): Bytes => T('wayback', header)

/** Locks a way back under a key (32 bytes) made from a passphrase with `passphraseSalt`. Relay addresses are ASCII. */
export function sealWayBack(key: Uint8Array, passphraseSalt: Uint8Array, contents: WayBack, random: Random): Bytes {
  const header = concat(Uint8Array.of(VERSION), passphraseSalt)
  const plain = contentsCodec.encode(contents)
  assert(contentsCodec.decode(plain).ok, 'a way back can be read again')
  const padded = pad(encodeCbor(plain), PADDED_SIZE)
  return concat(header, sealBox(key, random.bytes(SALT_SIZE), infoOf(header), padded))
}

/** The salt with which to turn the passphrase into a key. */
export function passphraseSaltOf(wayBack: Uint8Array): Result<Bytes, WayBackError> {
  const version = wayBack[0]
  if (version !== undefined && version > VERSION) return err({ type: 'NewerWayBack', version })
  if (wayBack.length !== WAY_BACK_SIZE || version !== VERSION) return err({ type: 'NotAWayBack' })
  return ok(Uint8Array.from(wayBack.subarray(1, HEADER_SIZE)))
}

/** Unlocks a way back. A changed byte and a wrong passphrase look alike unless the key is right. */
export function openWayBack(key: Uint8Array, wayBack: Uint8Array): Result<WayBack, WayBackError> {
  const salt = passphraseSaltOf(wayBack)
  if (!salt.ok) return salt
  const opened = openBox(key, infoOf(wayBack.subarray(0, HEADER_SIZE)), wayBack.subarray(HEADER_SIZE))
  if (!opened.ok) return err({ type: opened.error.type === 'WrongKey' ? 'WrongPassphrase' : 'Altered' })
  const data = unpad(opened.value)
  const plain = data === null ? null : decodeCbor(data)
  const contents = plain?.ok === true ? contentsCodec.decode(plain.value) : null
  return contents?.ok === true ? contents : err({ type: 'NotAWayBack' })
}

/** A way back as text to print: groups of four signs, with a check at the end. */
export const wayBackToText = (wayBack: Uint8Array): string => toHandCode(wayBack)

/** A way back from text, whatever the case, spaces and dashes. */
export const wayBackFromText = (written: string): Result<Bytes, CodeError> => fromHandCode(written, WAY_BACK_SIZE)
