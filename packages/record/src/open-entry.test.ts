import { concat, u32, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { Circle, Person, together } from '../test/circle.ts'
import { only, reasons, sameDigest, there } from '../test/look.ts'
import { sealEnvelope } from './envelope.ts'

describe('envelopes that are not right', () => {
  it('[FLD-2] [FLD-9] ADV-4 ADV-9 ADV-10 are set aside, and the chain goes on', async () => {
    const { circle, amal, bea } = await together()
    const good = bea.seal(await bea.note('good'))
    const bent = Uint8Array.from(good)
    bent[100] = (bent[100] as number) ^ 1
    const moved = concat(good.subarray(0, 2), u32(0), good.subarray(6))
    const foreign = new Circle('another box')
    await foreign.found(new Person('Cam'))
    const notAnEntry = must(sealEnvelope(there(bea.folded.keys()), chance('junk').bytes(60), bea.random))
    await circle.add(bent, moved, foreign.envelopes[0] as Bytes, notAnEntry, new Uint8Array(3), good)
    const fresh = new Person('Amal')
    const outcomes = await fresh.open(circle.circleId, circle.boxId, bea.folded.secrets()).push(circle.envelopes)
    expect(reasons(outcomes).slice(4)).toEqual([
      'CannotOpen',
      'WrongEpoch',
      'WrongEpoch',
      'NotAnEntry',
      'NotAnEnvelope',
      'applied',
    ])
    sameDigest(fresh, amal, bea)
  })

  it('[FLD-9] ADV-78 random bytes as what was sealed never throw and change nothing', async () => {
    const { amal, bea } = await together()
    const before = amal.folded.digest()
    const keys = there(bea.folded.keys())
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const verdicts = await only(amal, must(sealEnvelope(keys, bytes, bea.random)))
        expect(verdicts).toEqual(['NotAnEntry'])
      }),
      { numRuns: 300 },
    )
    expect(amal.folded.digest()).toEqual(before)
  })

  it('[FLD-9] random payloads of every known type never throw', async () => {
    const { amal } = await together()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 9 }), fc.uint8Array({ maxLength: 200 }), async (type, bytes) => {
        await only(amal, amal.seal(await amal.sign(type, Uint8Array.from(bytes))))
      }),
      { numRuns: 150 },
    )
    expect(Object.keys(amal.folded.view().state.members)).toHaveLength(2)
  })
})
