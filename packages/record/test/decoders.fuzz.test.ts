/**
 * Everything of the record that reads bytes from outside, against bytes that are random, almost right, or right but for one
 * thing. What is sealed is also bent inside and sealed again with the right key, so that the readers behind the seal are reached.
 */
import { concat, equalBytes, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { T } from '@alongside/base/label.ts'
import { must } from '@alongside/base/result.ts'
import {
  anyBytes,
  bent,
  cborSoup,
  drawing,
  FUZZ_SEED,
  FUZZ_TIMES,
  fuzz,
  type Draw,
} from '@alongside/base/testing/fuzz.ts'
import { describe, expect, it, vi } from 'vitest'
import { sealBox } from '../src/box.ts'
import { newKemKeys, newSigningKeys, sha256 } from '../src/crypto.ts'
import { openDraft, sealDraft } from '../src/draft.ts'
import { decodeEntry, type SignedEntry } from '../src/entry.ts'
import { envelopeEpoch, openEnvelope, sealEnvelope } from '../src/envelope.ts'
import { epochKeys } from '../src/epoch.ts'
import { hpkeSeal } from '../src/hpke.ts'
import { openMessage, PADDED_MESSAGE_SIZE, sealMessage } from '../src/invite/message.ts'
import { openPage, readPage, sealPage } from '../src/invite/page.ts'
import { fromFragment, newPlaceAuthor, placeKeys, toFragment } from '../src/invite/place.ts'
import { openReply, sealReply } from '../src/invite/reply.ts'
import { FRAME_SIZE, openLiveReceiver, openLiveSender } from '../src/live.ts'
import { pad } from '../src/pad.ts'
import { decodeRekey, encodeRekey } from '../src/rekey.ts'
import { compareSafetyCode } from '../src/safety.ts'
import { keyInItem, openItem, sealItem, SEALED_ITEM_SIZE } from '../src/sealed.ts'
import { fromHandCode, fromUrlCode, readShortCode, toHandCode, toUrlCode } from '../src/text-code.ts'
import { openWayBack, passphraseSaltOf, sealWayBack, wayBackFromText, wayBackToText } from '../src/way-back.ts'
import { chance } from './chance.ts'
import { together, type Circle, type Person } from './circle.ts'

// many cases: longer than usual where a machine is busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const random = chance('fuzz')
const keys = epochKeys(random.bytes(32), 3, random.bytes(32))
const note = toHex(random.bytes(16))
const place = placeKeys(random.bytes(32))
const author = newPlaceAuthor(random)
const placeId = Uint8Array.from(Buffer.from(place.id, 'hex'))
const padding = (draw: Draw, inner: Bytes, size: number): Bytes => {
  const padded = pad(inner.subarray(0, size - 4), size)
  return draw.below(10) === 0 ? bent(padded, draw).subarray(0, size) : padded
}
const fits = (bytes: Uint8Array, size: number): Bytes => concat(bytes, new Uint8Array(size)).subarray(0, size)

async function story(): Promise<{ circle: Circle; amal: Person; entries: readonly SignedEntry[] }> {
  const { circle, amal, bea } = await together()
  const entries = [
    await amal.note('one'),
    await bea.note('two'),
    await amal.remove(bea.memberId),
    await amal.rekey(),
    await bea.accept(),
    await amal.admit(bea),
  ]
  return { circle, amal, entries }
}

describe('entries', () => {
  it('[ENT-4] [FLD-9] ADV-78 100,000 plaintexts give an entry or an error, never a throw; what is taken in has one spelling', async () => {
    const { entries } = await story()
    const valid = entries.map((entry) => entry.bytes)
    // the body alone, wrapped rightly again, so that what stands behind the signature's shape is reached
    const rewrapped = (draw: Draw): Bytes => {
      const { bodyBytes, signature } = draw.one(entries)
      return encodeCbor([draw.below(9) === 0 ? cborSoup(draw) : bent(bodyBytes, draw), signature])
    }
    let taken = 0
    await fuzz(
      100_000,
      (draw) => (draw.below(2) === 0 ? rewrapped(draw) : anyBytes(draw, valid)),
      (bytes) => {
        const read = decodeEntry(bytes)
        if (!read.ok) return
        taken++
        const { bodyBytes, signature } = read.value
        if (!equalBytes(encodeCbor([bodyBytes, signature]), bytes)) throw new Error('two spellings')
        const { rules, circleId, type, deviceId, ctr, prev, seenSeq, seenHead, t, payload } = read.value.body
        const device = Uint8Array.from(Buffer.from(deviceId, 'hex'))
        const body = encodeCbor([1, rules, circleId, type, device, ctr, prev, seenSeq, seenHead, t, payload])
        if (!equalBytes(body, bodyBytes)) throw new Error('two spellings of a body')
      },
    )
    expect(taken).toBeGreaterThan(1_000)
  })

  it('[FLD-9] ADV-78 what was sealed rightly but holds anything at all changes no state, stops nobody, and is told why', async () => {
    const { circle, amal, entries } = await story()
    const before = amal.folded.digest()
    const valid = entries.map((entry) => entry.bytes)
    const present = amal.folded.keys()
    if (present === null) throw new Error('knows no secret')
    const draw = drawing(FUZZ_SEED)
    for (let batch = 0; batch < 12 * FUZZ_TIMES; batch++) {
      const envelopes = Array.from({ length: 50 }, () => {
        const inner = anyBytes(draw, valid)
        const unchanged = valid.some((entry) => equalBytes(entry, inner)) // bent back into what somebody did sign
        const sealed = must(sealEnvelope(present, unchanged ? inner.subarray(1) : inner, random))
        return draw.below(5) === 0 ? bent(sealed, draw) : sealed
      })
      const outcomes = await amal.folded.push(envelopes)
      expect(outcomes).toHaveLength(50)
      for (const { verdict } of outcomes) expect(verdict.type, `seed ${FUZZ_SEED}`).not.toBe('applied')
    }
    expect(amal.folded.digest()).toEqual(before)
    expect(amal.folded.view().stopped).toBeNull()
    // and an honest entry after all that counts
    const [outcome] = await amal.folded.push([amal.seal(await amal.note('still here'))])
    expect(outcome?.verdict.type).toBe('applied')
    expect(circle.envelopes.length).toBeGreaterThan(3)
  })

  it('[REK-1] ADV-78 a rekey’s body gives a rekey or an error, and has one spelling', async () => {
    const { entries } = await story()
    const payload = must(decodeCbor((entries[3] as SignedEntry).body.payload))
    const body = (payload as readonly unknown[])[3] as Bytes
    expect(decodeRekey(body).ok).toBe(true)
    let taken = 0
    await fuzz(
      30_000,
      (draw) => anyBytes(draw, [body]),
      (bytes) => {
        const read = decodeRekey(bytes)
        if (!read.ok) return
        taken++
        if (!equalBytes(encodeRekey(read.value), bytes)) throw new Error('two spellings')
      },
    )
    expect(taken).toBeGreaterThan(300)
  })
})

describe('what is sealed', () => {
  it('[ENV-2] ADV-9 ADV-78 an envelope bent anywhere opens for nobody, and none makes the reader throw', async () => {
    const sealed = must(sealEnvelope(keys, utf8('a note'), random))
    await fuzz(
      4_000,
      (draw) => (draw.below(3) === 0 ? fits(bent(sealed, draw), 590) : anyBytes(draw, [sealed])),
      (bytes) => {
        envelopeEpoch(bytes)
        if (openEnvelope(keys, bytes).ok && !equalBytes(bytes, sealed)) throw new Error('opened')
      },
    )
    for (let at = 0; at < sealed.length; at++) {
      const one = Uint8Array.from(sealed)
      one[at] = (one[at] as number) ^ 0x10
      expect(openEnvelope(keys, one).ok, `byte ${at}`).toBe(false)
    }
  })

  it('[DRA-2] [WAY-2] [SEA-1] drafts, ways back and sealed items give what is in them or an error', async () => {
    const draft = must(sealDraft(keys, note, utf8('a draft'), random))
    const key = random.bytes(32)
    const contents = {
      identity: random.bytes(32),
      recovery: random.bytes(32),
      owner: null,
      circleId: random.bytes(32),
      boxId: note,
      relayUrl: 'https://relay.example',
      capIndex: 1,
      epoch: 1,
      secret: random.bytes(32),
      previousSecret: null,
    }
    const wayBack = sealWayBack(key, random.bytes(16), contents, random)
    const inner = encodeCbor([
      contents.identity,
      contents.recovery,
      null,
      contents.circleId,
      placeId,
      'https://relay.example',
      1,
      1,
      contents.secret,
      null,
    ])
    const header = wayBack.subarray(0, 17)
    const resealed = (draw: Draw): Bytes =>
      concat(header, sealBox(key, draw.bytes(24), T('wayback', header), padding(draw, anyBytes(draw, [inner]), 512)))
    let opened = 0
    await fuzz(
      3_000,
      (draw) => (draw.below(2) === 0 ? resealed(draw) : anyBytes(draw, [wayBack, draft])),
      (bytes) => {
        openDraft(keys, note, bytes)
        passphraseSaltOf(bytes)
        const read = openWayBack(key, bytes)
        if (read.ok) opened++
      },
    )
    expect(opened).toBeGreaterThan(10)
    const context = { circleId: contents.circleId, encounter: note, author: note }
    const reader = newKemKeys(random)
    const { item, key: itemKey } = await sealItem(context, utf8('an answer'), reader.publicKey, random)
    await fuzz(
      400,
      (draw) => fits(bent(item, draw), SEALED_ITEM_SIZE - draw.below(2)),
      async (bytes) => {
        openItem(context, bytes, itemKey)
        await keyInItem(context, bytes, reader.secretKey)
      },
    )
  })

  it('[INV-3] [INV-4] [INV-6] pages, messages and replies give what is in them or an error', async () => {
    const sealed = sealPage(place, author, utf8('A page.'), random)
    const page = must(openPage(place, sealed))
    const signed = encodeCbor([page.signed, page.signature])
    const resealed = (draw: Draw): Bytes =>
      sealBox(place.page, draw.bytes(24), T('page', placeId), padding(draw, anyBytes(draw, [signed]), 65_536))
    await fuzz(100, resealed, (bytes) => {
      openPage(place, bytes)
    })
    await fuzz(
      2_000,
      (draw) => anyBytes(draw, [page.signed, signed, sealed.subarray(0, 600)]),
      (bytes) => {
        if (readPage(place.id, bytes, page.signature).ok && !equalBytes(bytes, page.signed)) throw new Error('believed')
        openPage(place, bytes)
      },
    )
    const { publicKey } = author.inbox
    const bound = {
      info: T('mbox', placeId, publicKey),
      aad: T('aad', placeId),
      psk: { key: place.psk, id: placeId },
    }
    const asked = encodeCbor([2, ['What must you report?', random.bytes(32)]])
    const message = await sealMessage(place, publicKey, { type: 'decline' })
    let read = 0
    await fuzz(
      150,
      (draw) => padding(draw, anyBytes(draw, [asked]), PADDED_MESSAGE_SIZE),
      async (bytes) => {
        const again = await hpkeSeal(publicKey, fits(bytes, PADDED_MESSAGE_SIZE), bound)
        if ((await openMessage(place, author, again)).ok) read++
        await openMessage(place, author, fits(concat(message.subarray(0, 60), bytes), 8_192))
      },
    )
    expect(read).toBeGreaterThan(1)
    const asker = newKemKeys(random)
    const reply = must(await sealReply(place, author, asker.publicKey, 'Only harm to a child.'))
    const toAsker = { ...bound, info: T('reply', placeId, asker.publicKey) }
    const answer = encodeCbor(['Only harm to a child.', random.bytes(64)])
    await fuzz(
      80,
      (draw) => padding(draw, anyBytes(draw, [answer]), PADDED_MESSAGE_SIZE),
      async (bytes) => {
        const again = await hpkeSeal(asker.publicKey, fits(bytes, PADDED_MESSAGE_SIZE), toAsker)
        if ((await openReply(place, author.author.publicKey, asker, again)).ok) throw new Error('believed')
        await openReply(place, author.author.publicKey, asker, fits(concat(reply.subarray(0, 50), bytes), 8_192))
      },
    )
  })

  it('[LIV-2] [LIV-4] live frames, bent inside and outside, are dropped, and honest ones go on', async () => {
    const device = newSigningKeys(random)
    const receiver = openLiveReceiver(keys, (id) => (id === note ? device.publicKey : null))
    const sender = openLiveSender(keys, note, device.secretKey, random)
    const [frame] = must(await sender.frames(utf8('typed'))) as readonly [Bytes]
    const info = T('live', keys.circleId, Uint8Array.of(0, 0, 0, 3))
    const head = concat(placeId, random.bytes(16), new Uint8Array(7), Uint8Array.of(1, 0, 0, 0, 1), random.bytes(64))
    const resealed = (draw: Draw): Bytes =>
      sealBox(keys.live, draw.bytes(24), info, padding(draw, bent(head, draw), FRAME_SIZE - 72))
    await fuzz(
      1_500,
      (draw) => (draw.below(2) === 0 ? resealed(draw) : fits(bent(frame, draw), FRAME_SIZE)),
      async (bytes) => {
        const heard = await receiver.take(bytes)
        if (heard.ok && !equalBytes(bytes, frame)) throw new Error('heard')
      },
    )
    for (const honest of must(await sender.frames(utf8('still typing'))))
      expect((await receiver.take(honest)).ok).toBe(true)
  })
})

describe('what people carry', () => {
  it('[INV-1] [WAY-3] [SAF-3] codes of any spelling give bytes or an error, and one kind of sign has one spelling', async () => {
    const secret = random.bytes(32)
    const wayBack = random.bytes(601)
    const input = {
      circleId: secret,
      place: note,
      person: { member: toHex(sha256(secret)), device: toHex(secret) },
      personNonce: secret,
      practitioner: { member: toHex(secret), device: toHex(secret) },
      practitionerNonce: secret,
    }
    const written = [toFragment(secret), toUrlCode(secret), toHandCode(secret), wayBackToText(wayBack)].map(utf8)
    let read = 0
    await fuzz(
      20_000,
      (draw) => anyBytes(draw, written),
      (bytes) => {
        const text = new TextDecoder().decode(bytes)
        const url = fromUrlCode(text, 32)
        if (url.ok && toUrlCode(url.value) !== text) throw new Error('two spellings')
        const hand = fromHandCode(text, 32)
        // by hand, spaces, dashes, small letters and look-alikes are the same sign
        const plain = text.replace(/[\s-]/g, '').toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0')
        if (hand.ok && toHandCode(hand.value).replace(/ /g, '') !== plain) throw new Error('two spellings by hand')
        if (url.ok || hand.ok) read++
        fromFragment(text)
        wayBackFromText(text)
        readShortCode(text)
        compareSafetyCode(input, bytes)
      },
    )
    expect(read).toBeGreaterThan(50)
  })
})
