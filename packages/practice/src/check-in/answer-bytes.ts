/** Answers as the bytes that go into a sealed item, and back. Screens have no use for this; the device does. */
import { assert } from '@alongside/base/assert.ts'
import type { Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor, type CborError } from '@alongside/base/cbor.ts'
import type { CodecError } from '@alongside/base/codec.ts'
import type { Result } from '@alongside/base/result.ts'
import { checkInAnswers, type CheckInAnswers } from './answers.ts'

/** The most that answers take as bytes, so that they fit an item of one fixed size whatever they say. */
export const MOST_ANSWER_BYTES = 3900

/** Answers as bytes, at most `MOST_ANSWER_BYTES`; the text limits make it so. */
export function encodeAnswers(answers: CheckInAnswers): Bytes {
  const bytes = encodeCbor(checkInAnswers.encode(answers))
  assert(bytes.length <= MOST_ANSWER_BYTES, 'answers within their text limits fit an item')
  return bytes
}

export type AnswersError = CborError | CodecError

/** Bytes as answers. Total: any bytes give answers or say what is wrong. */
export function decodeAnswers(bytes: Uint8Array): Result<CheckInAnswers, AnswersError> {
  const plain = decodeCbor(bytes)
  return plain.ok ? checkInAnswers.decode(plain.value, 'answers') : plain
}
