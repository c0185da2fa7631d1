/**
 * An envelope: one entry, sealed and padded, as the relay stores it. The relay can read its size and the epoch's number.
 * Source: protocol section 2.6; SPEC ENV-1 (sizes), ENV-2 (order of checks), ENV-3 (header), ENV-4 (circle).
 *
 * | offset | size | field |
 * |---|---|---|
 * | 0 | 1 | format = 0x01 |
 * | 1 | 1 | suite = 0x01 |
 * | 2 | 4 | epoch, big-endian |
 * | 6 | 24 | salt |
 * | 30 | 32 | key commitment |
 * | 62 | B + 16 | ciphertext of the padded entry, and tag |
 */
import { concat, u32, type Bytes } from '@alongside/base/bytes.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { openBox, SALT_SIZE, sealBox } from './box.ts'
import type { EpochKeys } from './epoch.ts'
import { pad, paddedSize, unpad } from './pad.ts'

export const FORMAT = 1
export const SUITE = 1

/** Sizes of the padded plaintext. */
export const BUCKETS = [512, 1024, 2048, 4096, 8192, 16384, 32768, 61440] as const
/** What an envelope adds to its bucket. */
export const ENVELOPE_OVERHEAD = 78
/** Sizes an envelope can have: 590, 1,102 … 61,518 bytes. */
export const ENVELOPE_SIZES: readonly number[] = BUCKETS.map((bucket) => bucket + ENVELOPE_OVERHEAD)
/** The longest entry that fits, in bytes. */
export const MAX_ENTRY_SIZE = 61_436

const HEADER_SIZE = 6

export type EnvelopeError =
  | { readonly type: 'NotAnEnvelope' }
  | { readonly type: 'WrongEpoch'; readonly epoch: number }
  | { readonly type: 'WrongKey' }
  | { readonly type: 'Altered' }
  | { readonly type: 'BadPadding' }

export type SealError = { readonly type: 'TooLong'; readonly size: number; readonly max: number }

/** Of an epoch's keys, what opens and seals envelopes. */
export type EnvelopeKeys = Pick<EpochKeys, 'circleId' | 'epoch' | 'envelope'>

const infoOf = (circleId: Uint8Array, header: Uint8Array, salt: Uint8Array) => T('env', circleId, concat(header, salt))

/** Seals a signed entry under an epoch; `TooLong` when it is over 61,436 bytes. */
export function sealEnvelope(keys: EnvelopeKeys, plaintext: Uint8Array, random: Random): Result<Bytes, SealError> {
  const size = paddedSize(plaintext.length, BUCKETS)
  if (size === null) return err({ type: 'TooLong', size: plaintext.length, max: MAX_ENTRY_SIZE })
  const header = concat(Uint8Array.of(FORMAT, SUITE), u32(keys.epoch))
  const salt = random.bytes(SALT_SIZE)
  const box = sealBox(keys.envelope, salt, infoOf(keys.circleId, header, salt), pad(plaintext, size))
  return ok(concat(header, box))
}

/** The epoch an envelope says it is sealed under, read without any key; null when it is not an envelope. */
export function envelopeEpoch(envelope: Uint8Array): number | null {
  if (!ENVELOPE_SIZES.includes(envelope.length) || envelope[0] !== FORMAT || envelope[1] !== SUITE) return null
  const byte = (at: number): number => envelope[at] ?? 0
  return byte(2) * 2 ** 24 + byte(3) * 2 ** 16 + byte(4) * 2 ** 8 + byte(5)
}

/** Opens an envelope: size and header, then commitment, then tag, then padding. Never throws. */
export function openEnvelope(keys: EnvelopeKeys, envelope: Uint8Array): Result<Bytes, EnvelopeError> {
  const epoch = envelopeEpoch(envelope)
  if (epoch === null) return err({ type: 'NotAnEnvelope' })
  if (epoch !== keys.epoch) return err({ type: 'WrongEpoch', epoch })
  const header = envelope.subarray(0, HEADER_SIZE)
  const box = envelope.subarray(HEADER_SIZE)
  const opened = openBox(keys.envelope, infoOf(keys.circleId, header, box.subarray(0, SALT_SIZE)), box)
  if (!opened.ok) return opened.error.type === 'TooShort' ? err({ type: 'NotAnEnvelope' }) : err(opened.error)
  const plaintext = unpad(opened.value)
  return plaintext === null ? err({ type: 'BadPadding' }) : ok(plaintext)
}
