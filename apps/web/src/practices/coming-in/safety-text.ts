/** The safety code as text inside a square code: `AS1:` and its bytes in capitals, which take the least room. */
import { fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'

const MARK = 'AS1:'

export const safetyText = (code: Bytes): string => MARK + toHex(code).toUpperCase()

/** The bytes of a scanned text; null when it is some other code. */
export function safetyBytes(text: string): Bytes | null {
  const trimmed = text.trim()
  return trimmed.startsWith(MARK) ? fromHex(trimmed.slice(MARK.length).toLowerCase()) : null
}

/** Digits in groups of four, as they are said aloud. */
export const digitGroups = (digits: string): readonly string[] => digits.replace(/\D/g, '').match(/.{1,4}/g) ?? []
