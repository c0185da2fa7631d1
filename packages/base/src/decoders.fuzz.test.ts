/** Whatever bytes come: the decoder says what they are or that they are nothing, and what it takes in has one spelling. */
import { describe, expect, it, vi } from 'vitest'
import { concat, equalBytes, fromHex, toHex, utf8 } from './bytes.ts'
import { decodeCbor, encodeCbor, MAX_ITEMS, type Plain } from './cbor.ts'
import { bool, bytes, bytesUpTo, id, list, maybe, oneOf, record, text, uint, type Codec } from './codec.ts'
import { anyBytes, bent, cborSoup, drawing, fuzz } from './testing/fuzz.ts'

// many cases: longer than usual where a machine is busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const samples: readonly Plain[] = [
  0,
  2 ** 53 - 1,
  [],
  [1, 'text', Uint8Array.of(1, 2, 3), null, true, [false, [24, 256, 65_536, 2 ** 32]]],
  ['\ufeff', 'ع🌱'.repeat(9), new Uint8Array(300)],
  Array.from({ length: 60 }, (_, i) => [i, String(i)]),
]
const valid = samples.map(encodeCbor)

const shapes: readonly Codec<never>[] = [
  uint(300),
  bool,
  bytes(3),
  bytesUpTo(20),
  id,
  text(9, 1),
  oneOf(['a', 'b', 'c']),
  maybe(uint()),
  list(maybe(text(3)), 4),
  record({ a: uint(), b: list(bytesUpTo(4), 9), c: maybe(record({ d: bool })) }),
] as unknown as readonly Codec<never>[]

const array = (size: number): number[] => [0x99, size >> 8, size & 255]

describe('any bytes', () => {
  it('ADV-76 ADV-78 100,000 of them: none makes the decoder throw, and what it takes in it writes back the same', async () => {
    let taken = 0
    await fuzz(
      100_000,
      (draw) => anyBytes(draw, valid),
      (input) => {
        const before = toHex(input)
        const read = decodeCbor(input)
        expect(toHex(input)).toBe(before)
        if (!read.ok) return
        taken++
        if (!equalBytes(encodeCbor(read.value), input)) throw new Error('two spellings')
      },
    )
    expect(taken).toBeGreaterThan(5_000)
  })

  it('ADV-76 what a shape takes in from any value it writes back the same', async () => {
    let taken = 0
    const wanted = [[7, [], null], [7, [Uint8Array.of(1)], [true]], ['abc', null], 'text', 2, Uint8Array.of(1, 2, 3)]
    const known = [...valid, ...wanted.map((value) => encodeCbor(value as Plain))]
    await fuzz(
      20_000,
      (draw) => anyBytes(draw, known),
      (input) => {
        const plain = decodeCbor(input)
        if (!plain.ok) return
        for (const shape of shapes) {
          const read = shape.decode(plain.value)
          if (!read.ok) continue
          taken++
          if (!equalBytes(encodeCbor(shape.encode(read.value)), input)) throw new Error('two spellings')
        }
      },
    )
    expect(taken).toBeGreaterThan(2_000)
  })

  it('ADV-76 hexadecimal is read only in the spelling it is written in', async () => {
    await fuzz(
      10_000,
      (draw) => utf8(draw.below(2) === 0 ? toHex(draw.bytes(draw.below(9))) : 'aF0 x'.slice(draw.below(5))),
      (input) => {
        const written = new TextDecoder().decode(input)
        const read = fromHex(written)
        if (read !== null && toHex(read) !== written) throw new Error('two spellings')
      },
    )
  })
})

describe('bounds', () => {
  it.each([
    ['4,097 items in one list', [...array(4_096), ...Array.from({ length: 4_096 }, () => 0)], 'items'],
    ['a list that says 4,097', [...array(4_097), ...Array.from({ length: 4_097 }, () => 0)], 'items'],
    ['a list that says 2^53', [0x9b, 0, 0x20, 0, 0, 0, 0, 0, 0], 'kind'],
    ['bytes that say 2^32', [0x5b, 0, 0, 0, 1, 0, 0, 0, 0], 'length'],
    ['depth nine', [0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x00], 'depth'],
    ['bytes without an end', [0x5f, 0x41, 0, 0xff], 'kind'],
    ['text without an end', [0x7f, 0x61, 97, 0xff], 'kind'],
    ['a list without an end', [0x9f, 0xff], 'kind'],
    ['a half float', [0xf9, 0x3c, 0], 'kind'],
    ['a double', [0xfb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0], 'kind'],
    ['a tag', [0xc2, 0x41, 0], 'kind'],
    ['undefined', [0xf7], 'kind'],
    ['a simple value in two bytes', [0xf8, 0x14], 'kind'],
    ['a map with the same key twice', [0xa2, 0, 0, 0, 0], 'kind'],
    ['23 in two bytes', [0x18, 23], 'spelling'],
    ['255 in three bytes', [0x19, 0, 255], 'spelling'],
    ['one byte more', [0, 0], 'length'],
    ['an overlong letter', [0x62, 0xc1, 0xa1], 'text'],
    ['half of a pair', [0x63, 0xed, 0xa0, 0xbd], 'text'],
  ])('ADV-76 refuses %s, and says why', (_what, input, why) => {
    expect(decodeCbor(Uint8Array.from(input))).toEqual({ ok: false, error: { type: 'NotCbor', why } })
  })

  it('takes in exactly 4,096 items and depth eight', () => {
    const items = concat(Uint8Array.of(...array(MAX_ITEMS - 1)), new Uint8Array(MAX_ITEMS - 1))
    expect(decodeCbor(items).ok).toBe(true)
    expect(decodeCbor(Uint8Array.of(...Array.from({ length: 8 }, () => 0x81), 0)).ok).toBe(true)
  })

  it('ADV-77 a depth of sixty thousand, and of a million lists in lists, is refused at its ninth byte', () => {
    for (const size of [60_000, 1_000_000])
      for (const head of [0x81, 0x82, 0x9b]) expect(decodeCbor(new Uint8Array(size).fill(head)).ok).toBe(false)
    expect(decodeCbor(new Uint8Array(1_000_000).fill(0x81))).toEqual({
      ok: false,
      error: { type: 'NotCbor', why: 'depth' },
    })
  })
})

describe('the fuzzer', () => {
  it('gives the same input for the same seed, and another for another', () => {
    const first = (seed: number) => toHex(bent(valid[3] as Uint8Array, drawing(seed))) + toHex(cborSoup(drawing(seed)))
    expect(first(1)).toBe(first(1))
    expect(first(1)).not.toBe(first(2))
  })

  it('finds a fault, makes its input small, and says the seed', async () => {
    const found = await fuzz(
      2_000,
      (draw) => anyBytes(draw, valid),
      (input) => {
        if (input.includes(0x9f)) throw new Error('a reader that cannot bear 0x9f')
      },
    ).then(
      () => '',
      (error: unknown) => String(error),
    )
    expect(found).toMatch(/seed \d+: a reader that cannot bear 0x9f\ninput 9f$/)
  })
})
