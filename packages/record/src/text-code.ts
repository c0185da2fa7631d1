/**
 * Bytes that people carry: in a link, on paper, by voice. Two spellings, each with two check bytes so that a code cut short
 * or mistyped is told apart from one that is merely wrong: base64url for links, and Crockford's base32 in groups of four
 * for what is written by hand (no I, L, O, U; the first three read as 1, 1 and 0). SPEC WAY-3, INV-1.
 */
import { concat, equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { sha256 } from './crypto.ts'

export type CodeError =
  /** Signs that no code has. */
  | { readonly type: 'NotACode' }
  /** Shorter or longer than it should be. */
  | { readonly type: 'WrongLength'; readonly length: number }
  /** Right in form, but a sign is wrong. */
  | { readonly type: 'Mistyped' }

const CHECK_SIZE = 2
const URL_SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const HAND_SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const checkOf = (data: Uint8Array): Bytes => sha256(T('code-check', data)).subarray(0, CHECK_SIZE)

function spell(data: Uint8Array, signs: string, width: number): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of data) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= width) {
      bits -= width
      text += signs[(held >> bits) & (signs.length - 1)]
    }
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + signs[(held << (width - bits)) & (signs.length - 1)]
}

function unspell(text: string, signs: string, width: number): Bytes | null {
  const data: number[] = []
  let held = 0
  let bits = 0
  for (const sign of text) {
    const value = signs.indexOf(sign)
    if (value < 0) return null
    held = (held << width) | value
    bits += width
    if (bits < 8) continue
    bits -= 8
    data.push((held >> bits) & 255)
    held &= (1 << bits) - 1
  }
  return held === 0 && bits < width ? Uint8Array.from(data) : null
}

function checked(data: Bytes | null, size: number, length: number): Result<Bytes, CodeError> {
  if (length !== size) return err({ type: 'WrongLength', length })
  if (data === null) return err({ type: 'Mistyped' })
  const body = data.subarray(0, -CHECK_SIZE)
  return equalBytes(checkOf(body), data.subarray(-CHECK_SIZE)) ? ok(body) : err({ type: 'Mistyped' })
}

const lengthOf = (size: number, width: number): number => Math.ceil(((size + CHECK_SIZE) * 8) / width)

/** Bytes and their check as base64url. */
export const toUrlCode = (data: Uint8Array): string => spell(concat(data, checkOf(data)), URL_SIGNS, 6)

/** `size` bytes from base64url. */
export function fromUrlCode(text: string, size: number): Result<Bytes, CodeError> {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return err({ type: 'NotACode' })
  return checked(unspell(text, URL_SIGNS, 6), lengthOf(size, 6), text.length)
}

/** Bytes and their check in groups of four, with spaces between. */
export const toHandCode = (data: Uint8Array): string =>
  spell(concat(data, checkOf(data)), HAND_SIGNS, 5).replace(/(.{4})(?=.)/g, '$1 ')

/** What somebody wrote, without spaces and dashes, in the signs meant. */
export const cleanHandCode = (text: string): string =>
  text
    .replace(/[\s-]/g, '')
    .replace(/[a-z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 32))
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')

/** `size` bytes from a code written by hand, whatever the case, spaces and dashes. */
export function fromHandCode(text: string, size: number): Result<Bytes, CodeError> {
  const signs = cleanHandCode(text)
  if (!/^[0-9A-HJKMNP-TV-Z]*$/.test(signs)) return err({ type: 'NotACode' })
  return checked(unspell(signs, HAND_SIGNS, 5), lengthOf(size, 5), signs.length)
}

/** Twelve signs (60 random bits) to write down, in groups of four. */
export function newShortCode(random: Random): string {
  const signs = [...random.bytes(12)].map((byte) => HAND_SIGNS[byte & 31]).join('')
  return signs.replace(/(.{4})(?=.)/g, '$1 ')
}

/** A short code as somebody typed it; its twelve signs in the one spelling. */
export function readShortCode(text: string): Result<string, CodeError> {
  const signs = cleanHandCode(text)
  if (!/^[0-9A-HJKMNP-TV-Z]*$/.test(signs)) return err({ type: 'NotACode' })
  return signs.length === 12 ? ok(signs) : err({ type: 'WrongLength', length: signs.length })
}
