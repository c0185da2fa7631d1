/**
 * What a member may be called. A name stands in other people's sentences, beside their signatures and in what they
 * compare, so it says something and cannot bend the text around it. The characters are listed by number, so that every
 * device takes and refuses the same names whatever Unicode version it knows. Joiners inside a name (in emoji, in Persian
 * or Hindi) are as good as letters. Source: protocol section 2.18.
 */
import { text, type Codec } from '@alongside/base/codec.ts'
import { err } from '@alongside/base/result.ts'
import { isBlank } from '../shapes.ts'

/** UTF-16 units that a name has at most. */
export const NAME_MOST = 64

/** From, to: control characters, line and paragraph ends, and what turns the direction of the text that follows. */
const NOT_IN_NAMES = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x061c, 0x061c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
] as const

/** What is wrong with a name: it says nothing, or it holds a character that is not seen but changes what is. */
export type NameFault = 'blank' | 'hidden'

/** What is wrong with a name, or null. Its length is the shape's to judge. */
export function nameFault(name: string): NameFault | null {
  if (isBlank(name)) return 'blank'
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i)
    if (NOT_IN_NAMES.some(([from, to]) => unit >= from && unit <= to)) return 'hidden'
  }
  return null
}

const anyText = text(NAME_MOST, 1)

/** A name as the member wants to be called. */
export const memberName: Codec<string> = {
  encode: (name) => anyText.encode(name),
  decode: (plain, at = '') => {
    const name = anyText.decode(plain, at)
    return name.ok && nameFault(name.value) === null ? name : err({ type: 'WrongShape', at, wanted: 'a name' })
  },
}
