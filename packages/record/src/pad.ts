/**
 * Padding to a size that says nothing: `u32be(length) ‖ data ‖ zeros`. Padding that is not zero is refused, so that one
 * content has one spelling. Source: protocol section 2.6, SPEC ENV-6.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { assert } from '@alongside/base/assert.ts'

export const LENGTH_SIZE = 4

/** Fills `data` up to exactly `size` bytes; data longer than `size - 4` is a bug of the caller. */
export function pad(data: Uint8Array, size: number): Bytes {
  assert(data.length + LENGTH_SIZE <= size, 'data fits the padded size')
  const padded = new Uint8Array(size)
  new DataView(padded.buffer).setUint32(0, data.length)
  padded.set(data, LENGTH_SIZE)
  return padded
}

/** The data, or null when the length does not fit or the padding is not zero. Shares memory with `padded`. */
export function unpad(padded: Bytes): Bytes | null {
  if (padded.length < LENGTH_SIZE) return null
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
  const end = LENGTH_SIZE + length
  if (end > padded.length) return null
  for (let i = end; i < padded.length; i++) if (padded[i] !== 0) return null
  return padded.subarray(LENGTH_SIZE, end)
}

/** The smallest of `sizes` (ascending) that holds `length` bytes of data, or null when none does. */
export function paddedSize(length: number, sizes: readonly number[]): number | null {
  return sizes.find((size) => length + LENGTH_SIZE <= size) ?? null
}
