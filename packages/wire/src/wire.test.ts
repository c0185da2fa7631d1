import { readFileSync } from 'node:fs'
import { fromHex, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeProof, encodeProof } from './http.ts'
import { ENVELOPE_SIZES, MAX_ENVELOPES } from './limits.ts'
import {
  DEVICE_FRAMES,
  RELAY_FRAMES,
  decodeDeviceFrame,
  decodeRelayFrame,
  encodeDeviceFrame,
  encodeRelayFrame,
} from './messages.ts'
import { deviceFrames, fingerprint, relayFrames, samples } from './samples.ts'
import { SUPPORTED_VERSIONS, WIRE_VERSION, history } from './version.ts'

const fixture = (version: number): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../fixtures/v${version}.json`, import.meta.url), 'utf8')) as Record<string, string>

describe('the version', () => {
  it('is raised whenever anything on the wire changes', () => {
    const recorded = history.find((entry) => entry.version === WIRE_VERSION)
    expect(
      recorded?.fingerprint,
      'What goes over the wire has changed. Raise WIRE_VERSION, add a line to `history` with the new fingerprint, ' +
        'write fixtures/v<n>.json from samples(), and keep the old ones.',
    ).toBe(fingerprint())
    expect(fixture(WIRE_VERSION)).toEqual(samples())
  })

  it('of every relay still speaks what devices in the field send', () => {
    for (const version of SUPPORTED_VERSIONS) {
      const sent = Object.entries(fixture(version)).filter(([name]) => name.startsWith('device.'))
      expect(sent.length).toBeGreaterThan(10)
      for (const [name, hex] of sent) expect(decodeDeviceFrame(fromHex(hex) as Bytes).ok, name).toBe(true)
    }
  })

  it('history names each version once', () => {
    expect(new Set(history.map((entry) => entry.version)).size).toBe(history.length)
  })
})

describe('frames', () => {
  it('come back as they went in, and there is a sample of each kind', () => {
    for (const frame of deviceFrames) expect(must(decodeDeviceFrame(encodeDeviceFrame(frame)))).toEqual(frame)
    for (const frame of relayFrames) expect(must(decodeRelayFrame(encodeRelayFrame(frame)))).toEqual(frame)
    expect(new Set(deviceFrames.map((frame) => frame.type))).toEqual(new Set(Object.keys(DEVICE_FRAMES)))
    expect(new Set(relayFrames.map((frame) => frame.type))).toEqual(new Set(Object.keys(RELAY_FRAMES)))
  })

  it('of a device are never taken for those of a relay', () => {
    for (const frame of deviceFrames) expect(decodeRelayFrame(encodeDeviceFrame(frame)).ok).toBe(false)
    for (const frame of relayFrames) expect(decodeDeviceFrame(encodeRelayFrame(frame)).ok).toBe(false)
  })

  it('ADV-82 any bytes give a frame or an error, never a throw', () => {
    const kind = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 60, max: 90 }), fc.nat(255))
    fc.assert(
      fc.property(kind, fc.uint8Array({ maxLength: 1300 }), (first, rest) => {
        const bytes = Uint8Array.of(first, ...rest)
        decodeDeviceFrame(bytes)
        decodeRelayFrame(bytes)
      }),
      { numRuns: 3000 },
    )
  })

  it('ADV-82 every cut of every frame is refused or is another whole frame, never a throw', () => {
    for (const frame of deviceFrames) {
      const whole = encodeDeviceFrame(frame)
      for (let size = 0; size < Math.min(whole.length, 700); size++) decodeDeviceFrame(whole.slice(0, size))
    }
  })

  it('carry envelopes of the eight lengths only, and at most 64', () => {
    const append = (sizes: readonly number[]) =>
      decodeDeviceFrame(
        encodeDeviceFrame({
          type: 'append',
          request: 1,
          body: { envelopes: sizes.map((size) => new Uint8Array(size)) },
        }),
      ).ok
    expect(append(ENVELOPE_SIZES)).toBe(true)
    expect(append([589])).toBe(false)
    expect(append([])).toBe(false)
    expect(append(Array.from({ length: MAX_ENVELOPES }, () => 590))).toBe(true)
    expect(append(Array.from({ length: MAX_ENVELOPES + 1 }, () => 590))).toBe(false)
  })

  it('add at most a twentieth to an entry of the smallest size', () => {
    const frame = encodeDeviceFrame({ type: 'append', request: 1, body: { envelopes: [new Uint8Array(590)] } })
    const webSocketHeader = 8 // 2, a 16-bit length, a mask (RFC 6455 section 5.2)
    expect(frame.length + webSocketHeader).toBeLessThanOrEqual(590 * 1.05)
  })
})

describe('proofs in a header', () => {
  it('come back as they went in; anything else is no proof', () => {
    const proof = { by: 'author', nonce: new Uint8Array(56).fill(1), sig: new Uint8Array(64).fill(2) } as const
    expect(decodeProof(encodeProof(proof))).toEqual(proof)
    expect(decodeProof('')).toBeNull()
    expect(decodeProof('zz')).toBeNull()
    expect(decodeProof('00'.repeat(2000))).toBeNull()
  })
})
