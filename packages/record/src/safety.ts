/**
 * The safety phrase: what two people compare to know that nobody stands between them. Both sides' keys, the circle, the
 * place and a nonce from each go in. The practitioner commits to a nonce in the page, the person shows theirs in the yes,
 * and only then is the practitioner's opened, so neither side can search for keys that give a wanted phrase. SPEC SAF-1 to
 * SAF-3: SAF-1 the digits, SAF-2 what goes in, SAF-3 the scan.
 */
import { concat, equalBytes, fromHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { sha256 } from './crypto.ts'
import { idBytes } from './entry.ts'
import type { KeyPackage } from './keys.ts'

export interface SafetyInput {
  /** 32 bytes. */
  readonly circleId: Bytes
  readonly place: Id
  /** The person's keys and nonce (32 bytes), then the practitioner's. */
  readonly person: Pick<KeyPackage, 'member' | 'device'>
  readonly personNonce: Bytes
  readonly practitioner: Pick<KeyPackage, 'member' | 'device'>
  readonly practitionerNonce: Bytes
}

const CODE_VERSION = 1
const GROUPS = 5
const GROUP_BYTES = 6

const unhex = (text: string): Bytes => fromHex(text) ?? new Uint8Array()

function safetyHash(input: SafetyInput): Bytes {
  const { circleId, place, person, practitioner } = input
  const keys = [person.member, person.device, practitioner.member, practitioner.device].map(unhex)
  return sha256(T('safety', circleId, idBytes(place), ...keys, input.personNonce, input.practitionerNonce))
}

/** Twenty digits in five groups of four, to say aloud: each group is six bytes of the hash, modulo 10,000. */
export function safetyDigits(input: SafetyInput): readonly string[] {
  const hash = safetyHash(input)
  return Array.from({ length: GROUPS }, (_, group) => {
    let number = 0
    for (let i = 0; i < GROUP_BYTES; i++) number = (number * 256 + (hash[group * GROUP_BYTES + i] as number)) % 10_000
    return String(number).padStart(4, '0')
  })
}

/** The whole hash with a version in front, 33 bytes, for a picture that a camera reads. */
export const safetyCode = (input: SafetyInput): Bytes => concat(Uint8Array.of(CODE_VERSION), safetyHash(input))

export type SafetyError = { readonly type: 'NotASafetyCode' } | { readonly type: 'Different' }

/** Compares a code that was scanned with one's own. `Different` means somebody may stand between. */
export function compareSafetyCode(input: SafetyInput, scanned: Uint8Array): Result<null, SafetyError> {
  if (scanned.length !== 33 || scanned[0] !== CODE_VERSION) return err({ type: 'NotASafetyCode' })
  return equalBytes(safetyCode(input), scanned) ? ok(null) : err({ type: 'Different' })
}
