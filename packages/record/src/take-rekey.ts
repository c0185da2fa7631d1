/**
 * A rekey as it arrives in the record: read, held against what the entry around it says and against the circle's
 * recipients now, opened, and recomputed. A replica that it does not name can check no wraps; it stands outside from then
 * on. Source: protocol section 2.9.
 */
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { KeyPart } from './constitution.ts'
import {
  checkRekeyShape,
  decodeRekey,
  openOwnWrap,
  verifyRekey,
  type EpochNow,
  type OwnKey,
  type Rekey,
  type RekeyError,
} from './rekey.ts'

export type RekeyPart = Extract<KeyPart, { readonly type: 'rekey' }>
export type TakeError = RekeyError | { readonly type: 'NotARekey' } | { readonly type: 'NotAsSaid' }

/** What can be checked without opening anything. */
export function readRekey(part: RekeyPart, now: EpochNow): Result<Rekey, TakeError> {
  const rekey = decodeRekey(part.body)
  if (!rekey.ok) return err({ type: 'NotARekey' })
  const { fromEpoch, toEpoch, commitment } = rekey.value
  const asSaid = part.fromEpoch === fromEpoch && part.toEpoch === toEpoch && part.commitment === toHex(commitment)
  if (!asSaid) return err({ type: 'NotAsSaid' })
  const shape = checkRekeyShape(rekey.value, now)
  return shape.ok ? rekey : shape
}

/**
 * Finds the new secret and checks everything with it. `fits` is a secret this replica already has that the rekey commits
 * to, if there is one; else its own wrap is opened. What a replica believed before never decides against a rekey that
 * names it, so every replica named judges it alike.
 */
export async function takeRekey(
  rekey: Rekey,
  now: EpochNow,
  own: readonly OwnKey[],
  fits: Bytes | null,
): Promise<Result<Bytes, TakeError>> {
  const secret = fits === null ? await openOwnWrap(rekey, now.circleId, own) : ok(fits)
  if (!secret.ok) return secret
  const right = await verifyRekey(rekey, now, secret.value)
  return right.ok ? secret : right
}
