import { concat, equalBytes, fromHex, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { LABELS, T } from '@alongside/base/label.ts'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { LOW_ORDER_KEM, malleated, SMALL_ORDER, torsioned, type Signed } from '../test/hostile-keys.ts'
import {
  aeadOpen,
  hkdf,
  isSafeKemKey,
  isSafePublicKey,
  kemKeys,
  newSigningKeys,
  platformVerify,
  sha256,
  sign,
  signingKeys,
  signSync,
  verify,
  verifySync,
} from './crypto.ts'
import { hpkeOpen, hpkeSeal } from './hpke.ts'

const h = (text: string): Bytes => fromHex(text) as Bytes
const grid: Signed[] = SMALL_ORDER.flatMap((publicKey) =>
  SMALL_ORDER.map((r) => ({ publicKey, message: utf8('consent'), signature: concat(r, new Uint8Array(32)) })),
)

describe('signatures', () => {
  it('[CRY-1] RFC 8032 test 2 signs and verifies as published, by both ways', async () => {
    const keys = signingKeys(h('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'))
    expect(toHex(keys.publicKey)).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
    const wanted =
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'
    expect(toHex(signSync(keys.secretKey, Uint8Array.of(0x72)))).toBe(wanted)
    expect(toHex(await sign(keys.secretKey, Uint8Array.of(0x72)))).toBe(wanted)
    expect(await verify(keys.publicKey, Uint8Array.of(0x72), h(wanted))).toBe(true)
    expect(await verify(keys.publicKey, Uint8Array.of(0x73), h(wanted))).toBe(false)
  })

  it('[CRY-2] ADV-42 every small-order pair is accepted by the rule, whatever the platform says of it', async () => {
    for (const { publicKey, message, signature } of grid) {
      expect(verifySync(publicKey, message, signature)).toBe(true)
      expect(await verify(publicKey, message, signature)).toBe(true)
    }
  })

  it('[CRY-2] ADV-42 torsioned signatures and keys have one verdict', async () => {
    for (let i = 0; i < 40; i++) {
      const { publicKey, message, signature } = torsioned(i)
      expect(verifySync(publicKey, message, signature)).toBe(true)
      expect(await verify(publicKey, message, signature)).toBe(true)
      expect(await verify(publicKey, utf8('other'), signature)).toBe(false)
    }
  })

  it('[CRY-2] ADV-42 a signature with S + L is refused by both ways', async () => {
    const keys = newSigningKeys(chance('malleable'))
    const signature = signSync(keys.secretKey, utf8('consent'))
    const changed = malleated(signature)
    expect(verifySync(keys.publicKey, utf8('consent'), changed)).toBe(false)
    expect(await verify(keys.publicKey, utf8('consent'), changed)).toBe(false)
  })

  it('[CRY-3] ADV-43 the platform never accepts what the rule refuses', async () => {
    const cases = [...grid, ...Array.from({ length: 40 }, (_, i) => torsioned(i))]
    for (const { publicKey, message, signature } of cases) {
      if (await platformVerify(publicKey, message, signature))
        expect(verifySync(publicKey, message, signature)).toBe(true)
      const bent = Uint8Array.from(signature)
      bent[40] = (bent[40] as number) ^ 1
      if (await platformVerify(publicKey, message, bent)) expect(verifySync(publicKey, message, bent)).toBe(true)
    }
  })

  it('keys and signatures of any length give an answer, never a throw', async () => {
    for (const size of [0, 1, 31, 33, 64, 65])
      expect(await verify(new Uint8Array(size), utf8('m'), new Uint8Array(64 - (size % 3)))).toBe(false)
  })

  it('ADV-53 a signature for one label verifies under no other', async () => {
    const keys = newSigningKeys(chance('labels'))
    const signature = signSync(keys.secretKey, T('event', utf8('body')))
    for (const label of LABELS)
      expect(verifySync(keys.publicKey, T(label, utf8('body')), signature)).toBe(label === 'event')
  })
})

describe('keys that may come in', () => {
  it('[PUB-2] ADV-44 small-order, torsioned and non-canonical signing keys are unsafe', () => {
    for (const key of SMALL_ORDER) expect(isSafePublicKey(key)).toBe(false)
    for (let i = 2; i < 8; i++) {
      const { publicKey } = torsioned(i * 2 + 5)
      const point = ed25519.Point.fromBytes(publicKey, true)
      expect(isSafePublicKey(publicKey)).toBe(point.isTorsionFree())
    }
    expect(isSafePublicKey(torsioned(10).publicKey)).toBe(false)
    expect(isSafePublicKey(new Uint8Array(31))).toBe(false)
    expect(isSafePublicKey(newSigningKeys(chance('good')).publicKey)).toBe(true)
  })

  it('[PUB-2] ADV-45 zero, low-order and non-canonical KEM keys are unsafe', () => {
    for (const key of LOW_ORDER_KEM) expect(isSafeKemKey(key)).toBe(false)
    const good = kemKeys(sha256(utf8('kem'))).publicKey
    expect(isSafeKemKey(good)).toBe(true)
    const high = Uint8Array.from(good)
    high[31] = (high[31] as number) | 0x80
    expect(isSafeKemKey(high)).toBe(false)
    expect(isSafeKemKey(good.subarray(1))).toBe(false)
  })
})

describe('published vectors', () => {
  it('[CRY-4] RFC 5869 test 1', () => {
    const okm = hkdf(
      h('0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b'),
      h('f0f1f2f3f4f5f6f7f8f9'),
      42,
      h('000102030405060708090a0b0c'),
    )
    expect(toHex(okm)).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865')
  })

  it('[CRY-4] the XChaCha20-Poly1305 draft, appendix A.3.1', () => {
    const key = Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i)
    const nonce = Uint8Array.from({ length: 24 }, (_, i) => 0x40 + i)
    const aad = h('50515253c0c1c2c3c4c5c6c7')
    const text = utf8(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
    )
    const sealed = xchacha20poly1305(key, nonce, aad).encrypt(text) as Bytes
    expect(toHex(sealed.subarray(-16))).toBe('c0875924c1c7987947deafd8780acf49')
    expect(equalBytes(aeadOpen(key, nonce, aad, sealed) ?? new Uint8Array(), text)).toBe(true)
  })

  it('[CRY-4] RFC 9180 appendix A.2.1, base mode, the first encryption', async () => {
    const sealed = await hpkeSeal(
      h('4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a'),
      h('4265617574792069732074727574682c20747275746820626561757479'),
      { info: h('4f6465206f6e2061204772656369616e2055726e'), aad: h('436f756e742d30') },
      h('909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b'),
    )
    expect(toHex(sealed.subarray(0, 32))).toBe('1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a')
    expect(toHex(sealed.subarray(32))).toBe(
      '1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28',
    )
  })
})

describe('sealing to a public key', () => {
  const keys = kemKeys(sha256(utf8('recipient')))
  const binding = { info: T('welcome', utf8('place')), aad: T('aad', utf8('x')) }
  const psk = { key: sha256(utf8('psk')), id: utf8('place') }

  it('opens with the right key, binding and shared secret, and with nothing else', async () => {
    const plain = await hpkeSeal(keys.publicKey, utf8('hello'), binding)
    expect(await hpkeOpen(keys.secretKey, plain, binding)).toEqual(utf8('hello'))
    expect(await hpkeOpen(keys.secretKey, plain, { ...binding, aad: T('aad', utf8('y')) })).toBeNull()
    expect(await hpkeOpen(keys.secretKey, plain, { ...binding, info: T('wrap') })).toBeNull()
    expect(await hpkeOpen(keys.secretKey, plain, { ...binding, psk })).toBeNull()
    const shared = await hpkeSeal(keys.publicKey, utf8('hello'), { ...binding, psk })
    expect(await hpkeOpen(keys.secretKey, shared, { ...binding, psk })).toEqual(utf8('hello'))
    expect(await hpkeOpen(keys.secretKey, shared, binding)).toBeNull()
    expect(await hpkeOpen(keys.secretKey, new Uint8Array(20), binding)).toBeNull()
  })
})
