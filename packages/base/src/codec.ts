/**
 * Shapes that go both ways: `encode` turns a value into a plain one (arrays, no maps), `decode` turns a plain value
 * back and says where it does not fit. Decoding is total: any plain value gives a value or an error, never a throw.
 * Text rules follow protocol section 2.2: no NUL, no lone surrogates; lengths count UTF-16 units.
 */
import { toHex, fromHex, type Bytes } from './bytes.ts'
import type { Plain } from './cbor.ts'
import { err, ok, type Result } from './result.ts'

export type CodecError = { readonly type: 'WrongShape'; readonly at: string; readonly wanted: string }

export interface Codec<T> {
  encode(value: T): Plain
  decode(plain: Plain, at?: string): Result<T, CodecError>
}

/** The type of the values a codec reads and writes. */
export type Of<C> = C extends Codec<infer T> ? T : never

const wrong = (at: string, wanted: string) => err<CodecError>({ type: 'WrongShape', at, wanted })

/** An identifier: 16 bytes on the wire, 32 lower-case hexadecimal characters in memory. */
export type Id = string

const isPlainBytes = (plain: Plain): plain is Uint8Array => plain instanceof Uint8Array

/** Exactly `size` bytes. */
export function bytes(size: number): Codec<Bytes> {
  return {
    encode: (value) => value,
    decode: (plain, at = '') =>
      isPlainBytes(plain) && plain.length === size ? ok(plain as Bytes) : wrong(at, `${size} bytes`),
  }
}

/** From 0 to `max` bytes. */
export function bytesUpTo(max: number): Codec<Bytes> {
  return {
    encode: (value) => value,
    decode: (plain, at = '') =>
      isPlainBytes(plain) && plain.length <= max ? ok(plain as Bytes) : wrong(at, `at most ${max} bytes`),
  }
}

/** `size` bytes, held in memory as hexadecimal so that state stays plain and comparable. */
export function hex(size: number): Codec<string> {
  return {
    encode: (value) => fromHex(value) ?? new Uint8Array(),
    decode: (plain, at = '') =>
      isPlainBytes(plain) && plain.length === size ? ok(toHex(plain)) : wrong(at, `${size} bytes`),
  }
}

/** An identifier of 16 bytes. */
export const id: Codec<Id> = hex(16)

/** Text of at most `max` UTF-16 units and at least `min`; no NUL, no lone surrogates. */
export function text(max: number, min = 0): Codec<string> {
  return {
    encode: (value) => value,
    decode: (plain, at = '') =>
      typeof plain === 'string' && plain.length >= min && plain.length <= max && isCleanText(plain)
        ? ok(plain)
        : wrong(at, `text of ${min} to ${max}`),
  }
}

/** Whether text may stand in a record: no NUL and no half of a surrogate pair. */
export function isCleanText(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i)
    if (unit === 0) return false
    if (unit < 0xd800 || unit > 0xdfff) continue
    const next = value.charCodeAt(i + 1) // NaN past the end, so a lone half fails the next test
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return false
    i++
  }
  return true
}

/** An unsigned integer of at most `max`. */
export function uint(max: number = Number.MAX_SAFE_INTEGER): Codec<number> {
  return {
    encode: (value) => value,
    decode: (plain, at = '') =>
      typeof plain === 'number' && Number.isSafeInteger(plain) && plain >= 0 && plain <= max
        ? ok(plain)
        : wrong(at, `a whole number up to ${max}`),
  }
}

export const bool: Codec<boolean> = {
  encode: (value) => value,
  decode: (plain, at = '') => (typeof plain === 'boolean' ? ok(plain) : wrong(at, 'true or false')),
}

/** One of a closed list of words; written as its index, so the order of `words` is part of the format. */
export function oneOf<const W extends readonly string[]>(words: W): Codec<W[number]> {
  return {
    encode: (value) => words.indexOf(value),
    decode: (plain, at = '') => {
      const word = typeof plain === 'number' ? words[plain] : undefined
      return word === undefined ? wrong(at, words.join(' | ')) : ok(word)
    },
  }
}

/** A value or nothing (`null`). */
export function maybe<T>(codec: Codec<T>): Codec<T | null> {
  return {
    encode: (value) => (value === null ? null : codec.encode(value)),
    decode: (plain, at = '') => (plain === null ? ok(null) : codec.decode(plain, at)),
  }
}

/** A list of at most `max` values. */
export function list<T>(codec: Codec<T>, max: number): Codec<readonly T[]> {
  return {
    encode: (values) => values.map((value) => codec.encode(value)),
    decode: (plain, at = '') => {
      if (!Array.isArray(plain) || plain.length > max) return wrong(at, `a list of at most ${max}`)
      const values: T[] = []
      for (let i = 0; i < plain.length; i++) {
        const value = codec.decode(plain[i] as Plain, `${at}[${i}]`)
        if (!value.ok) return value
        values.push(value.value)
      }
      return ok(values)
    },
  }
}

type Shape<F> = { readonly [K in keyof F]: F[K] extends Codec<infer T> ? T : never }

/** Named fields, written as an array in the order they are declared; the order is part of the format. */
export function record<F extends { readonly [name: string]: Codec<any> }>(fields: F): Codec<Shape<F>> {
  const names = Object.keys(fields)
  return {
    encode: (value) => names.map((name) => (fields[name] as Codec<unknown>).encode(value[name])),
    decode: (plain, at = '') => {
      if (!Array.isArray(plain) || plain.length !== names.length) return wrong(at, `${names.length} fields`)
      const value: Record<string, unknown> = {}
      for (let i = 0; i < names.length; i++) {
        const name = names[i] as string
        const field = (fields[name] as Codec<unknown>).decode(plain[i] as Plain, at === '' ? name : `${at}.${name}`)
        if (!field.ok) return field
        value[name] = field.value
      }
      return ok(value as Shape<F>)
    },
  }
}
