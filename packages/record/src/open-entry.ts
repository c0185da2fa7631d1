/** From an envelope to the entry in it: opened, padded right, and of an entry's shape. The signature is not asked here. */
import { err, type Result } from '@alongside/base/result.ts'
import { decodeEntry, type SignedEntry } from './entry.ts'
import { openEnvelope, type EnvelopeKeys } from './envelope.ts'
import type { SetAside } from './step.ts'

/** Why there is no entry in an envelope. */
export type Unread = Extract<SetAside<never>, { readonly type: 'NotAnEnvelope' | 'CannotOpen' | 'NotAnEntry' }>

/** The entry in an envelope of this epoch, or why it is set aside. */
export function openEntry(keys: EnvelopeKeys, envelope: Uint8Array): Result<SignedEntry, Unread> {
  const opened = openEnvelope(keys, envelope)
  if (!opened.ok) {
    const why = opened.error.type
    if (why === 'NotAnEnvelope' || why === 'WrongEpoch') return err({ type: 'NotAnEnvelope' })
    return err({ type: 'CannotOpen', why })
  }
  const entry = decodeEntry(opened.value)
  return entry.ok ? entry : err({ type: 'NotAnEntry' })
}
