/** A practice page as bytes and back: the whole is bounded, and only a finished page goes out or is believed. */
import type { Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor, type CborError } from '@alongside/base/cbor.ts'
import type { CodecError } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { page, type PracticePage } from './page.ts'
import { missingToPublish, type MissingField } from './publish.ts'

/** PAG-7: 48 KiB. */
export const MAX_PAGE = 48 * 1024

export type PageTooLong = { readonly type: 'PageTooLong'; readonly bytes: number; readonly max: number }
export type PageError = PageTooLong | CborError | CodecError

/** A page, finished or not, as bytes; or what does not fit. */
export function encodePage(value: PracticePage): Result<Bytes, PageError> {
  const plain = page.encode(value)
  const fits = page.decode(plain, 'page')
  if (!fits.ok) return fits
  const bytes = encodeCbor(plain)
  return bytes.length <= MAX_PAGE ? ok(bytes) : err({ type: 'PageTooLong', bytes: bytes.length, max: MAX_PAGE })
}

/** Bytes from anywhere as a page. Total. Whether it is finished is another question: `readPublishedPage`. */
export function decodePage(bytes: Uint8Array): Result<PracticePage, PageError> {
  if (bytes.length > MAX_PAGE) return err({ type: 'PageTooLong', bytes: bytes.length, max: MAX_PAGE })
  const plain = decodeCbor(bytes)
  return plain.ok ? page.decode(plain.value, 'page') : plain
}

export type PageIncomplete = { readonly type: 'PageIncomplete'; readonly missing: readonly MissingField[] }

/** The bytes of a finished page, for signing; or what is missing. */
export function encodePublishedPage(finished: PracticePage): Result<Bytes, PageIncomplete | PageError> {
  const missing = missingToPublish(finished)
  return missing.length > 0 ? err({ type: 'PageIncomplete', missing }) : encodePage(finished)
}

/** PAG-8: a page from somebody else, only if it could be published. */
export function readPublishedPage(bytes: Uint8Array): Result<PracticePage, PageIncomplete | PageError> {
  const read = decodePage(bytes)
  if (!read.ok) return read
  const missing = missingToPublish(read.value)
  return missing.length > 0 ? err({ type: 'PageIncomplete', missing }) : ok(read.value)
}
