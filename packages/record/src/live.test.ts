import { utf8, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { newSigningKeys } from './crypto.ts'
import { epochKeys } from './epoch.ts'
import { deviceId } from './keys.ts'
import { FRAME_SIZE, MAX_LIVE_MESSAGE, openLiveReceiver, openLiveSender } from './live.ts'

const random = chance('live')
const keys = epochKeys(random.bytes(32), 2, random.bytes(32))

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

  it('[LIV-2] another device that opens session after session makes nobody’s frames count twice', async () => {
    const eve = newSigningKeys(random)
    const eveId = deviceId(eve.publicKey)
    const known = new Map([
      [name, device.publicKey],
      [eveId, eve.publicKey],
    ])
    const to = openLiveReceiver(keys, (id) => known.get(id) ?? null)
    const [frame] = must(await sender().frames(utf8('a word taken out later')))
    expect((await to.take(frame as Bytes)).ok).toBe(true)
    for (let i = 0; i < 70; i++) {
      const [noise] = must(await openLiveSender(keys, eveId, eve.secretKey, random).frames(utf8('x')))
      expect((await to.take(noise as Bytes)).ok).toBe(true)
    }
    expect(await to.take(frame as Bytes)).toEqual({ ok: false, error: { type: 'Repeated', device: name } })
  })

  it('[LIV-3] a verification that fails to answer stops one frame and no other', async () => {
    let broken = true
    const to = openLiveReceiver(
      keys,
      () => device.publicKey,
      async () => {
        if (broken) throw new Error('no answer')
        return true
      },
    )
    const from = sender()
    const [one] = must(await from.frames(utf8('one')))
    const [two] = must(await from.frames(utf8('two')))
    await expect(to.take(one as Bytes)).rejects.toThrow('no answer')
    broken = false
    expect((await to.take(two as Bytes)).ok).toBe(true)
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
