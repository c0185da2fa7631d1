import { concat, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { newKemKeys } from './crypto.ts'
import { MAX_ENTRY_SIZE } from './envelope.ts'
import { epochCommitment } from './epoch.ts'
import {
  checkRekeyShape,
  decodeRekey,
  encodeRekey,
  makeRekey,
  MAX_CAP_LEAP,
  openOwnWrap,
  verifyRekey,
  type EpochNow,
  type Rekey,
} from './rekey.ts'

const random = chance('rekey')
const people = Array.from({ length: 4 }, () => ({ id: toHex(random.bytes(16)), keys: newKemKeys(random) }))
const circleId = random.bytes(32)
const before = random.bytes(32)
const secret = random.bytes(32)
const now: EpochNow = {
  circleId,
  epoch: 2,
  capIndex: 5,
  previousCommitment: epochCommitment(1, before),
  recipients: people.map(({ id, keys }) => ({ id, kemPublicKey: keys.publicKey })),
}
let honest: Rekey

/** What each of the four concludes: open the own wrap, then check everything. */
const verdicts = (rekey: Rekey, at = now) =>
  Promise.all(
    people.map(async ({ id, keys }) => {
      const opened = await openOwnWrap(rekey, circleId, [{ id, secretKey: keys.secretKey }])
      return opened.ok && (await verifyRekey(rekey, at, opened.value)).ok
    }),
  )

beforeAll(async () => {
  honest = await makeRekey(now, secret, before)
})

const replaceWrap = (rekey: Rekey, at: number, wrap: Bytes): Rekey => ({ ...rekey, wraps: rekey.wraps.with(at, wrap) })

describe('a rekey', () => {
  it('[REK-1] is read and found right by everybody it names, and reads back as written', async () => {
    expect(await verdicts(honest)).toEqual([true, true, true, true])
    expect(must(decodeRekey(encodeRekey(honest)))).toEqual(honest)
  })

  it('[REK-2] the same secret always gives the same wraps', async () => {
    expect(await makeRekey({ ...now, recipients: [...now.recipients].reverse() }, secret, before)).toEqual(honest)
  })

  it('[REK-3] ADV-46 with garbage for one member it is wrong for all', async () => {
    for (let i = 0; i < 4; i++) {
      const wrap = Uint8Array.from(honest.wraps[i] as Bytes)
      wrap[60] = (wrap[60] as number) ^ 1
      expect(await verdicts(replaceWrap(honest, i, wrap))).toEqual([false, false, false, false])
    }
  })

  it('[REK-3] ADV-47 with a different secret for one member it is wrong for all', async () => {
    const other = await makeRekey(now, random.bytes(32), before)
    for (let i = 0; i < 4; i++)
      expect(await verdicts(replaceWrap(honest, i, other.wraps[i] as Bytes))).toEqual([false, false, false, false])
  })

  it('[REK-3] a wrap made with an ephemeral key of its own is wrong, though it opens', async () => {
    const stranger = await makeRekey({ ...now, circleId: random.bytes(32) }, secret, before)
    expect(await verdicts(replaceWrap(honest, 1, stranger.wraps[1] as Bytes))).toEqual([false, false, false, false])
  })

  it('[REK-4] ADV-48 with a history that is not the epoch before, it is wrong for all', async () => {
    for (const history of [null, random.bytes(32)]) {
      const rekey = { ...honest, history }
      expect(checkRekeyShape(rekey, now)).toEqual({ ok: false, error: { type: 'WrongHistory' } })
      expect(await verdicts(rekey)).toEqual([false, false, false, false])
    }
    const first = { ...now, epoch: 0, previousCommitment: null }
    const early = await makeRekey(first, secret, null)
    expect(await verdicts(early, first)).toEqual([true, true, true, true])
    expect(checkRekeyShape({ ...early, history: before }, first).ok).toBe(false)
  })

  it('[REK-5] ADV-49 ADV-22 ADV-31 leaving one out, naming one too many or another order is wrong for all', async () => {
    const extra = newKemKeys(random).publicKey
    const fewer = await makeRekey({ ...now, recipients: now.recipients.slice(1) }, secret, before)
    const more = await makeRekey(
      { ...now, recipients: [...now.recipients, { id: toHex(random.bytes(16)), kemPublicKey: extra }] },
      secret,
      before,
    )
    const turned = { ...honest, wraps: [...honest.wraps].reverse() }
    const twice = { ...honest, wraps: honest.wraps.with(1, honest.wraps[0] as Bytes) }
    for (const rekey of [fewer, more, turned, twice]) {
      expect(checkRekeyShape(rekey, now)).toEqual({ ok: false, error: { type: 'WrongRecipients' } })
      expect(await verdicts(rekey)).toEqual([false, false, false, false])
    }
  })

  it('[REK-6] ADV-50 with a wrong capability key it is wrong, and the next index repairs it', async () => {
    const bogus = { ...honest, capPublicKey: random.bytes(32) }
    expect(await verdicts(bogus)).toEqual([false, false, false, false])
    expect(await verdicts(await makeRekey(now, secret, before, honest.capIndex + 1))).toEqual([true, true, true, true])
    expect(await verdicts(await makeRekey(now, secret, before, now.capIndex))).toEqual([false, false, false, false])
  })

  it('[REK-6] nobody can use all indexes up: one that leaps too far is wrong', async () => {
    for (const capIndex of [now.capIndex + MAX_CAP_LEAP + 1, 0xffff_ffff]) {
      const rekey = await makeRekey(now, secret, before, capIndex)
      expect(checkRekeyShape(rekey, now)).toEqual({ ok: false, error: { type: 'WrongCapability', capIndex } })
      expect(await verdicts(rekey)).toEqual([false, false, false, false])
    }
    const far = await makeRekey(now, secret, before, now.capIndex + MAX_CAP_LEAP)
    expect(await verdicts(far)).toEqual([true, true, true, true])
    const old = await makeRekey(now, secret, before, now.capIndex)
    expect(checkRekeyShape(old, now)).toMatchObject({ error: { type: 'WrongCapability' } })
  })

  it('[REK-7] from another epoch or of another suite it is wrong', async () => {
    const wrongEpoch = { ...now, epoch: 1, previousCommitment: epochCommitment(0, before) }
    expect(await verdicts(await makeRekey(wrongEpoch, secret, before))).toEqual([false, false, false, false])
    expect(await verdicts({ ...honest, suite: 0 })).toEqual([false, false, false, false])
  })

  it('[REK-7] says of each wrong rekey what is wrong with it', async () => {
    const shape = (rekey: Rekey) => {
      const checked = checkRekeyShape(rekey, now)
      return checked.ok ? null : checked.error
    }
    expect(shape({ ...honest, suite: 0 })).toEqual({ type: 'WrongSuite', suite: 0 })
    expect(shape({ ...honest, fromEpoch: 1 })).toEqual({ type: 'WrongEpoch', from: 1, to: 3 })
    expect(shape({ ...honest, toEpoch: 4 })).toEqual({ type: 'WrongEpoch', from: 2, to: 4 })
    expect(shape({ ...honest, wraps: [...honest.wraps, honest.wraps[0] as Bytes] })).toEqual({
      type: 'WrongRecipients',
    })
    const whole = async (rekey: Rekey, given = secret) => {
      const checked = await verifyRekey(rekey, now, given)
      return checked.ok ? null : checked.error
    }
    expect(await whole(honest)).toBeNull()
    expect(await whole(honest, random.bytes(32))).toEqual({ type: 'WrongCommitment' })
    expect(await whole(honest, secret.subarray(1))).toEqual({ type: 'WrongCommitment' })
    expect(await whole({ ...honest, capPublicKey: random.bytes(32) })).toEqual({ type: 'WrongCapabilityKey' })
    const bent = Uint8Array.from(honest.wraps[2] as Bytes)
    bent[60] = (bent[60] as number) ^ 1
    const recipient = toHex(bent.subarray(0, 16))
    expect(await whole(replaceWrap(honest, 2, bent))).toEqual({ type: 'WrongWrap', recipient })
    const own = people.find((one) => one.id === recipient)?.keys.secretKey ?? new Uint8Array()
    const opened = await openOwnWrap(replaceWrap(honest, 2, bent), circleId, [{ id: recipient, secretKey: own }])
    expect(opened).toEqual({ ok: false, error: { type: 'WrapDoesNotOpen', recipient } })
  })

  it('[REK-5] ADV-80 the fullest circle fits: fifty members with eight devices each can still shut somebody out', () => {
    const wraps = (count: number) => Array.from({ length: count }, () => random.bytes(96))
    const full = encodeRekey({ ...honest, wraps: wraps(50 * 9) })
    expect(decodeRekey(full).ok).toBe(true)
    expect(full.length).toBeLessThan(MAX_ENTRY_SIZE - 1_000)
    expect(decodeRekey(encodeRekey({ ...honest, wraps: wraps(50 * 9 + 1) })).ok).toBe(false)
  })

  it('[REK-8] somebody it does not name cannot open it, and is told so', async () => {
    const key = { id: toHex(random.bytes(16)), secretKey: newKemKeys(random).secretKey }
    expect(await openOwnWrap(honest, circleId, [key])).toEqual({ ok: false, error: { type: 'NoWrapForMe' } })
  })

  it('[REK-1] any bytes give a rekey or an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeRekey(Uint8Array.from(bytes)).ok).toBe(false)
      }),
    )
    expect(decodeRekey(concat(encodeRekey(honest), Uint8Array.of(0))).ok).toBe(false)
  })
})
