/** The vectors printed in RFC 5869, RFC 8032 and RFC 9180, every one for what we use, through our own doors. */
import { fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { describe, expect, it } from 'vitest'
import { hkdf, kemKeys, platformVerify, sign, signingKeys, signSync, verify, verifySync } from '../src/crypto.ts'
import { HPKE_OVERHEAD, hpkeOpen, hpkeSeal } from '../src/hpke.ts'
import { derivedPair, scheduled, shared } from './second-crypto.ts'
import { rfc } from './third-party.ts'

const h = (text: string): Bytes => fromHex(text) as Bytes

it.each(rfc('rfc8032'))('[CRY-1] ADV-59 RFC 8032 section 7.1, $name', async (test) => {
  const [message, signature] = [h(test.message), h(test.signature)]
  const keys = signingKeys(h(test.secretKey))
  expect(toHex(keys.publicKey)).toBe(test.publicKey)
  expect(toHex(signSync(keys.secretKey, message))).toBe(test.signature)
  expect(toHex(await sign(keys.secretKey, message))).toBe(test.signature)
  for (const right of [verifySync, verify, platformVerify]) {
    expect(await right(keys.publicKey, message, signature)).toBe(true)
    const bent = Uint8Array.from(signature)
    bent[0] = (bent[0] as number) ^ 1
    expect(await right(keys.publicKey, message, bent)).toBe(false)
  }
})

it.each(rfc('rfc5869'))('[CRY-4] ADV-59 RFC 5869 appendix $name', ({ ikm, salt, info, size, okm }) => {
  expect(toHex(hkdf(h(ikm), h(info), size, h(salt)))).toBe(okm)
})

describe.each(rfc('rfc9180'))('RFC 9180 appendix $section', (test) => {
  const [first = { pt: '', aad: '', ct: '' }] = test.encryptions
  const psk = test.psk === undefined ? {} : { psk: { key: h(test.psk), id: h(test.psk_id ?? '') } }
  const binding = { info: h(test.info), aad: h(first.aad), ...psk }

  it('[CRY-4] ADV-59 is sealed and opened byte for byte by the door that makes a context for one message', async () => {
    const sealed = await hpkeSeal(h(test.pkRm), h(first.pt), binding, h(test.ikmE))
    expect(toHex(sealed)).toBe(test.pkEm + first.ct)
    expect(sealed.length).toBe(first.pt.length / 2 + HPKE_OVERHEAD)
    expect(toHex((await hpkeOpen(h(test.skRm), sealed, binding)) ?? new Uint8Array())).toBe(first.pt)
    expect(toHex(kemKeys(h(test.skRm)).publicKey)).toBe(test.pkRm)
    for (const other of test.encryptions.slice(1)) {
      // a context is never used for a second message: what is later in a sequence does not open
      const later = h(test.pkEm + other.ct)
      expect(await hpkeOpen(h(test.skRm), later, { ...binding, aad: h(other.aad) })).toBeNull()
    }
  })

  it('[CRY-4] ADV-59 has the published keys in the second implementation, and later messages in the cipher’s own module', async () => {
    expect(derivedPair(h(test.ikmE)).open.toString('hex')).toBe(test.pkEm)
    expect(derivedPair(h(test.ikmE)).secret.toString('hex')).toBe(test.skEm)
    expect(derivedPair(h(test.ikmR)).secret.toString('hex')).toBe(test.skRm)
    const made = scheduled(shared(h(test.skEm), h(test.pkRm)), h(test.pkEm), h(test.pkRm), binding)
    expect(made.kemSecret.toString('hex')).toBe(test.shared_secret)
    expect(made.key.toString('hex')).toBe(test.key)
    expect(made.nonce.toString('hex')).toBe(test.base_nonce)
    const context = new Chacha20Poly1305().createEncryptionContext(h(test.key).buffer)
    for (const { pt, aad, nonce, ct } of test.encryptions)
      expect(toHex(new Uint8Array(await context.seal(h(nonce).buffer, h(pt).buffer, h(aad).buffer)))).toBe(ct)
  })
})
