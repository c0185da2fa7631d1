/**
 * Deterministic CBOR (RFC 8949 section 4.2) in a small profile: unsigned integers up to 2^53-1, byte strings, text
 * strings, arrays, true, false, null. No maps, floats, tags, negative or indefinite items. Depth at most 8, at most
 * 4,096 items. Source: protocol section 2.2. The bytes are scanned first, in constant stack, and encoded again afterwards:
 * one value has one spelling. Reading is done here and not by the library, whose text decoding drops a byte order mark
 * in front and mends what is not UTF-8.
 */
import { encode as cborEncode } from 'cborg'
import { assert } from './assert.ts'
import { equalBytes, fromUtf8, type Bytes } from './bytes.ts'
import { err, ok, type Result } from './result.ts'

export type Plain = number | boolean | null | string | Uint8Array | readonly Plain[]

export type CborError = {
  readonly type: 'NotCbor'
  readonly why: 'depth' | 'items' | 'kind' | 'length' | 'spelling' | 'text'
}

export const MAX_DEPTH = 8
export const MAX_ITEMS = 4096

/** Encodes a plain value. The caller vouches that it is within the profile; a breach is a bug. */
export function encodeCbor(value: Plain): Bytes {
  const made = cborEncode(value, { float64: true })
  // under Node the library gives a view into a shared pool, with Node's own type: copied, so that bytes are just bytes
  return made.constructor === Uint8Array ? made : Uint8Array.from(made)
}

/** Decodes bytes that must be exactly one item of the profile, in its only spelling. */
export function decodeCbor(bytes: Uint8Array): Result<Plain, CborError> {
  const why = scan(bytes)
  if (why !== null) return err({ type: 'NotCbor', why })
  const value = read(bytes, { at: 0 })
  if (value === undefined) return err({ type: 'NotCbor', why: 'text' })
  if (!equalBytes(encodeCbor(value), bytes)) return err({ type: 'NotCbor', why: 'spelling' })
  return ok(value)
}

const SIMPLE: readonly Plain[] = [false, true, null]

/** The item at the cursor of bytes that the scan found right; undefined when a text in it is not UTF-8. */
function read(bytes: Uint8Array, cursor: { at: number }): Plain | undefined {
  const head = bytes[cursor.at++] as number
  const [major, info] = [head >> 5, head & 31]
  if (major === 7) return SIMPLE[info - 20]
  let size = info
  if (info >= 24) {
    size = 0
    for (let left = 1 << (info - 24); left > 0; left--) size = size * 256 + (bytes[cursor.at++] as number)
  }
  if (major === 0) return size
  if (major === 4) {
    const items: Plain[] = []
    for (let i = 0; i < size; i++) {
      const item = read(bytes, cursor)
      if (item === undefined) return undefined
      items.push(item)
    }
    return items
  }
  const data = new Uint8Array(bytes.subarray(cursor.at, cursor.at + size)) // a copy, whatever kind of array it was
  cursor.at += size
  return major === 2 ? data : (fromUtf8(data) ?? undefined)
}

/** Walks the tokens once, in constant stack, and says what breaks the profile, or null. */
function scan(bytes: Uint8Array): CborError['why'] | null {
  const left: number[] = [1] // items still to come at each open level
  let at = 0
  let items = 0
  while (left.length > 0) {
    const level = left.length - 1
    if (left[level] === 0) {
      left.pop()
      continue
    }
    left[level] = (left[level] as number) - 1
    if (++items > MAX_ITEMS) return 'items'
    const head = bytes[at++]
    if (head === undefined) return 'length'
    const major = head >> 5
    const info = head & 31
    if (major === 7) {
      if (info < 20 || info > 22) return 'kind'
      continue
    }
    if (major === 1 || major === 5 || major === 6) return 'kind'
    let size = info
    if (info >= 24) {
      const width = info === 24 ? 1 : info === 25 ? 2 : info === 26 ? 4 : info === 27 ? 8 : 0
      if (width === 0) return 'kind'
      if (at + width > bytes.length) return 'length'
      size = 0
      for (let i = 0; i < width; i++) size = size * 256 + (bytes[at + i] as number)
      at += width
      if (!Number.isSafeInteger(size)) return 'kind'
      const least = width === 1 ? 24 : width === 2 ? 0x100 : width === 4 ? 0x10000 : 0x100000000
      if (size < least) return 'spelling'
    }
    if (major === 2 || major === 3) {
      if (at + size > bytes.length) return 'length'
      at += size
    } else if (major === 4) {
      if (size > MAX_ITEMS) return 'items'
      left.push(size)
      if (left.length - 1 > MAX_DEPTH) return 'depth'
    }
  }
  assert(at <= bytes.length, 'the scan stays inside the bytes')
  return at === bytes.length ? null : 'length'
}
