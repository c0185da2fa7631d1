/**
 * What a device asks of itself before it starts: that chance is not stuck, and that its cryptography gives the published
 * bytes. A source of chance that repeats itself would use one key and nonce twice, which opens what was sealed; a primitive
 * that some engine or extension broke would write what nobody else can read. SPEC CRY-5.
 *
 * It sees a source that throws, gives too little, or gives the same again; whether chance is good no test can see.
 */
import { equalBytes, fromHex, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { aeadOpen, aeadSeal, hkdf, sha256 } from './crypto.ts'

export type SelfTestError =
  /** Chance threw, gave the wrong number of bytes, or gave the same again. */
  | { readonly type: 'RandomFailed'; readonly why: 'threw' | 'size' | 'repeats' }
  /** A primitive gave other bytes than published, or threw. */
  | { readonly type: 'PrimitiveFailed'; readonly primitive: Primitive }

type Primitive = 'hash' | 'derive' | 'seal'

const DRAWS = 8
const DRAW_SIZE = 24

const h = (text: string): Bytes => fromHex(text) as Bytes

/** Draws a few times, as many bytes as a salt has. None may be like another, nor one byte over and over. */
export function testRandom(random: Random): Result<null, SelfTestError> {
  const drawn = new Set<string>()
  for (let i = 0; i < DRAWS; i++) {
    let bytes: Bytes
    try {
      bytes = random.bytes(DRAW_SIZE)
    } catch {
      return err({ type: 'RandomFailed', why: 'threw' })
    }
    if (bytes.length !== DRAW_SIZE) return err({ type: 'RandomFailed', why: 'size' })
    if (bytes.every((byte) => byte === bytes[0])) return err({ type: 'RandomFailed', why: 'repeats' })
    drawn.add(toHex(bytes))
  }
  return drawn.size === DRAWS ? ok(null) : err({ type: 'RandomFailed', why: 'repeats' })
}

/**
 * What each primitive must give: FIPS 180-2, RFC 5869 A.1, the XChaCha draft A.3.1. Signatures and key exchange are left to
 * the tests: their tables alone take longer than anything else at a start, and a wrong one locks out instead of giving away.
 */
const KNOWN: readonly (readonly [Primitive, () => boolean])[] = [
  ['hash', () => toHex(sha256(utf8('abc'))) === 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'derive',
    () =>
      toHex(hkdf(new Uint8Array(22).fill(11), h('f0f1f2f3f4f5f6f7f8f9'), 42, h('000102030405060708090a0b0c'))) ===
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  ],
  [
    'seal',
    () => {
      const key = Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i)
      const nonce = Uint8Array.from({ length: 24 }, (_, i) => 0x40 + i)
      const aad = h('50515253c0c1c2c3c4c5c6c7')
      const text = utf8(
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
      )
      const sealed = aeadSeal(key, nonce, aad, text)
      const opened = aeadOpen(key, nonce, aad, sealed)
      sealed[3] = (sealed[3] as number) ^ 1
      return (
        toHex(sealed.subarray(-16)) === 'c0875924c1c7987947deafd8780acf49' &&
        opened !== null &&
        equalBytes(opened, text) &&
        aeadOpen(key, nonce, aad, sealed) === null
      )
    },
  ],
]

function holds(known: () => boolean): boolean {
  try {
    return known()
  } catch {
    return false
  }
}

/** Whether this device may start: chance first, then every primitive. Takes a few milliseconds; nothing is kept of it. */
export function selfTest(random: Random): Result<null, SelfTestError> {
  const chance = testRandom(random)
  if (!chance.ok) return chance
  for (const [primitive, known] of KNOWN) if (!holds(known)) return err({ type: 'PrimitiveFailed', primitive })
  return ok(null)
}
