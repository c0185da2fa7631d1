/**
 * State to plain value, for digests: objects become lists of [name, value] in bytewise order of the name, so that two
 * replicas that hold the same state have the same bytes, whatever the order in which they built it.
 */
import { compareBytes, utf8 } from './bytes.ts'
import type { Plain } from './cbor.ts'

export function canonical(value: unknown): Plain {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return value
  if (value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value === 'object') {
    const source = value as Record<string, unknown>
    return Object.keys(source)
      .sort((a, b) => compareBytes(utf8(a), utf8(b)))
      .map((name) => [name, canonical(source[name])])
  }
  throw new Error(`bug: ${typeof value} in state`)
}
