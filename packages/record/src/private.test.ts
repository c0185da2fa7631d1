import { toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { newKemKeys, newSigningKeys } from './crypto.ts'
import { draftId, openDraft, sealDraft } from './draft.ts'
import { epochKeys } from './epoch.ts'
import { deviceId } from './keys.ts'
import { FRAME_SIZE, MAX_LIVE_MESSAGE, openLiveReceiver, openLiveSender } from './live.ts'
import { compareSafetyCode, safetyCode, safetyDigits, type SafetyInput } from './safety.ts'
import { keyInItem, MAX_SEALED_ANSWER, openItem, sealItem, SEALED_ITEM_SIZE } from './sealed.ts'
import { fromHandCode, toHandCode } from './text-code.ts'
import {
  newPassphraseSalt,
  openWayBack,
  passphraseSaltOf,
  sealWayBack,
  WAY_BACK_SIZE,
  wayBackFromText,
  wayBackToText,
  type WayBack,
} from './way-back.ts'

const random = chance('private')
const hex = (size: number) => toHex(random.bytes(size))
const keys = epochKeys(random.bytes(32), 2, random.bytes(32))

describe('a sealed item', () => {
  const context = { circleId: random.bytes(32), encounter: hex(16), author: hex(16) }
  const person = newKemKeys(random)

  it('[SEA-1] has one size and one shape, real or empty, openable by somebody or by nobody', async () => {
    const items = [
      await sealItem(context, utf8('a full answer'), person.publicKey, random),
      await sealItem(context, new Uint8Array(0), null, random),
      await sealItem(context, random.bytes(MAX_SEALED_ANSWER), null, random),
    ]
    for (const { item } of items) {
      expect(item.length).toBe(SEALED_ITEM_SIZE)
      // the wrap begins with a public key: a random string would have its top bit set half of the time
      expect((item[4_096 + 32 + 31] as number) < 128).toBe(true)
    }
    expect(must(openItem(context, items[1]?.item as Bytes, items[1]?.key as Bytes))).toHaveLength(0)
  })

  it('[SEA-2] opens for its author’s key, and for the reader it was made openable by', async () => {
    const { item, key } = await sealItem(context, utf8('an answer'), person.publicKey, random)
    expect(must(openItem(context, item, key))).toEqual(utf8('an answer'))
    expect(await keyInItem(context, item, person.secretKey)).toEqual(key)
    expect(await keyInItem(context, item, newKemKeys(random).secretKey)).toBeNull()
    const alone = await sealItem(context, utf8('mine'), null, random)
    expect(await keyInItem(context, alone.item, person.secretKey)).toBeNull()
  })

  it('[SEA-3] cannot be shown as another answer, another encounter’s or another member’s', async () => {
    const { item, key } = await sealItem(context, utf8('an answer'), null, random)
    const wrong = { ok: false, error: { type: 'WrongKey' } }
    expect(openItem(context, item, random.bytes(32))).toEqual(wrong)
    expect(openItem({ ...context, encounter: hex(16) }, item, key)).toEqual(wrong)
    expect(openItem({ ...context, author: hex(16) }, item, key)).toEqual(wrong)
    const bent = Uint8Array.from(item)
    bent[100] = (bent[100] as number) ^ 1
    expect(openItem(context, bent, key)).toEqual({ ok: false, error: { type: 'Altered' } })
    expect(openItem(context, item.subarray(1), key)).toEqual({ ok: false, error: { type: 'NotAnItem' } })
  })
})

describe('a draft', () => {
  it('[DRA-1] is named by epoch and note, and opens for that note in that epoch only', () => {
    const [note, otherNote] = [hex(16), hex(16)]
    const next = epochKeys(keys.circleId, 3, random.bytes(32))
    const names = [draftId(keys, note), draftId(keys, otherNote), draftId(next, note)]
    expect(new Set(names).size).toBe(3)
    const sealed = must(sealDraft(keys, note, utf8('not kept yet'), random))
    expect(must(openDraft(keys, note, sealed))).toEqual(utf8('not kept yet'))
    expect(openDraft(keys, otherNote, sealed)).toEqual({ ok: false, error: { type: 'WrongKey' } })
    expect(openDraft(next, note, sealed)).toEqual({ ok: false, error: { type: 'WrongKey' } })
  })

  it('[DRA-2] comes in eight sizes, none over what the relay takes', () => {
    const note = hex(16)
    const sizes = [0, 508, 509, 61_436].map((size) => must(sealDraft(keys, note, new Uint8Array(size), random)).length)
    expect(sizes).toEqual([584, 584, 1_096, 61_512])
    expect(sealDraft(keys, note, new Uint8Array(61_437), random).ok).toBe(false)
  })
})

describe('live writing', () => {
  const device = newSigningKeys(random)
  const name = deviceId(device.publicKey)
  const receiver = (of = keys) => openLiveReceiver(of, (id) => (id === name ? device.publicKey : null))
  const sender = () => openLiveSender(keys, name, device.secretKey, random)

  it('[LIV-1] messages of any length arrive whole, in frames of one size', async () => {
    const [from, to] = [sender(), receiver()]
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 9_000 }), async (size) => {
        const message = random.bytes(size)
        const frames = must(await from.frames(message))
        expect(frames.every((frame) => frame.length === FRAME_SIZE)).toBe(true)
        const taken = await Promise.all(frames.map((frame) => to.take(frame)))
        expect(taken.map((one) => must(one)).at(-1)).toMatchObject({ device: name, gap: false, message })
      }),
      { numRuns: 15 },
    )
    expect(must(await from.frames(new Uint8Array(MAX_LIVE_MESSAGE)))).toHaveLength(17)
    expect((await from.frames(new Uint8Array(MAX_LIVE_MESSAGE + 1))).ok).toBe(false)
  })

  it('[LIV-2] a frame that was here before, or comes late, is refused', async () => {
    const [from, to] = [sender(), receiver()]
    const [one] = must(await from.frames(utf8('one')))
    const [two] = must(await from.frames(utf8('two')))
    expect((await to.take(two as Bytes)).ok).toBe(true)
    for (const frame of [one, two])
      expect(await to.take(frame as Bytes)).toEqual({ ok: false, error: { type: 'Repeated', device: name } })
  })

  it('[LIV-3] a message with a part missing is lost as a whole, and the next arrives', async () => {
    const [from, to] = [sender(), receiver()]
    const frames = must(await from.frames(random.bytes(9_000)))
    expect(must(await to.take(frames[0] as Bytes)).message).toBeNull()
    expect(await to.take(frames[2] as Bytes)).toEqual({ ok: false, error: { type: 'Lost', device: name } })
    const [next] = must(await from.frames(utf8('next')))
    expect(must(await to.take(next as Bytes))).toMatchObject({ message: utf8('next'), gap: false })
  })

  it('[LIV-4] frames of another epoch, of a stranger, or signed by another device are refused', async () => {
    const to = receiver()
    const [frame] = must(await sender().frames(utf8('x')))
    const next = epochKeys(keys.circleId, 3, keys.secret)
    expect(await receiver(next).take(frame as Bytes)).toEqual({ ok: false, error: { type: 'CannotOpen' } })
    const eve = newSigningKeys(random)
    const [stranger] = must(
      await openLiveSender(keys, deviceId(eve.publicKey), eve.secretKey, random).frames(utf8('x')),
    )
    expect(await to.take(stranger as Bytes)).toMatchObject({ error: { type: 'UnknownDevice' } })
    const [forged] = must(await openLiveSender(keys, name, eve.secretKey, random).frames(utf8('x')))
    expect(await to.take(forged as Bytes)).toEqual({ ok: false, error: { type: 'BadSignature', device: name } })
    expect(await to.take(random.bytes(FRAME_SIZE))).toEqual({ ok: false, error: { type: 'CannotOpen' } })
    expect(await to.take(new Uint8Array(10))).toEqual({ ok: false, error: { type: 'NotAFrame' } })
  })
})

describe('the safety phrase', () => {
  const side = () => ({ member: hex(32), device: hex(32) })
  const input: SafetyInput = {
    circleId: random.bytes(32),
    place: hex(16),
    person: side(),
    personNonce: random.bytes(32),
    practitioner: side(),
    practitionerNonce: random.bytes(32),
  }

  it('[SAF-1] is twenty digits in five groups, and the same on both sides', () => {
    expect(safetyDigits(input)).toEqual(safetyDigits(structuredClone(input)))
    expect(safetyDigits(input).every((group) => /^\d{4}$/.test(group))).toBe(true)
    expect(safetyDigits(input)).toHaveLength(5)
  })

  it('[SAF-2] changes with every key, nonce, circle and place', () => {
    const changes: Partial<SafetyInput>[] = [
      { circleId: random.bytes(32) },
      { place: hex(16) },
      { person: { ...input.person, member: hex(32) } },
      { person: { ...input.person, device: hex(32) } },
      { practitioner: { ...input.practitioner, member: hex(32) } },
      { practitioner: { ...input.practitioner, device: hex(32) } },
      { personNonce: random.bytes(32) },
      { practitionerNonce: random.bytes(32) },
      { person: input.practitioner, practitioner: input.person },
    ]
    const all = [input, ...changes.map((change) => ({ ...input, ...change }))]
    expect(new Set(all.map((one) => safetyDigits(one).join())).size).toBe(all.length)
    for (const changed of all.slice(1))
      expect(compareSafetyCode(changed, safetyCode(input))).toEqual({ ok: false, error: { type: 'Different' } })
  })

  it('[SAF-3] a scanned code is the same, different, or no safety code at all', () => {
    expect(compareSafetyCode(input, safetyCode(input)).ok).toBe(true)
    for (const scanned of [new Uint8Array(0), utf8('https://example.org'), safetyCode(input).subarray(1)])
      expect(compareSafetyCode(input, scanned)).toEqual({ ok: false, error: { type: 'NotASafetyCode' } })
  })
})

describe('a way back', () => {
  const contents: WayBack = {
    identity: random.bytes(32),
    recovery: random.bytes(32),
    owner: random.bytes(32),
    circleId: random.bytes(32),
    boxId: hex(16),
    relayUrl: `https://${'r'.repeat(192)}`,
    capIndex: 0xffff_ffff,
    epoch: 0xffff_ffff,
    secret: random.bytes(32),
    previousSecret: random.bytes(32),
  }
  const key = random.bytes(32)
  const salt = newPassphraseSalt(random)
  const made = sealWayBack(key, salt, contents, random)

  it('[WAY-1] has one size, names the salt, and opens with the key it was locked under', () => {
    expect(made.length).toBe(WAY_BACK_SIZE)
    expect(must(passphraseSaltOf(made))).toEqual(salt)
    expect(must(openWayBack(key, made))).toEqual(contents)
    const least = { ...contents, owner: null, previousSecret: null, relayUrl: 'http://localhost' }
    expect(sealWayBack(key, salt, least, random).length).toBe(WAY_BACK_SIZE)
  })

  it('[WAY-2] ADV-69 says whether the passphrase is wrong, a byte changed, or it is no way back', () => {
    expect(openWayBack(random.bytes(32), made)).toEqual({ ok: false, error: { type: 'WrongPassphrase' } })
    expect(openWayBack(key, made.with(300, (made[300] as number) ^ 1))).toEqual({
      ok: false,
      error: { type: 'Altered' },
    })
    expect(openWayBack(key, made.subarray(1)).ok).toBe(false)
    expect(openWayBack(key, made.with(0, 9))).toEqual({ ok: false, error: { type: 'NewerWayBack', version: 9 } })
    expect(openWayBack(key, new Uint8Array(0))).toEqual({ ok: false, error: { type: 'NotAWayBack' } })
  })

  it('[WAY-3] survives being printed and typed in again, and a slip is noticed', () => {
    const printed = wayBackToText(made)
    expect(printed.split(' ').every((group) => group.length <= 4)).toBe(true)
    const typed = printed.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'i').replaceAll(' ', '-')
    expect(must(wayBackFromText(typed))).toEqual(made)
    expect(wayBackFromText(printed.slice(0, -9))).toMatchObject({ error: { type: 'WrongLength' } })
    expect(wayBackFromText(`${printed[0] === '0' ? '1' : '0'}${printed.slice(1)}`)).toMatchObject({
      error: { type: 'Mistyped' },
    })
    expect(wayBackFromText('ü')).toEqual({ ok: false, error: { type: 'NotACode' } })
  })

  it('[WAY-3] any bytes come back from their code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
        expect(must(fromHandCode(toHandCode(bytes), bytes.length))).toEqual(Uint8Array.from(bytes))
      }),
    )
  })
})
