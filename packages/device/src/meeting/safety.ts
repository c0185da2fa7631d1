/**
 * The safety phrase of two members, from what the record holds: keys, place and both nonces. It can be shown once the
 * newcomer's nonce was opened, and it is worked out from the record alone, so both devices get the same or know that
 * they did not see the same record. It gates nothing. Source: protocol section 2.8.
 */
import { fromHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '@alongside/practice/define.ts'
import { isActive } from '@alongside/practice/people/state.ts'
import { compareSafetyCode, safetyCode, safetyDigits, type SafetyInput } from '@alongside/record/safety.ts'

export interface Safety {
  /** Twenty digits in five groups of four, with spaces between. */
  readonly digits: string
  /** The whole code, 33 bytes, for a picture. */
  readonly code: Bytes
}

/** What the phrase between `me` and `member` is made of; null until both nonces are in the record. */
function inputOf(circle: Circle, circleId: Bytes, me: Id, member: Id): SafetyInput | null {
  const person = circle.people.members[circle.people.person ?? '']
  const other = circle.people.members[member === person?.id ? me : member]
  if (person === undefined || other === undefined || person.id === other.id) return null
  if (me !== person.id && member !== person.id) return null // two who were let in have no phrase of their own
  const personNonce = other.myNonce === null ? null : fromHex(other.myNonce)
  const practitionerNonce = other.theirNonce === null ? null : fromHex(other.theirNonce)
  if (other.place === null || personNonce === null || practitionerNonce === null) return null
  const keys = { person: person.keys, practitioner: other.keys }
  return { circleId, place: other.place, ...keys, personNonce, practitionerNonce }
}

/** For each other member whose keys are in force: digits and code, or null while a nonce is not known. */
export function safetyView(circle: Circle, circleId: Bytes, me: Id): { readonly [member: Id]: Safety | null } {
  const view: Record<Id, Safety | null> = {}
  for (const member of Object.keys(circle.people.members).sort()) {
    if (member === me || !isActive(circle, member)) continue
    const input = inputOf(circle, circleId, me, member)
    view[member] = input === null ? null : { digits: safetyDigits(input).join(' '), code: safetyCode(input) }
  }
  return view
}

/** Whether a code that was scanned is the one this device holds for a member. */
export function isSafetySame(circle: Circle, circleId: Bytes, me: Id, member: Id, scanned: Uint8Array): boolean {
  const input = inputOf(circle, circleId, me, member)
  return input !== null && compareSafetyCode(input, scanned).ok
}
