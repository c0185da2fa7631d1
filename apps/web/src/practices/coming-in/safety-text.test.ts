import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { digitGroups, safetyBytes, safetyText } from './safety-text.ts'

describe('a safety code as text', () => {
  it('comes back as the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 33, maxLength: 33 }), (code) => {
        expect(safetyBytes(safetyText(Uint8Array.from(code)))).toEqual(Uint8Array.from(code))
      }),
    )
  })

  it('is told apart from any other code', () => {
    expect(safetyBytes('https://example.org/#AS1')).toBeNull()
    expect(safetyBytes('')).toBeNull()
    expect(safetyBytes('AS1:not hexadecimal')).toBeNull()
  })

  it('is said in groups of four, however the digits were written', () => {
    expect(digitGroups('12345678901234567890')).toEqual(['1234', '5678', '9012', '3456', '7890'])
    expect(digitGroups('1234 5678 9012 3456 7890')).toEqual(['1234', '5678', '9012', '3456', '7890'])
  })
})
