/** The same record read in other time zones, in other languages and from objects whose fields came in another order. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const PLACES = [
  { order: 0, TZ: 'UTC', LC_ALL: 'C.UTF-8', locale: 'en-US' },
  { order: 1, TZ: 'Europe/Istanbul', LC_ALL: 'tr_TR.UTF-8', locale: 'tr-TR' },
  { order: 2, TZ: 'Africa/Cairo', LC_ALL: 'ar_EG.UTF-8', locale: 'ar-EG' },
  { order: 3, TZ: 'Pacific/Kiritimati', LC_ALL: 'fa_IR.UTF-8', locale: 'fa-IR' },
  { order: 4, TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8', locale: 'de-DE' },
] as const

const reader = fileURLToPath(new URL('read-elsewhere.ts', import.meta.url))

interface Reading {
  readonly locale: string
  readonly timeZone: string
  readonly product: string
  readonly second: string
}

async function readIn(place: (typeof PLACES)[number]): Promise<Reading> {
  const env = { ...process.env, TZ: place.TZ, LC_ALL: place.LC_ALL, LANG: place.LC_ALL }
  const { stdout } = await promisify(execFile)(process.execPath, [reader, String(place.order), '8'], { env })
  return JSON.parse(stdout) as Reading
}

describe('one record, read elsewhere', { timeout: 240_000 }, () => {
  it('[GEN-7] ADV-92 gives both reducers the same digest in every time zone, language and order of fields', async () => {
    const readings: Reading[] = []
    for (const place of PLACES) readings.push(await readIn(place))
    for (const [at, place] of PLACES.entries())
      expect(readings[at]).toMatchObject({ locale: place.locale, timeZone: place.TZ })
    const digests = readings.flatMap(({ product, second }) => [product, second])
    expect(new Set(digests).size, digests.join('\n')).toBe(1)
  })
})
