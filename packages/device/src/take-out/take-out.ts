/**
 * Taking the record out: everything this device can read of a circle, as one page to read and one file for other software.
 * Made on the device; nobody is told. Signatures go along only by choice, because they prove to strangers who said what.
 * Source: decisions “Export”.
 */
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Clock } from '@alongside/base/world.ts'
import type { ActError, StorageError } from '../api.ts'
import type { CircleOnDevice } from '../circle/circle.ts'
import type { CheckIns } from '../meeting/check-ins.ts'
import { takenOut } from './data.ts'
import { takenPage } from './page.ts'
import type { TakeOutTexts } from './words.ts'

export async function takeOut(
  circle: CircleOnDevice,
  checkIns: CheckIns | null,
  with_: { readonly signatures: boolean; readonly language: string; readonly texts: TakeOutTexts },
  clock: Clock,
): Promise<Result<{ page: string; json: string }, StorageError | ActError>> {
  const outcomes = await circle.history()
  if (!outcomes.ok) return outcomes
  if (circle.now().confirmed.seq > 0 && outcomes.value.length === 0) return err({ type: 'Frozen' }) // nothing is left here
  const proof = await circle.equivocation()
  if (!proof.ok) return proof
  const waiting = circle.now().ahead.filter((one) => one.seq > outcomes.value.length)
  const opened = checkIns?.opened() ?? []
  const state = circle.state()
  const of = { me: circle.me, outcomes: [...outcomes.value, ...waiting], checkIns: opened, proof: proof.value }
  const data = takenOut(state, of, { signatures: with_.signatures, at: clock.now() })
  return ok({ page: takenPage(state, data, opened, with_), json: `${JSON.stringify(data, null, 2)}\n` })
}
