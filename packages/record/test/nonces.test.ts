/**
 * No key meets the same nonce twice. Every sealed box draws 24 bytes that are salt of its key and nonce at once, so a pair
 * repeats only if a draw does; what is drawn is read back from real boxes, their keys are worked out by the second
 * implementation, and the source itself is drawn from as often as a circle would write in decades.
 */
import { toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { T } from '@alongside/base/label.ts'
import { must } from '@alongside/base/result.ts'
import { systemRandom } from '@alongside/base/world.ts'
import { describe, expect, it, vi } from 'vitest'
import { newKemKeys, newSigningKeys } from '../src/crypto.ts'
import { sealDraft } from '../src/draft.ts'
import { sealEnvelope } from '../src/envelope.ts'
import { epochKeys } from '../src/epoch.ts'
import { hpkeSeal } from '../src/hpke.ts'
import { newPlaceAuthor, placeKeys } from '../src/invite/place.ts'
import { sealPage } from '../src/invite/page.ts'
import { openLiveSender } from '../src/live.ts'
import { SALT_SIZE } from '../src/box.ts'
import { sealItem } from '../src/sealed.ts'
import { newPassphraseSalt, sealWayBack } from '../src/way-back.ts'
import { big, hkdf, join, labelled } from './second-crypto.ts'

// many cases: longer than usual where a machine is busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const SALTS = Number(process.env['NONCES'] ?? 1_000_000)
const random = systemRandom
const secret = random.bytes(32)
const circle = random.bytes(32)
const keys = epochKeys(circle, 3, secret)
const epoch = big(3, 4)

/** Salt and commitment of a box, with the key that the second implementation works out for it. */
function logged(log: Set<string>, under: Uint8Array, info: Uint8Array, box: Uint8Array): void {
  const salt = box.subarray(0, 24)
  const okm = hkdf(under, info, 64, salt)
  // the commitment shows that this is the key it was sealed under
  expect(toHex(box.subarray(24, 56))).toBe(okm.subarray(32).toString('hex'))
  log.add(`${okm.subarray(0, 32).toString('hex')} ${toHex(salt)}`)
}

describe('keys and nonces', () => {
  it('[ENV-1] ADV-52 no pair repeats over every kind of box, when the same words are sealed again and again', async () => {
    const log = new Set<string>()
    let boxes = 0
    const text = utf8('the same words')
    const place = placeKeys(secret)
    const author = newPlaceAuthor(random)
    const note = toHex(random.bytes(16))
    const device = newSigningKeys(random)
    for (let i = 0; i < 300; i++) {
      const envelope = must(sealEnvelope(keys, text, random))
      const bound = labelled('env', circle, join(envelope.subarray(0, 6), envelope.subarray(6, 30)))
      logged(log, hkdf(secret, labelled('k/env', circle, epoch)), bound, envelope.subarray(6))
      const draft = must(sealDraft(keys, note, text, random))
      const draftKey = hkdf(secret, labelled('k/draft', circle, epoch))
      logged(log, draftKey, labelled('draft', circle, Buffer.from(note, 'hex')), draft)
      boxes += 2
    }
    for (let session = 0; session < 10; session++) {
      const sender = openLiveSender(keys, toHex(random.bytes(16)), device.secretKey, random)
      for (let i = 0; i < 10; i++) {
        const [frame] = must(await sender.frames(text)) as readonly [Bytes]
        logged(log, hkdf(secret, labelled('k/live', circle, epoch)), labelled('live', circle, epoch), frame)
        boxes++
      }
    }
    const context = { circleId: circle, encounter: note, author: toHex(random.bytes(16)) }
    const parts = [circle, Buffer.from(note, 'hex'), Buffer.from(context.author, 'hex')]
    for (let i = 0; i < 40; i++) {
      const { item, key } = await sealItem(context, text, null, random)
      logged(log, key, labelled('sealed', ...parts), item)
      boxes++
    }
    for (let i = 0; i < 5; i++) {
      const page = sealPage(place, author, text, random)
      logged(log, place.page, labelled('page', Buffer.from(place.id, 'hex')), page)
      boxes++
    }
    const contents = {
      identity: secret,
      recovery: secret,
      owner: null,
      circleId: circle,
      boxId: note,
      relayUrl: 'https://relay.example',
      capIndex: 1,
      epoch: 1,
      secret,
      previousSecret: null,
    }
    const passphraseSalt = newPassphraseSalt(random)
    for (let i = 0; i < 50; i++) {
      const wayBack = sealWayBack(secret, passphraseSalt, contents, random)
      logged(log, secret, labelled('wayback', wayBack.subarray(0, 17)), wayBack.subarray(17))
      boxes++
    }
    expect(log.size).toBe(boxes)
  })

  it('ADV-52 no message to a public key shares its ephemeral key with another', async () => {
    const to = newKemKeys(random).publicKey
    const seen = new Set<string>()
    for (let i = 0; i < 100; i++)
      seen.add(toHex((await hpkeSeal(to, utf8('the same'), { info: T('mbox'), aad: T('aad') })).subarray(0, 32)))
    expect(seen.size).toBe(100)
  })

  it(`ADV-52 no salt repeats in ${SALTS.toLocaleString('en')} draws from the source that every box draws from`, () => {
    // the cipher is left out here: whether a pair repeats is decided by the salt alone
    const firsts = new BigUint64Array(SALTS)
    for (let i = 0; i < SALTS; i++) firsts[i] = new DataView(random.bytes(SALT_SIZE).buffer).getBigUint64(0)
    firsts.sort()
    let twice = 0
    for (let i = 1; i < SALTS; i++) if (firsts[i] === firsts[i - 1]) twice++
    expect(twice).toBe(0)
  })
})
