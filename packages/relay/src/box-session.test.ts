import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { openBytes, ownerOpBytes, ownerRekeyBytes, receiptBytes, type OwnerOp } from '@alongside/wire/auth.ts'
import { chainNext, chainStart, envHash } from '@alongside/wire/chain.ts'
import { CLOSE, LIVE_BURST, LIVE_BYTES, MAX_FRAME_BYTES } from '@alongside/wire/limits.ts'
import type { DeviceFrameBody, RelayFrame } from '@alongside/wire/messages.ts'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectRaw, envelope, found, knock, testKey, verifies, type TestConnection } from './testing/device.ts'
import { startTestRelay, type TestRelay } from './testing/relay.ts'

const boxId = toHex(new Uint8Array(16).fill(7))
const cap = testKey(1)
const nextCap = testKey(2)
const owner = testKey(3)
const DAY = 86_400_000

let relay: TestRelay
beforeEach(async () => {
  relay = await startTestRelay()
})
afterEach(() => relay.remove())

const enter = (change: { readonly capIndex?: number; readonly key?: typeof cap } = {}): Promise<TestConnection> =>
  knock(relay.url, { boxId, capIndex: change.capIndex ?? 0, cap: change.key ?? cap })

async function ownedBox(): Promise<void> {
  expect((await found(relay.url, { boxId, capPk: cap.pk, ownerPk: owner.pk })).status).toBe(201)
}
async function sharedBox(): Promise<void> {
  expect((await found(relay.url, { boxId, capPk: cap.pk })).status).toBe(201)
}

const chainOf = (envelopes: readonly Bytes[]) =>
  envelopes.reduce((head, one) => chainNext(head, envHash(one)), chainStart(boxId))

function ownerRekey(change: Partial<DeviceFrameBody<'rekey'>> = {}, key = owner): DeviceFrameBody<'rekey'> {
  const rekey = {
    envelopes: [envelope('removal'), envelope('rekey')],
    newCapIndex: 1,
    newCapPk: nextCap.pk,
    extend: 0,
    expectedHash: null,
    ownerSig: null,
    ...change,
  }
  return { ...rekey, ownerSig: key.sign(ownerRekeyBytes(relay.relayPk, boxId, rekey)) }
}

const ownerSigned = (op: OwnerOp, counter: number) => owner.sign(ownerOpBytes(relay.relayPk, boxId, { ...op, counter }))

const refusalType = (frame: RelayFrame): string =>
  frame.type === 'refused' ? frame.body.refusal.type : `not refused: ${frame.type}`

describe('coming in', () => {
  it('welcomes who proves the capability, with the head and a receipt for it', async () => {
    await ownedBox()
    const device = await enter()
    expect(device.welcome).toMatchObject({ seq: 0, state: 'open', newestCapIndex: 0, hasOwner: true, ownerCounter: 0 })
    const { hash, receipt } = device.welcome as NonNullable<typeof device.welcome>
    expect(hash).toEqual(chainStart(boxId).hash)
    expect(verifies(relay.relayPk, receiptBytes(boxId, { seq: 0, hash }), receipt)).toBe(true)
  })

  it('tells a stranger the same thing whether the box, the capability or the signature is wrong', async () => {
    await ownedBox()
    const elsewhere = toHex(new Uint8Array(16).fill(8))
    for (const attempt of [
      { boxId: elsewhere, cap },
      { boxId, capIndex: 4, cap },
      { boxId, cap: nextCap },
      { boxId, cap, forge: () => new Uint8Array(64) },
    ]) {
      const device = await knock(relay.url, attempt)
      expect(device.welcome).toBeNull()
      expect(refusalType(await device.next('refused'))).toBe('NotAdmitted')
      expect(await device.closed).toBe(CLOSE.notAdmitted)
    }
  })

  it('ADV-17 a challenge of this relay answered for another, and passed on, is refused', async () => {
    const phisher = await startTestRelay()
    try {
      await ownedBox()
      // The device believes it speaks to the phisher, which hands it this relay's nonce.
      const hello = { version: 1, boxId, capIndex: 0 }
      const device = await knock(relay.url, {
        boxId,
        cap,
        forge: (_, challenge) => cap.sign(openBytes(phisher.relayPk, challenge.nonce, hello)),
      })
      expect(refusalType(await device.next('refused'))).toBe('NotAdmitted')
    } finally {
      await phisher.remove()
    }
  })

  it('ADV-18 a proof is good for its own connection, box and capability only', async () => {
    await ownedBox()
    let first: Bytes | null = null
    const honest = await knock(relay.url, { boxId, cap, forge: (sig) => (first = sig) })
    expect(honest.welcome).not.toBeNull()
    const replayed = await knock(relay.url, { boxId, cap, forge: () => first as unknown as Bytes })
    expect(replayed.welcome).toBeNull()
  })

  it('says which version it speaks to a device of another', async () => {
    await ownedBox()
    const { opened, find, closed, socket } = connectRaw(relay.url)
    await opened
    const { encodeDeviceFrame } = await import('@alongside/wire/messages.ts')
    socket.send(encodeDeviceFrame({ type: 'hello', request: 0, body: { version: 99, boxId, capIndex: 0 } }))
    const refused = await find((frame): frame is RelayFrame => frame.type === 'refused')
    expect(refused.body).toEqual({ refusal: { type: 'WrongVersion', version: 1 } })
    expect(await closed).toBe(CLOSE.wrongVersion)
  })

  it('does not wait for ever for somebody who says nothing', async () => {
    const impatient = await startTestRelay({}, { handshakeMs: 1 })
    try {
      const { closed } = connectRaw(impatient.url)
      expect(await closed).toBe(CLOSE.handshakeTimeout)
    } finally {
      await impatient.remove()
    }
  })
})

describe('entries', () => {
  it('ADV-12 come back as placed only with a receipt for the chain the device computes too', async () => {
    await ownedBox()
    const device = await enter()
    const envelopes = [envelope('a'), envelope('b')]
    const placed = await device.ask('append', { envelopes })
    if (placed.type !== 'appended') throw new Error(placed.type)
    const head = chainOf(envelopes)
    expect(placed.body.seqs).toEqual([1, 2])
    expect(placed.body.hash).toEqual(head.hash)
    expect(verifies(relay.relayPk, receiptBytes(boxId, head), placed.body.receipt)).toBe(true)
  })

  it('reach others who follow the box, and not who wrote them', async () => {
    await ownedBox()
    const [writer, reader, silent] = await Promise.all([enter(), enter(), enter()])
    for (const device of [writer, reader]) expect((await device.ask('subscribe', {})).type).toBe('subscribed')
    await writer.ask('append', { envelopes: [envelope('a')] })
    await writer.ask('append', { envelopes: [envelope('a'), envelope('b')] })
    expect((await reader.next('arrived')).body).toEqual({ firstSeq: 1, envelopes: [envelope('a')] })
    expect((await reader.next('arrived')).body).toEqual({ firstSeq: 2, envelopes: [envelope('b')] })
    await Promise.all([writer.ask('head', {}), silent.ask('head', {})])
    expect([writer.waiting('arrived'), silent.waiting('arrived')]).toEqual([0, 0])
  })

  it('are answered in order when many are sent without waiting', async () => {
    await ownedBox()
    const device = await enter()
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, i) => device.ask('append', { envelopes: [envelope(`entry ${i};`)] })),
    )
    expect(answers.map((frame) => (frame.type === 'appended' ? frame.body.seqs[0] : 0))).toEqual(
      Array.from({ length: 400 }, (_, i) => i + 1),
    )
  })

  it('are read back in order, from anywhere, in as many parts as it takes', async () => {
    await ownedBox()
    const device = await enter()
    const envelopes = Array.from({ length: 150 }, (_, i) => envelope(`entry ${i};`))
    for (let i = 0; i < 150; i += 50) await device.ask('append', { envelopes: envelopes.slice(i, i + 50) })
    device.send('range', { from: 11, limit: 130 })
    const read: Bytes[] = []
    while (read.length < 130) {
      const part = await device.next('entries')
      expect(part.body.firstSeq).toBe(11 + read.length)
      read.push(...part.body.envelopes)
    }
    expect(read).toEqual(envelopes.slice(10, 140))
    expect((await device.next('rangeEnd')).body).toEqual({ next: 141, seq: 150 })
  })

  it('beyond the day’s quota are refused with when to try again', async () => {
    await relay.remove()
    relay = await startTestRelay({ quotas: { entriesPerDay: 2, bytesPerDay: 1e6, boxBytes: 1e6 } })
    await ownedBox()
    const device = await enter()
    await device.ask('append', { envelopes: [envelope('a'), envelope('b')] })
    const refused = await device.ask('append', { envelopes: [envelope('c')] })
    expect(refused.body).toEqual({ refusal: { type: 'OverQuota', retryAfterMs: DAY } })
    expect((await device.ask('rekey', ownerRekey())).type).toBe('rekeyed')
  })

  it('and everything else stay when the relay starts again', async () => {
    await ownedBox()
    await (await enter()).ask('append', { envelopes: [envelope('a')] })
    const before = relay.relayPk
    relay = await relay.restart()
    expect(relay.relayPk).toEqual(before)
    expect((await enter()).welcome).toMatchObject({ seq: 1, hash: chainOf([envelope('a')]).hash })
  })
})

describe('rekeys', () => {
  it('by the owner land at once, reach everyone, and then close every older connection', async () => {
    await ownedBox()
    const [owner, removed] = await Promise.all([enter(), enter()])
    await removed.ask('subscribe', {})
    const rekey = ownerRekey()
    const rekeyed = await owner.ask('rekey', rekey)
    expect(rekeyed).toMatchObject({ type: 'rekeyed', body: { seqs: [1, 2] } })
    expect((await removed.next('arrived')).body.envelopes).toEqual(rekey.envelopes)
    expect((await removed.next('superseded')).body).toEqual({ newestCapIndex: 1 })
    expect(await Promise.all([owner.closed, removed.closed])).toEqual([CLOSE.superseded, CLOSE.superseded])
  })

  it('ADV-14 leave the older capability reading up to the rekey, and nothing else', async () => {
    await ownedBox()
    await (await enter()).ask('rekey', ownerRekey())
    const current = await enter({ capIndex: 1, key: nextCap })
    await current.ask('append', { envelopes: [envelope('after')] })
    const removed = await enter()
    expect(removed.welcome).toMatchObject({ seq: 2, newestCapIndex: 1 })
    removed.send('range', { from: 1, limit: 100 })
    expect((await removed.next('entries')).body.envelopes.length).toBe(2)
    expect((await removed.next('rangeEnd')).body).toEqual({ next: 3, seq: 2 })
    removed.send('range', { from: 3, limit: 100 })
    expect((await removed.next('rangeEnd')).body.seq).toBe(2)
    expect(removed.waiting('entries')).toBe(0)
    for (const answer of [
      await removed.ask('append', { envelopes: [envelope('no')] }),
      await removed.ask('subscribe', {}),
      await removed.ask('draftGet', { draftId: boxId }),
      await removed.ask('draftPut', { draftId: boxId, expectedVersion: 0, bytes: new Uint8Array(1) }),
    ])
      expect(refusalType(answer)).toBe('Superseded')
    // Nor does it hear or speak on the live channel.
    await current.ask('subscribe', {})
    removed.send('live', { bytes: new Uint8Array(LIVE_BYTES) })
    current.send('live', { bytes: new Uint8Array(LIVE_BYTES) })
    await Promise.all([removed.ask('head', {}), current.ask('head', {})])
    expect([removed.waiting('liveArrived'), current.waiting('liveArrived')]).toEqual([0, 0])
  })

  it('ADV-14 teach whoever was removed nothing of what comes later, neither a rekey nor an ending', async () => {
    await ownedBox()
    await (await enter()).ask('rekey', ownerRekey())
    const removed = await enter()
    const lastCap = testKey(9)
    const again = ownerRekey({ envelopes: [envelope('later')], newCapIndex: 7, newCapPk: lastCap.pk })
    await (await enter({ capIndex: 1, key: nextCap })).ask('rekey', again)
    const current = await enter({ capIndex: 7, key: lastCap })
    const later = await enter()
    expect(later.welcome).toEqual(removed.welcome)
    const signed = { counter: 1, ownerSig: ownerSigned({ op: 'end', now: false }, 1) }
    expect((await current.ask('end', { now: false, ...signed })).type).toBe('ownerDone')
    expect((await enter()).welcome).toEqual({ ...removed.welcome, ownerCounter: 1 }) // an owner's device needs that
    for (const device of [removed, later]) {
      expect(await device.ask('append', { envelopes: [envelope('no')] })).toMatchObject({
        body: { refusal: { type: 'Superseded', newestCapIndex: 1 } },
      })
      expect(
        await device.ask('draftPut', { draftId: boxId, expectedVersion: 0, bytes: new Uint8Array(1) }),
      ).toMatchObject({ body: { refusal: { type: 'Superseded', newestCapIndex: 1 } } })
      expect([device.waiting('superseded'), device.waiting('stateChanged')]).toEqual([0, 0])
    }
  })

  it('in an owned box come from the owner only, and a signature covers every part', async () => {
    await ownedBox()
    const device = await enter()
    const good = ownerRekey()
    const bad: DeviceFrameBody<'rekey'>[] = [
      { ...good, ownerSig: null, expectedHash: chainStart(boxId).hash },
      { ...good, envelopes: [envelope('other')] },
      { ...good, newCapPk: cap.pk },
      { ...good, newCapIndex: 2 },
      { ...good, extend: 1 },
      ownerRekey({}, cap),
    ]
    for (const rekey of bad) expect(refusalType(await device.ask('rekey', rekey))).toBe('OwnerMustSign')
    expect(refusalType(await device.ask('rekey', ownerRekey({ newCapIndex: 0 })))).toBe('Superseded')
    expect((await device.ask('rekey', good)).type).toBe('rekeyed')
  })

  it('ADV-86 in a box without owner wait for the head they were made for: one of two lands', async () => {
    await sharedBox()
    const [a, b] = await Promise.all([enter(), enter()])
    const rekey = (marker: string) => ({
      ...ownerRekey(),
      ownerSig: null,
      envelopes: [envelope(marker)],
      expectedHash: chainStart(boxId).hash,
    })
    // Who comes second is told by a refusal, or by being closed as superseded before that.
    const outcome = (device: TestConnection, marker: string) =>
      device.ask('rekey', rekey(marker)).then(
        (frame) => frame.type,
        () => device.next('superseded').then((frame) => frame.type),
      )
    const outcomes = await Promise.all([outcome(a, 'a'), outcome(b, 'b')])
    expect(outcomes.filter((type) => type === 'rekeyed').length).toBe(1)
    const again = await enter({ capIndex: 1, key: nextCap })
    expect(again.welcome?.seq).toBe(1)
    const late = { ...rekey('c'), newCapIndex: 2 }
    expect(refusalType(await again.ask('rekey', late))).toBe('HeadMoved')
  })

  it('are answered as before when the answer was lost', async () => {
    await ownedBox()
    const rekey = ownerRekey()
    const first = await (await enter()).ask('rekey', rekey)
    await (await enter({ capIndex: 1, key: nextCap })).ask('append', { envelopes: [envelope('after')] })
    const second = await (await enter()).ask('rekey', rekey)
    expect(second.type).toBe('rekeyed')
    expect(second.body).toEqual(first.body)
  })
})

describe('drafts', () => {
  it('are kept under a version, and a conflict shows what stands', async () => {
    await ownedBox()
    const device = await enter()
    const put = (expectedVersion: number, value: number) =>
      device.ask('draftPut', { draftId: boxId, expectedVersion, bytes: new Uint8Array(100).fill(value) })
    expect((await device.ask('draftGet', { draftId: boxId })).body).toEqual({ version: 0, bytes: null })
    expect(await put(0, 1)).toMatchObject({ type: 'draftStored', body: { version: 1 } })
    expect(await put(0, 2)).toMatchObject({ type: 'draftConflict', body: { version: 1 } })
    expect(await put(1, 2)).toMatchObject({ type: 'draftStored', body: { version: 2 } })
    expect((await device.ask('draftGet', { draftId: boxId })).body).toMatchObject({ version: 2 })
    expect((await device.ask('draftDelete', { draftId: boxId, expectedVersion: 2 })).type).toBe('draftStored')
    expect((await device.ask('draftGet', { draftId: boxId })).body).toEqual({ version: 0, bytes: null })
  })
})

describe('the live channel', () => {
  it('passes frames on to the others and writes nothing down', async () => {
    await ownedBox()
    const [writer, reader] = await Promise.all([enter(), enter()])
    await Promise.all([writer.ask('subscribe', {}), reader.ask('subscribe', {})])
    const bytes = envelope('live-marker-never-on-disk ', LIVE_BYTES)
    writer.send('live', { bytes })
    expect((await reader.next('liveArrived')).body.bytes).toEqual(bytes)
    await writer.ask('append', { envelopes: [envelope('kept-marker ')] })
    expect(writer.waiting('liveArrived')).toBe(0)
    expect(relay.isOnDisk('kept-marker')).toBe(true)
    expect(relay.isOnDisk('live-marker')).toBe(false)
  })

  it('takes so many at once, then so many a second', async () => {
    await ownedBox()
    const device = await enter()
    const bytes = new Uint8Array(LIVE_BYTES)
    for (let i = 0; i < LIVE_BURST; i++) device.send('live', { bytes })
    await device.ask('head', {})
    expect(device.waiting('refused')).toBe(0)
    device.send('live', { bytes })
    expect((await device.next('refused')).body.refusal).toEqual({ type: 'TooFast', retryAfterMs: 100 })
    relay.pass(100)
    device.send('live', { bytes })
    await device.ask('head', {})
    expect(device.waiting('refused')).toBe(0)
  })
})

describe('ending a box', () => {
  it('stops writing at once, can be taken back, and says so to everyone', async () => {
    await ownedBox()
    const [device, other] = await Promise.all([enter(), enter()])
    const ended = await device.ask('end', {
      now: false,
      counter: 1,
      ownerSig: ownerSigned({ op: 'end', now: false }, 1),
    })
    expect(ended).toMatchObject({ type: 'ownerDone', body: { state: 'ending', daysLeft: 7 } })
    expect((await other.next('stateChanged')).body).toEqual({ state: 'ending', daysLeft: 7 })
    expect(refusalType(await other.ask('append', { envelopes: [envelope('no')] }))).toBe('Ending')
    const back = { counter: 2, ownerSig: ownerSigned({ op: 'takeBackEnd' }, 2) }
    expect((await device.ask('takeBackEnd', back)).body).toMatchObject({ state: 'open' })
    expect((await other.ask('append', { envelopes: [envelope('yes')] })).type).toBe('appended')
  })

  it('at once closes everyone and answers “ended” afterwards', async () => {
    await ownedBox()
    const [device, other] = await Promise.all([enter(), enter()])
    await device.ask('append', { envelopes: [envelope('soon-gone ')] })
    device.send('end', { now: true, counter: 1, ownerSig: ownerSigned({ op: 'end', now: true }, 1) })
    expect(await Promise.all([device.closed, other.closed])).toEqual([CLOSE.ended, CLOSE.ended])
    expect(relay.isOnDisk('soon-gone')).toBe(false)
    const later = await enter()
    expect(refusalType(await later.next('refused'))).toBe('Ended')
    const stranger = await enter({ key: nextCap })
    expect(refusalType(await stranger.next('refused'))).toBe('NotAdmitted')
  })

  it('is for the owner: no other signature, no other operation, no second use', async () => {
    await ownedBox()
    const device = await enter()
    const end = { op: 'end', now: false } as const
    const forged = cap.sign(ownerOpBytes(relay.relayPk, boxId, { ...end, counter: 1 }))
    expect(refusalType(await device.ask('end', { now: false, counter: 1, ownerSig: forged }))).toBe('OwnerMustSign')
    const signed = { counter: 1, ownerSig: ownerSigned(end, 1) }
    expect(refusalType(await device.ask('end', { now: true, ...signed }))).toBe('OwnerMustSign')
    expect((await device.ask('end', { now: false, ...signed })).type).toBe('ownerDone')
    expect(refusalType(await device.ask('end', { now: false, ...signed }))).toBe('OwnerCounterUsed')
  })
})

describe('ADV-82 what is no frame', () => {
  it('is answered, then the connection is closed', async () => {
    await ownedBox()
    for (const bytes of [new Uint8Array(), Uint8Array.of(1), new Uint8Array(700).fill(255)]) {
      const device = await enter()
      device.raw(bytes)
      expect(refusalType(await device.next('refused'))).toBe('Malformed')
      expect(await device.closed).toBe(CLOSE.malformed)
    }
    const text = await enter()
    text.socket.send('text')
    expect(await text.closed).toBe(CLOSE.malformed)
  })

  it('of too many bytes is not even read', async () => {
    const { socket, opened, closed } = connectRaw(relay.url)
    await opened
    socket.send(new Uint8Array(MAX_FRAME_BYTES + 1))
    expect(await closed).toBe(1009) // RFC 6455: message too big
  })

  it('includes not reading: who takes nothing is dropped before the relay holds too much for them', async () => {
    await ownedBox()
    const [writer, reader] = await Promise.all([enter(), enter()])
    await reader.ask('subscribe', {})
    reader.socket.pause()
    for (let i = 0; i < 30; i++) {
      const envelopes = Array.from({ length: 16 }, (_, k) => envelope(`large ${i} ${k};`, 61_518))
      expect((await writer.ask('append', { envelopes })).type).toBe('appended')
    }
    reader.socket.resume()
    expect(await reader.closed).toBe(1006) // RFC 6455: closed without a word
  })

  it('never harms the relay, whatever it is', async () => {
    await ownedBox()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 15 }), fc.uint8Array({ maxLength: 200 }), async (kind, rest) => {
        const device = await enter()
        device.raw(Uint8Array.of(kind, 0, 0, 0, 1, ...rest))
        await device.close()
      }),
      { numRuns: 60 },
    )
    expect((await enter()).welcome).not.toBeNull()
    expect(relay.events.filter((event) => event.type === 'Bug')).toEqual([])
  })
})

it('reports nothing that names a box, an address or what was said', async () => {
  await ownedBox()
  const device = await enter()
  await device.ask('append', { envelopes: [envelope('a')] })
  await knock(relay.url, { boxId, cap: nextCap })
  device.raw(new Uint8Array())
  await device.closed
  await relay.close()
  expect(relay.events).toEqual([{ type: 'Started', wireVersion: 1 }, { type: 'Stopped' }])
})
