/** Frames both ways and the bodies of the HTTP half, against random, bent and almost right bytes. */
import { equalBytes, fromHex, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { encodeCbor } from '@alongside/base/cbor.ts'
import { anyBytes, bent, cborSoup, fuzz, type Draw } from '@alongside/base/testing/fuzz.ts'
import { describe, expect, it, vi } from 'vitest'
import type { Body } from './bodies.ts'
import * as http from './http.ts'
import { MAX_FRAME_BYTES } from './limits.ts'
import {
  DEVICE_FRAMES,
  RELAY_FRAMES,
  decodeDeviceFrame,
  decodeRelayFrame,
  encodeDeviceFrame,
  encodeRelayFrame,
} from './messages.ts'
import { deviceFrames, others, relayFrames } from './samples.ts'

// many cases: longer than usual where a machine is busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const device = deviceFrames.map(encodeDeviceFrame)
const relay = relayFrames.map(encodeRelayFrame)

/** A frame of any kind around any body. */
const framed = (draw: Draw, valid: readonly Bytes[]): Bytes => {
  const made = draw.below(4) === 0 ? cborSoup(draw) : anyBytes(draw, valid)
  if (made.length > 0 && draw.below(3) > 0) made[0] = draw.one([draw.below(20), 64 + draw.below(20), draw.below(256)])
  return made
}

const bodies: readonly (readonly [string, Body<any>])[] = [
  ['createBox', http.createBox],
  ['boxCreated', http.boxCreated],
  ['putPlace', http.putPlace],
  ['placeStored', http.placeStored],
  ['placeIs', http.placeIs],
  ['postMessage', http.postMessage],
  ['messagePosted', http.messagePosted],
  ['messages', http.messages],
  ['relayInfo', http.relayInfo],
  ['refusal', http.refusalBody],
]

describe('frames from anybody', () => {
  it('ADV-82 60,000 of a device’s and of a relay’s: none throws, and what is taken in has one spelling', async () => {
    const taken = new Set<string>()
    await fuzz(
      60_000,
      (draw) => framed(draw, draw.below(2) === 0 ? device : relay),
      (bytes) => {
        const fromDevice = decodeDeviceFrame(bytes)
        const fromRelay = decodeRelayFrame(bytes)
        if (fromDevice.ok && fromRelay.ok) throw new Error('both a device’s and a relay’s')
        if (fromDevice.ok && !equalBytes(encodeDeviceFrame(fromDevice.value), bytes)) throw new Error('two spellings')
        if (fromRelay.ok && !equalBytes(encodeRelayFrame(fromRelay.value), bytes)) throw new Error('two spellings')
        if (fromDevice.ok) taken.add(fromDevice.value.type)
        if (fromRelay.ok) taken.add(fromRelay.value.type)
      },
    )
    // every kind was reached, by bytes that are not a sample
    for (const kind of [...Object.keys(DEVICE_FRAMES), ...Object.keys(RELAY_FRAMES)]) expect(taken).toContain(kind)
  })

  it('ADV-82 a frame over the limit is refused before it is read, and a count that lies is refused', () => {
    expect(decodeDeviceFrame(new Uint8Array(MAX_FRAME_BYTES + 1).fill(3)).ok).toBe(false)
    for (const count of [0, 65, 1_000]) {
      const envelopes = Array.from({ length: count }, () => new Uint8Array(590))
      expect(decodeDeviceFrame(encodeDeviceFrame({ type: 'append', request: 1, body: { envelopes } })).ok).toBe(false)
    }
    for (const size of [0, 1, 589, 591, 61_519]) {
      const envelopes = [new Uint8Array(size)]
      expect(decodeDeviceFrame(encodeDeviceFrame({ type: 'append', request: 1, body: { envelopes } })).ok).toBe(false)
    }
  })
})

describe('the HTTP half', () => {
  it('ADV-82 each body gives what it says or an error, and has one spelling', async () => {
    const valid = Object.values(others)
    const short = valid.map((bytes) => bytes.subarray(0, 2_000))
    const taken = new Set<string>()
    await fuzz(
      12_000,
      (draw) => anyBytes(draw, draw.below(20) === 0 ? valid : short),
      (bytes) => {
        for (const [name, body] of bodies) {
          const read = body.decode(bytes)
          if (!read.ok) continue
          taken.add(name)
          if (!equalBytes(body.encode(read.value), bytes)) throw new Error(`two spellings of ${name}`)
        }
      },
    )
    // what is one page or message long is bent too seldom to be taken in each time
    expect([...taken]).toEqual(expect.arrayContaining(['createBox', 'putPlace', 'placeStored', 'relayInfo']))
  })

  it('ADV-82 a proof is read from one spelling of a header only', async () => {
    const proof = others['proof'] as Bytes
    let taken = 0
    const header = (draw: Draw): Bytes =>
      draw.below(2) === 0
        ? anyBytes(draw, [proof])
        : utf8(toHex(bent(fromHex(new TextDecoder().decode(proof)) ?? encodeCbor([]), draw)))
    await fuzz(20_000, header, (bytes) => {
      const text = new TextDecoder().decode(bytes)
      const read = http.decodeProof(text)
      if (read === null) return
      taken++
      if (http.encodeProof(read) !== text) throw new Error('two spellings')
    })
    expect(taken).toBeGreaterThan(50)
    expect(http.decodeProof('ab'.repeat(501))).toBeNull()
  })
})
