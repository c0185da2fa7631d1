/** Signs a device's next entries, each following the one before, and seals them under the epoch in force. */
import type { Bytes } from '@alongside/base/bytes.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { checkShape } from '@alongside/practice/registry.ts'
import { signEntry, type EntryBody, type SignedEntry } from '@alongside/record/entry.ts'
import { MAX_ENTRY_SIZE, sealEnvelope } from '@alongside/record/envelope.ts'
import type { EpochKeys } from '@alongside/record/epoch.ts'
import type { ActError } from '../api.ts'
import { entryPartsOf } from '../constitution.ts'

/** Where an author stands: what the next entry must follow, and what it has seen. */
export type Standing = Omit<EntryBody, 'type' | 'payload'>

/** What signing adds to a payload, at most: body fields, signature and their headers. */
const ENTRY_OVERHEAD = 300

/** Signs events one after another; the first entry takes the counter and `prev` of `standing`. */
export async function signEvents(
  events: readonly PracticeEvent[],
  standing: Standing,
  deviceSecret: Bytes,
): Promise<Result<readonly SignedEntry[], ActError>> {
  const signed: SignedEntry[] = []
  for (const event of events) {
    const fits = checkShape(event)
    if (!fits.ok) {
      if (fits.error.type === 'UnknownEvent') return err({ type: 'WrongShape', at: event.type, wanted: 'an event' })
      return err(fits.error)
    }
    const parts = entryPartsOf(event)
    if (parts.payload.length + ENTRY_OVERHEAD > MAX_ENTRY_SIZE) return err({ type: 'TooLarge' })
    const last = signed.at(-1)
    const follows = last === undefined ? {} : { ctr: last.body.ctr + 1, prev: last.hash }
    signed.push(await signEntry({ ...standing, ...follows, ...parts }, deviceSecret))
  }
  return ok(signed)
}

/** An entry sealed under an epoch, or null when it is too long for any envelope. */
export function seal(keys: EpochKeys, entry: SignedEntry, random: Random): Bytes | null {
  const sealed = sealEnvelope(keys, entry.bytes, random)
  return sealed.ok ? sealed.value : null
}
