/** Plain helpers over `Uint8Array`. Not constant time: never compare secrets with these. */
export type Bytes = Uint8Array<ArrayBuffer>

export function concat(...parts: readonly Uint8Array[]): Bytes {
  let size = 0
  for (const part of parts) size += part.length
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Bytewise order, shorter first when one is a prefix of the other: <0, 0 or >0. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

const HEX = '0123456789abcdef'
const LETTERS = Uint8Array.from(HEX, (letter) => letter.charCodeAt(0))
const AT_ONCE = 512

/**
 * Lower-case hexadecimal. Made in one piece: text that is put together letter by letter stays in memory in as many pieces,
 * and a long record has ids by the hundred thousand.
 */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += AT_ONCE) {
    const codes: number[] = []
    for (let i = from; i < Math.min(from + AT_ONCE, bytes.length); i++) {
      const byte = bytes[i] as number
      codes.push(LETTERS[byte >> 4] as number, LETTERS[byte & 15] as number)
    }
    text += String.fromCharCode(...codes)
  }
  return text
}

/** The value of one lower-case hexadecimal digit by its character code; anything else is above 15. */
const DIGITS = new Uint8Array(128).fill(255)
for (let digit = 0; digit < 16; digit++) DIGITS[digit.toString(16).charCodeAt(0)] = digit

/** Reads lower-case hexadecimal of even length; null for anything else. */
export function fromHex(text: string): Bytes | null {
  if (text.length % 2 !== 0) return null
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    const high = DIGITS[text.charCodeAt(i * 2)] ?? 255
    const low = DIGITS[text.charCodeAt(i * 2 + 1)] ?? 255
    if (high > 15 || low > 15) return null
    bytes[i] = high * 16 + low
  }
  return bytes
}

const encoder = new TextEncoder()

export const utf8 = (text: string): Bytes => encoder.encode(text)

const strictDecoder = () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Strict UTF-8; null when the bytes are not valid. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return strictDecoder().decode(bytes)
  } catch {
    return null
  }
}

/** A 32-bit unsigned integer, big-endian. */
export const u32 = (value: number): Bytes => writeU32(new Uint8Array(4), 0, value)

/** A non-negative safe integer as 64 bits, big-endian. */
export function u64(value: number): Bytes {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('a count is a non-negative safe integer')
  return writeU32(writeU32(new Uint8Array(8), 0, Math.floor(value / 2 ** 32)), 4, value)
}

/** Writes the lowest 32 bits of `value`, big-endian, into `bytes` at `at`, and gives `bytes` back. */
export function writeU32(bytes: Bytes, at: number, value: number): Bytes {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
  return bytes
}
