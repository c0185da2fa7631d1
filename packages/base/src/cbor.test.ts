import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor, type Plain } from './cbor.ts'
import { LABELS, T } from './label.ts'
import { equalBytes } from './bytes.ts'

const plain = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.maxSafeNat(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 5 }),
  ),
})).value

describe('deterministic encoding', () => {
  it('every value of the profile comes back as it went in, in the same bytes', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const bytes = encodeCbor(value)
        const read = decodeCbor(bytes)
        expect(read.ok).toBe(true)
        if (read.ok) expect(equalBytes(encodeCbor(read.value), bytes)).toBe(true)
      }),
    )
  })

  it('text that begins with a byte order mark comes back with it, at any length', () => {
    for (const length of [0, 10, 40, 300]) {
      const text = `\ufeff${'a'.repeat(length)}`
      expect(decodeCbor(encodeCbor([text]))).toEqual({ ok: true, value: [text] })
    }
  })

  it('what was read does not change when the bytes it was read from do', () => {
    const bytes = encodeCbor([Uint8Array.of(1, 2, 3)])
    const read = decodeCbor(bytes)
    bytes.fill(0)
    expect(read).toEqual({ ok: true, value: [Uint8Array.of(1, 2, 3)] })
  })

  it('ADV-76 overlong, truncated and surrogate spellings of text are refused', () => {
    for (const bytes of [
      [0xc0, 0x80],
      [0xc1, 0xbf],
      [0xe0, 0x80, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xe2, 0x82],
    ])
      expect(decodeCbor(Uint8Array.of(0x60 + bytes.length, ...bytes)).ok).toBe(false)
  })

  it('random bytes never make the decoder throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeCbor(bytes)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['a map', [0xa0]],
    ['a float', [0xf9, 0x3c, 0x00]],
    ['a tag', [0xc1, 0x00]],
    ['a negative number', [0x20]],
    ['an open-ended list', [0x9f, 0xff]],
    ['a long spelling of a small number', [0x18, 0x05]],
    ['bytes left over', [0x00, 0x00]],
    ['bytes missing', [0x42, 0x00]],
    ['text that is not UTF-8', [0x61, 0xff]],
    ['nothing at all', []],
    ['depth nine', [0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x00]],
  ])('refuses %s', (_what, bytes) => {
    expect(decodeCbor(Uint8Array.from(bytes)).ok).toBe(false)
  })

  it('ADV-77 refuses a depth of sixty thousand without running out of stack', () => {
    expect(decodeCbor(new Uint8Array(60_000).fill(0x81))).toEqual({
      ok: false,
      error: { type: 'NotCbor', why: 'depth' },
    })
  })
})

describe('labels', () => {
  it('ADV-53 are unique, and what one label begins no other label begins', () => {
    const starts = LABELS.map((label) => T(label))
    expect(new Set(LABELS).size).toBe(LABELS.length)
    for (const [i, a] of starts.entries())
      for (const [j, b] of starts.entries()) if (i !== j) expect(equalBytes(a, b.subarray(0, a.length))).toBe(false)
  })
})
