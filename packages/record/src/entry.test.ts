import { encodeCbor, type Plain } from '@alongside/base/cbor.ts'
import { equalBytes, utf8 } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { newSigningKeys, sha256, verify } from './crypto.ts'
import { decodeEntry, fromMinutes, isSigned, signEntry, toMinutes, ZERO_HASH, type EntryBody } from './entry.ts'
import { deviceId } from './keys.ts'

const device = newSigningKeys(chance('entry'))
const body: EntryBody = {
  rules: 1,
  circleId: sha256(utf8('circle')),
  type: 40,
  deviceId: deviceId(device.publicKey),
  ctr: 7,
  prev: sha256(utf8('prev')),
  seenSeq: 12,
  seenHead: sha256(utf8('head')),
  t: 3_000_000,
  payload: utf8('payload'),
}

describe('an entry', () => {
  it('[ENT-1] reads back as it was signed, from its bytes alone', async () => {
    const signed = await signEntry(body, device.secretKey)
    const read = must(decodeEntry(signed.bytes))
    expect(read).toEqual(signed)
    expect(read.body).toEqual(body)
    expect(signed.id).toHaveLength(32)
    expect(signed.bytes.length - body.payload.length).toBeLessThanOrEqual(208)
  })

  it('[ENT-2] is signed by its device, over every byte of the body', async () => {
    const signed = await signEntry(body, device.secretKey)
    expect(await isSigned(signed, device.publicKey, verify)).toBe(true)
    expect(await isSigned(signed, newSigningKeys(chance('other')).publicKey, verify)).toBe(false)
    for (let at = 0; at < signed.bytes.length; at += 3) {
      const bent = Uint8Array.from(signed.bytes)
      bent[at] = (bent[at] as number) ^ 1
      const read = decodeEntry(bent)
      expect(read.ok && (await isSigned(read.value, device.publicKey, verify))).toBe(false)
    }
  })

  it('[ENT-3] two different signed forms never share a name', async () => {
    const one = await signEntry(body, device.secretKey)
    const two = await signEntry({ ...body, ctr: 8 }, device.secretKey)
    expect(equalBytes(one.hash, two.hash)).toBe(false)
  })

  it('[ENT-4] ADV-76 anything else is refused: other versions, more fields, other spellings, random bytes', async () => {
    const fields: Plain[] = [1, 1, body.circleId, 40, new Uint8Array(16), 1, ZERO_HASH, 0, ZERO_HASH, 0, utf8('')]
    const wrap = (inner: Uint8Array) => encodeCbor([inner, new Uint8Array(64)])
    expect(decodeEntry(wrap(encodeCbor(fields))).ok).toBe(true)
    expect(decodeEntry(wrap(encodeCbor([2, ...fields.slice(1)])))).toEqual({
      ok: false,
      error: { type: 'UnknownEntryVersion', version: 2 },
    })
    expect(decodeEntry(wrap(encodeCbor([...fields, 0]))).ok).toBe(false)
    expect(decodeEntry(wrap(encodeCbor(fields.slice(1)))).ok).toBe(false)
    const deep = fields.with(10, [[[[[[[[[0]]]]]]]]])
    expect(decodeEntry(wrap(encodeCbor(deep))).ok).toBe(false)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(decodeEntry(Uint8Array.from(bytes)).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('[ENT-5] carries minutes since 2020, for display only', () => {
    expect(toMinutes(Date.UTC(2020, 0, 1, 0, 1))).toBe(1)
    expect(fromMinutes(toMinutes(Date.UTC(2026, 5, 1, 12, 30)))).toBe(Date.UTC(2026, 5, 1, 12, 30))
    expect(toMinutes(0)).toBe(0)
  })
})
