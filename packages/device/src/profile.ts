/** Who uses this device and how they like it: one sealed row. */
import { bool, maybe, oneOf, record, text, uint, type Of } from '@alongside/base/codec.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { language } from '@alongside/practice/people/events.ts'
import { memberName } from '@alongside/practice/people/name.ts'
import type { Settings } from './api.ts'
import type { StoreError } from './store/port.ts'
import type { SealedStore, SealedWrite } from './store/sealed.ts'

const SIZES = [1, 1.25, 1.5] as const

const profileCodec = record({
  version: uint(1),
  name: memberName,
  side: oneOf(['person', 'practitioner']),
  language,
  numerals: maybe(oneOf(['latn', 'arab'])),
  textSize: uint(SIZES.length - 1),
  leaveTo: maybe(text(500)),
  asksHowItWas: bool,
})
type Row = Of<typeof profileCodec>

export interface Profile {
  readonly name: string
  readonly side: 'person' | 'practitioner'
  readonly settings: Settings
}

/** A new user's profile. */
export const firstProfile = (name: string, tag: string, side: Profile['side']): Profile => ({
  name,
  side,
  settings: { language: tag, numerals: null, textSize: 1, leaveTo: null, asksHowItWas: true },
})

const AREA = 'device'
const NAME = 'profile'

/** The write that keeps a profile. */
export function profileWrite(profile: Profile): SealedWrite {
  const { name, side, settings } = profile
  const row: Row = {
    version: 1,
    name,
    side,
    language: settings.language,
    numerals: settings.numerals,
    textSize: Math.max(0, SIZES.indexOf(settings.textSize)),
    leaveTo: settings.leaveTo,
    asksHowItWas: settings.asksHowItWas,
  }
  return { area: AREA, name: NAME, value: encodeCbor(profileCodec.encode(row)) }
}

/** The profile, or null when the device was never finished being set up. */
export async function readProfile(store: SealedStore): Promise<Result<Profile | null, StoreError>> {
  const kept = await store.get(AREA, NAME)
  if (!kept.ok || kept.value === null) return kept.ok ? ok(null) : kept
  const plain = decodeCbor(kept.value)
  const row = plain.ok ? profileCodec.decode(plain.value) : plain
  if (!row.ok) return err({ type: 'StorageRefused' })
  const { name, side, language: tag, numerals, textSize, leaveTo, asksHowItWas } = row.value
  const settings = { language: tag, numerals, textSize: SIZES[textSize] ?? 1, leaveTo, asksHowItWas }
  return ok({ name, side, settings })
}
