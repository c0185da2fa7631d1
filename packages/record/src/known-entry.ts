/**
 * An entry whose bytes `decodeEntry` has taken in another thread, read again here without asking everything twice. Where a
 * field lies follows from the layout (SPEC ENT-1) and from the one spelling that numbers have; nothing is hashed, nothing
 * is encoded again. Bytes that were not decoded before have no business here.
 */
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { assert } from '@alongside/base/assert.ts'
import type { SignedEntry } from './entry.ts'

interface Cursor {
  readonly bytes: Bytes
  at: number
}

/** The number in the head of an item: its value, or for bytes their length. */
function head(cursor: Cursor): number {
  const { bytes } = cursor
  const info = (bytes[cursor.at++] ?? 0) & 31
  if (info < 24) return info
  let value = 0
  for (let left = 1 << (info - 24); left > 0; left--) value = value * 256 + (bytes[cursor.at++] ?? 0)
  return value
}

function bytesAt(cursor: Cursor): Bytes {
  const size = head(cursor)
  cursor.at += size
  return cursor.bytes.subarray(cursor.at - size, cursor.at)
}

/** The entry in `wire`; `hash` is what `decodeEntry` gave for it. What is read shares memory with `wire`. */
export function knownEntry(wire: Bytes, hash: Bytes): SignedEntry {
  const outer = { bytes: wire, at: 1 }
  const bodyBytes = bytesAt(outer)
  const signature = bytesAt(outer)
  assert(outer.at === wire.length, 'an entry that was decoded before')
  const inner = { bytes: bodyBytes, at: 2 } // the array's head and the version
  const body = {
    rules: head(inner),
    circleId: bytesAt(inner),
    type: head(inner),
    deviceId: toHex(bytesAt(inner)),
    ctr: head(inner),
    prev: bytesAt(inner),
    seenSeq: head(inner),
    seenHead: bytesAt(inner),
    t: head(inner),
    payload: bytesAt(inner),
  }
  assert(inner.at === bodyBytes.length, 'a body that was decoded before')
  return { bytes: wire, bodyBytes, signature, body, hash, id: toHex(hash.subarray(0, 16)) }
}
