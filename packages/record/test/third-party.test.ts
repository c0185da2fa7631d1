/**
 * Project Wycheproof, run through the doors the product uses (SPEC CRY-1 to CRY-4, PUB-2). Where the product uses a primitive
 * only inside another, the test says how it gets there. Every verdict that is not Wycheproof's own stands in a table here,
 * by its number, with the reason.
 */
import { fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { hmac as storeHmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it, vi } from 'vitest'
import {
  aeadOpen,
  aeadSeal,
  hkdf,
  isSafeKemKey,
  isSafePublicKey,
  kemKeys,
  platformVerify,
  sameSecret,
  verify,
  verifySync,
} from '../src/crypto.ts'
import { hpkeOpen } from '../src/hpke.ts'
import { big, hmac as secondHmac, receiver, sealedWith } from './second-crypto.ts'
import { wycheproof } from './third-party.ts'

// many cases: longer than usual where a machine is busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const h = (text: string): Bytes => fromHex(text) as Bytes

/**
 * Where ZIP-215 and Wycheproof differ. Wycheproof asks for one spelling of R; ZIP-215 reads a point by its coordinates and so
 * takes every spelling, which is what makes its verdict the same in every library. An entry's id covers its signature, and
 * an author's place in their chain can be taken only once, so a second spelling of a signature gains nobody anything.
 */
const ZIP_215_ACCEPTS: ReadonlyMap<number, string> = new Map([
  [151, 'R spells y = 1 with the sign bit of x set: the neutral point, in another spelling'],
])

describe('Ed25519, by Wycheproof', () => {
  const tests = wycheproof('ed25519')

  it('[CRY-2] [CRY-3] ADV-59 verdicts are Wycheproof’s but for those written down, and the platform never says yes alone', async () => {
    const differing: number[] = []
    let platformSaidYes = 0
    for (const { tcId, msg, sig, result, group } of tests) {
      const [key, message, signature] = [h(group.publicKey.pk), h(msg), h(sig)]
      const byRule = verifySync(key, message, signature)
      if (byRule !== (result === 'valid')) differing.push(tcId)
      expect(await verify(key, message, signature), `test ${tcId}`).toBe(byRule)
      const byPlatform = await platformVerify(key, message, signature)
      if (byPlatform) expect(byRule, `test ${tcId}`).toBe(true)
      if (byPlatform) platformSaidYes++
    }
    expect(differing).toEqual([...ZIP_215_ACCEPTS.keys()])
    expect(platformSaidYes).toBe(tests.filter(({ result }) => result === 'valid').length)
  })

  it('[PUB-2] ADV-44 every key of Wycheproof’s own signers may come in', () => {
    const keys = new Set(tests.filter(({ result }) => result === 'valid').map(({ group }) => group.publicKey.pk))
    expect(keys.size).toBeGreaterThan(40)
    for (const key of keys) expect(isSafePublicKey(h(key)), key).toBe(true)
  })
})

/**
 * Wycheproof leaves these open (“acceptable”). What is decided, by flag, the first that fits: `comesIn`, whether such a key may
 * enter a circle or be sealed to; `opens`, whether a message whose sender used it as ephemeral key opens.
 */
const X25519_DECIDED = [
  { flag: 'ZeroSharedSecret', comesIn: false, opens: false, why: 'anybody knows the secret (RFC 9180 section 7.1.4)' },
  {
    flag: 'NonCanonicalPublic',
    comesIn: false,
    opens: true,
    why: 'one key, one spelling; the ladder reads it modulo p (RFC 7748)',
  },
  { flag: 'Twist', comesIn: true, opens: true, why: 'X25519 is safe on the twist (RFC 7748 section 7)' },
  { flag: 'SmallPublicKey', comesIn: true, opens: true, why: 'a small number is a coordinate like every other' },
  { flag: 'Ktv', comesIn: true, opens: true, why: 'an ordinary key' },
] as const

describe('X25519, by Wycheproof', () => {
  const tests = wycheproof('x25519')
  const bound = { info: h('00'), aad: h('01') }

  it('[CRY-4] ADV-59 what another sealed with each shared secret opens through HPKE, but with a secret of zeros', async () => {
    for (const { tcId, flags, result, public: theirs, private: own, shared } of tests) {
      const decided = X25519_DECIDED.find(({ flag }) => flags.includes(flag))
      if (result === 'acceptable') expect(decided, `test ${tcId}`).toBeDefined()
      // sealed by the second implementation, from Wycheproof's own shared secret: opens only if ours is the same
      const sealed = sealedWith(h(shared), h(theirs), receiver(h(own)).open, h('616c6f6e6773696465'), bound)
      const opened = await hpkeOpen(h(own), Uint8Array.from(sealed), bound)
      const opens = result === 'valid' || (decided?.opens ?? false)
      expect(opened === null ? null : toHex(opened), `test ${tcId}`).toBe(opens ? '616c6f6e6773696465' : null)
    }
  })

  it('[PUB-2] ADV-45 ADV-59 keys of low order and in a second spelling may not come in, and no other is refused', () => {
    for (const { tcId, flags, result, public: theirs } of tests) {
      const decided = X25519_DECIDED.find(({ flag }) => flags.includes(flag))
      const comesIn = result === 'valid' || (decided?.comesIn ?? false)
      expect(isSafeKemKey(h(theirs)), `test ${tcId}`).toBe(comesIn)
    }
  })

  it('[CRY-4] ADV-59 public keys follow from secrets as another library has it', () => {
    for (const own of new Set(tests.map((test) => test.private)))
      expect(toHex(kemKeys(h(own)).publicKey)).toBe(receiver(h(own)).open.toString('hex'))
  })
})

describe('AEADs, by Wycheproof', () => {
  it('[CRY-4] ADV-59 XChaCha20-Poly1305 seals to the published bytes and opens nothing that was changed', () => {
    for (const { tcId, key, iv, aad, msg, ct, tag, result } of wycheproof('xchacha20_poly1305')) {
      const opened = aeadOpen(h(key), h(iv), h(aad), h(ct + tag))
      expect(opened === null ? null : toHex(opened), `test ${tcId}`).toBe(result === 'valid' ? msg : null)
      if (result === 'valid') expect(toHex(aeadSeal(h(key), h(iv), h(aad), h(msg))), `test ${tcId}`).toBe(ct + tag)
    }
  })

  it('[CRY-4] ADV-59 ChaCha20-Poly1305, which the product has only inside HPKE, does the same in the module HPKE calls', async () => {
    const cipher = new Chacha20Poly1305()
    for (const { tcId, key, iv, aad, msg, ct, tag, result } of wycheproof('chacha20_poly1305')) {
      const context = cipher.createEncryptionContext(h(key).buffer)
      const opened = await context.open(h(iv).buffer, h(ct + tag).buffer, h(aad).buffer).then(
        (plain) => toHex(new Uint8Array(plain)),
        () => null,
      )
      expect(opened, `test ${tcId}`).toBe(result === 'valid' ? msg : null)
      if (result !== 'valid') continue
      const sealed = await context.seal(h(iv).buffer, h(msg).buffer, h(aad).buffer)
      expect(toHex(new Uint8Array(sealed)), `test ${tcId}`).toBe(ct + tag)
    }
  })
})

describe('HKDF and HMAC with SHA-256, by Wycheproof', () => {
  it('[CRY-4] ADV-59 HKDF gives the published bytes, and refuses more than there are', () => {
    for (const { tcId, ikm, salt, info, size, okm, result } of wycheproof('hkdf_sha256')) {
      const made = () => toHex(hkdf(h(ikm), h(info), size, h(salt)))
      if (result === 'valid') expect(made(), `test ${tcId}`).toBe(okm)
      else expect(made, `test ${tcId}`).toThrow()
      if (result === 'valid' && salt === '') expect(toHex(hkdf(h(ikm), h(info), size)), `test ${tcId}`).toBe(okm)
    }
  })

  it('[CRY-4] ADV-59 HMAC, which the product has inside HKDF and for names in its store, gives the published tags', () => {
    for (const { tcId, key, msg, tag, result } of wycheproof('hmac_sha256')) {
      const made = storeHmac(nobleSha256, h(key), h(msg)) // the module and the call of the device's sealed store
      expect(sameSecret(made.subarray(0, tag.length / 2), h(tag)), `test ${tcId}`).toBe(result === 'valid')
      if (tag.length !== 64) continue
      // HKDF begins with HMAC(salt, secret): its first block shows whether that was the published tag
      const first = secondHmac(h(tag), big(1, 1)).toString('hex')
      expect(toHex(hkdf(h(msg), h(''), 32, h(key))) === first, `test ${tcId}`).toBe(result === 'valid')
    }
  })
})
