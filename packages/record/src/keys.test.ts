import { fromHex, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { epochCommitment, capabilityKeys, epochKeys } from './epoch.ts'
import {
  checkKeyPackage,
  createDeviceKeys,
  createMemberKeys,
  createOwnerKeys,
  deviceId,
  keyPackageCodec,
  makeKeyPackage,
  memberId,
  recipientsOf,
} from './keys.ts'

const random = chance('keys')
const anchor = random.bytes(16)
const member = createMemberKeys(random)
const device = createDeviceKeys(random)
const pack = makeKeyPackage(anchor, member, device)
const circle = random.bytes(32)

describe('a key package', () => {
  it('[PUB-1] carries four public keys and a proof, and reads back as written', () => {
    expect(checkKeyPackage(anchor, pack).ok).toBe(true)
    expect(must(keyPackageCodec.decode(keyPackageCodec.encode(pack)))).toEqual(pack)
  })

  it('[PUB-3] is good for one anchor and one set of keys only', () => {
    expect(checkKeyPackage(random.bytes(16), pack)).toEqual({ ok: false, error: { type: 'BadProof' } })
    const other = makeKeyPackage(anchor, createMemberKeys(random), createDeviceKeys(random))
    for (const key of ['recovery', 'device', 'deviceKem'] as const)
      expect(checkKeyPackage(anchor, { ...pack, [key]: other[key] })).toEqual({
        ok: false,
        error: { type: 'BadProof' },
      })
  })

  it('[PUB-2] ADV-44 ADV-45 is refused with a key that is not safe', () => {
    const zero = '00'.repeat(32)
    for (const key of ['member', 'device', 'recovery', 'deviceKem'] as const)
      expect(checkKeyPackage(anchor, { ...pack, [key]: zero })).toEqual({
        ok: false,
        error: { type: 'UnsafeKey', key },
      })
  })

  it('[PUB-2] is refused when one key has two uses', () => {
    const same = makeKeyPackage(anchor, member, { signing: member.identity, kem: device.kem })
    expect(checkKeyPackage(anchor, same)).toEqual({ ok: false, error: { type: 'SameKeyTwice' } })
  })
})

describe('names', () => {
  it('[PUB-4] a member is named differently in each circle, and receives by recovery key and by device', () => {
    expect(memberId(circle, member.identity.publicKey)).not.toBe(memberId(random.bytes(32), member.identity.publicKey))
    const [recovery, phone] = recipientsOf(circle, pack)
    expect(recovery.id).toBe(memberId(circle, fromHex(pack.member) as Bytes))
    expect(phone.id).toBe(deviceId(device.signing.publicKey))
    expect(phone.kemPublicKey).toEqual(device.kem.publicKey)
  })
})

describe('an epoch', () => {
  it('[PUB-5] gives a different key for each purpose, epoch, circle and capability index', () => {
    const secret = random.bytes(32)
    const all = [
      ...[0, 1].flatMap((epoch) => {
        const keys = epochKeys(circle, epoch, secret)
        return [keys.envelope, keys.live, keys.draft, epochCommitment(epoch, secret)]
      }),
      epochKeys(random.bytes(32), 0, secret).envelope,
      capabilityKeys(circle, secret, 0).publicKey,
      capabilityKeys(circle, secret, 1).publicKey,
      createOwnerKeys(random).publicKey,
    ].map((key) => key.join())
    expect(new Set(all).size).toBe(all.length)
  })
})
