/** Opening a whole record, as a device does and as the raw limit does; shared by the works in Node and in Chromium. */
import { concat } from '@alongside/base/bytes.ts'
import { law } from '@alongside/device/constitution.ts'
import type { LongRecord } from '@alongside/device/testing/long-record.ts'
import { epochKeys } from '@alongside/record/epoch.ts'
import { openFold } from '@alongside/record/fold.ts'
import type { CheckElsewhere } from '@alongside/record/reading.ts'
import type { RawJob } from './raw-open.ts'

/** What opening needs of a record: nothing but bytes and keys. */
export type Opened = Pick<LongRecord, 'circleId' | 'boxId' | 'envelopes' | 'secrets'> & {
  readonly signers: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

export const openable = ({ circleId, boxId, envelopes, secrets, writers }: LongRecord): Opened => ({
  circleId,
  boxId,
  envelopes,
  secrets,
  signers: new Map(writers.map((one) => [one.deviceId, one.device.signing.publicKey])),
})

const PIECE = 256

function* pieces<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += PIECE) yield all.slice(at, at + PIECE)
}

/** Every check there is, in the fold's own order; throws unless every entry took effect. Gives the fold. */
export async function openOurs(record: Opened, check: CheckElsewhere | null) {
  const { circleId, boxId, envelopes, secrets } = record
  const fold = openFold({
    law,
    circleId,
    boxId,
    secrets: new Map(secrets.map((secret, epoch) => [epoch, secret])),
    own: [],
    ...(check === null ? {} : { check }),
  })
  let applied = 0
  await fold.take(pieces(envelopes), (some) => {
    for (const { verdict } of some) if (verdict.type === 'applied') applied++
  })
  if (applied !== envelopes.length) throw new Error(`${envelopes.length - applied} entries had no effect`)
  return fold
}

/** The same bytes for `count` threads of the raw limit, as equal shares. */
export function rawJobs({ circleId, envelopes, secrets, signers }: Opened, count: number): readonly RawJob[] {
  const keys = secrets.map((secret, epoch) => epochKeys(circleId, epoch, secret).envelope)
  const share = Math.ceil(envelopes.length / count)
  return Array.from({ length: count }, (_, i) => {
    const mine = envelopes.slice(i * share, (i + 1) * share)
    const sizes = Uint32Array.from(mine, (one) => one.length)
    return { envelopes: concat(...mine), sizes, circleId, keys, signers }
  })
}
