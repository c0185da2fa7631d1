import { toHex, utf8 } from '@alongside/base/bytes.ts'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { compareSafetyCode, safetyCode, safetyDigits, type SafetyInput } from './safety.ts'

const random = chance('safety')
const hex = (size: number) => toHex(random.bytes(size))

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
