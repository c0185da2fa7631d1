import { describe, expect, it } from 'vitest'
import { fromHex, toHex, u32, u64, utf8, concat } from './bytes.ts'
import { LABELS, T } from './label.ts'

describe('bytes', () => {
  it('write numbers as DataView does, at both ends and where halves meet', () => {
    const big = [0, 1, 255, 256, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 5, 2 ** 40 + 7, Number.MAX_SAFE_INTEGER]
    for (const value of big) {
      const eight = new DataView(u64(value).buffer)
      expect(eight.getBigUint64(0)).toBe(BigInt(value))
      if (value < 2 ** 32) expect(new DataView(u32(value).buffer).getUint32(0)).toBe(value)
    }
    for (const wrong of [-1, 1.5, 2 ** 53, Number.NaN]) expect(() => u64(wrong)).toThrow(RangeError)
  })

  it('read lower-case hexadecimal of even length and nothing else', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i)
    expect(fromHex(toHex(all))).toEqual(all)
    expect(fromHex('')).toEqual(new Uint8Array())
    for (const wrong of ['a', 'AB', 'g0', '0g', '0x', ' 1', '1 ', '٣1', '0\n', 'é0', '٠٠'])
      expect(fromHex(wrong)).toBeNull()
  })

  it('are labelled as the format says: prefix, label, zero, then each part with its length', () => {
    const parts = [Uint8Array.of(1, 2, 3), 'ñ', new Uint8Array(70_000)] as const
    for (const label of LABELS)
      expect(T(label, ...parts)).toEqual(
        concat(
          utf8(`alongside/1/${label}`),
          Uint8Array.of(0),
          u32(3),
          parts[0],
          u32(2),
          utf8('ñ'),
          u32(70_000),
          parts[2],
        ),
      )
  })
})
