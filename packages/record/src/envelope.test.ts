import { concat, equalBytes, u32, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { T } from '@alongside/base/label.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { sealBox } from './box.ts'
import { chainNext, chainStart, envelopeHash } from './chain.ts'
import { sha256 } from './crypto.ts'
import { BUCKETS, ENVELOPE_SIZES, envelopeEpoch, MAX_ENTRY_SIZE, openEnvelope, sealEnvelope } from './envelope.ts'
import { epochKeys } from './epoch.ts'

const circle = sha256(utf8('circle'))
const keys = epochKeys(circle, 3, sha256(utf8('secret')))
const random = chance('envelope')

describe('an envelope', () => {
  it('[ENV-1] gives back what went in, at exactly one of eight sizes', () => {
    expect(ENVELOPE_SIZES).toEqual([590, 1102, 2126, 4174, 8270, 16462, 32846, 61518])
    const lengths = [0, 1, 300, 508, 509, 1020, 1021, 16_380, 16_381, MAX_ENTRY_SIZE]
    for (const length of lengths) {
      const plaintext = random.bytes(length)
      const sealed = must(sealEnvelope(keys, plaintext, random))
      const bucket = BUCKETS.find((size) => length + 4 <= size) ?? 0
      expect(sealed.length).toBe(bucket + 78)
      expect(equalBytes(must(openEnvelope(keys, sealed)), plaintext)).toBe(true)
    }
    const over = sealEnvelope(keys, new Uint8Array(MAX_ENTRY_SIZE + 1), random)
    expect(over).toEqual({ ok: false, error: { type: 'TooLong', size: 61_437, max: 61_436 } })
  })

  it('[ENV-1] says without any key which epoch it is sealed under, up to the largest there is', () => {
    for (const epoch of [0, 1, 255, 256, 0x0001_0203, 0x0102_0304, 0x7f80_01ff, 0xffff_ffff]) {
      const under = epochKeys(circle, epoch, sha256(utf8('secret')))
      const sealed = must(sealEnvelope(under, utf8('an entry'), random))
      expect(envelopeEpoch(sealed)).toBe(epoch)
      expect(openEnvelope(under, sealed).ok).toBe(true)
    }
    expect(openEnvelope(keys, random.bytes(589))).toEqual({ ok: false, error: { type: 'NotAnEnvelope' } })
  })

  it('[ENV-2] ADV-9 refuses every single changed byte, at every position', () => {
    const sealed = must(sealEnvelope(keys, utf8('a short entry'), random))
    for (let at = 0; at < sealed.length; at++) {
      const bent = Uint8Array.from(sealed)
      bent[at] = (bent[at] as number) ^ (1 + (at % 255))
      const opened = openEnvelope(keys, bent)
      expect(opened.ok).toBe(false)
      if (!opened.ok) {
        const wanted = at < 2 ? 'NotAnEnvelope' : at < 6 ? 'WrongEpoch' : at < 62 ? 'WrongKey' : 'Altered'
        expect(opened.error.type).toBe(wanted)
      }
    }
  })

  it('[ENV-3] ADV-10 shows its epoch to anybody, and a changed epoch opens under no key', () => {
    const sealed = must(sealEnvelope(keys, utf8('x'), random))
    expect(envelopeEpoch(sealed)).toBe(3)
    const moved = concat(sealed.subarray(0, 2), u32(4), sealed.subarray(6))
    expect(envelopeEpoch(moved)).toBe(4)
    expect(openEnvelope(keys, moved).ok).toBe(false)
    const next = epochKeys(circle, 4, keys.secret)
    expect(openEnvelope(next, moved)).toEqual({ ok: false, error: { type: 'WrongKey' } })
    expect(envelopeEpoch(sealed.subarray(1))).toBeNull()
  })

  it('[ENV-4] ADV-4 an envelope of one circle opens in no other', () => {
    const sealed = must(sealEnvelope(keys, utf8('x'), random))
    const other = epochKeys(sha256(utf8('other circle')), 3, keys.secret)
    expect(openEnvelope(other, sealed)).toEqual({ ok: false, error: { type: 'WrongKey' } })
  })

  it('[ENV-5] ADV-51 a commitment that is copied or blanked opens under neither of two keys', () => {
    const rival = epochKeys(circle, 3, sha256(utf8('rival')))
    const salt = random.bytes(24)
    const fixed = { bytes: () => salt }
    const mine = must(sealEnvelope(keys, utf8('mine'), fixed))
    const theirs = must(sealEnvelope(rival, utf8('theirs'), fixed))
    const mixed = concat(mine.subarray(0, 30), theirs.subarray(30, 62), mine.subarray(62))
    const blank = concat(mine.subarray(0, 30), new Uint8Array(32), mine.subarray(62))
    for (const made of [mixed, blank]) for (const key of [keys, rival]) expect(openEnvelope(key, made).ok).toBe(false)
  })

  it('[ENV-6] padding that is not zero, or a length past the end, is refused', () => {
    const header = concat(Uint8Array.of(1, 1), u32(3))
    const build = (plaintext: Bytes): Bytes => {
      const salt = random.bytes(24)
      return concat(header, sealBox(keys.envelope, salt, T('env', circle, concat(header, salt)), plaintext))
    }
    const dirty = new Uint8Array(512)
    dirty[511] = 1
    const long = concat(u32(509), new Uint8Array(508))
    for (const plaintext of [dirty, long])
      expect(openEnvelope(keys, build(plaintext))).toEqual({ ok: false, error: { type: 'BadPadding' } })
  })

  it('[ENV-2] random bytes never open and never throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ENVELOPE_SIZES.slice(0, 3)), fc.infiniteStream(fc.nat(255)), (size, bytes) => {
        const made = Uint8Array.from(bytes.take(size))
        made.set([1, 1, 0, 0, 0, 3])
        expect(openEnvelope(keys, made).ok).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})

describe('the chain', () => {
  it('[CHN-1] depends on every envelope, on their order and on the box', () => {
    const [a, b] = [utf8('a'), utf8('b')].map(envelopeHash) as [Bytes, Bytes]
    const run = (box: Bytes, hashes: Bytes[]) =>
      hashes.reduce((head, hash, i) => chainNext(head, i + 1, hash), chainStart(box))
    const box = random.bytes(16)
    const heads = [run(box, [a, b]), run(box, [b, a]), run(box, [a]), run(random.bytes(16), [a, b])]
    for (const [i, one] of heads.entries())
      for (const [j, other] of heads.entries()) expect(equalBytes(one, other)).toBe(i === j)
  })
})
