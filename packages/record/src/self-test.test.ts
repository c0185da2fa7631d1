import { systemRandom, type Random } from '@alongside/base/world.ts'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { selfTest, testRandom } from './self-test.ts'

const bad: readonly (readonly [string, Random, 'threw' | 'size' | 'repeats'])[] = [
  ['zeros', { bytes: (size) => new Uint8Array(size) }, 'repeats'],
  ['one byte for ever', { bytes: (size) => new Uint8Array(size).fill(7) }, 'repeats'],
  ['the same bytes each time', { bytes: (size) => Uint8Array.from({ length: size }, (_, i) => i) }, 'repeats'],
  ['nothing', { bytes: () => new Uint8Array() }, 'size'],
  ['too much', { bytes: (size) => new Uint8Array(size + 1) }, 'size'],
  [
    'an error',
    {
      bytes: () => {
        throw new Error('no chance here')
      },
    },
    'threw',
  ],
]

/** Good for a while, and then stuck on what it gave last. */
function sticking(after: number): Random {
  const good = chance('sticking')
  let given = 0
  let last = good.bytes(24)
  return {
    bytes: (size) => {
      if (given++ < after) last = good.bytes(size)
      return last
    },
  }
}

describe('the self-test', () => {
  it('[CRY-5] ADV-52 passes on this platform, time after time, and with any chance that varies', () => {
    for (let i = 0; i < 200; i++) expect(selfTest(systemRandom)).toEqual({ ok: true, value: null })
    expect(selfTest(chance('any'))).toEqual({ ok: true, value: null })
  })

  it.each(bad)('[CRY-5] ADV-52 fails when chance gives %s', (_what, random, why) => {
    expect(selfTest(random)).toEqual({ ok: false, error: { type: 'RandomFailed', why } })
  })

  it('[CRY-5] ADV-52 fails when chance gets stuck between the first draw and the last', () => {
    for (let after = 1; after < 7; after++)
      expect(testRandom(sticking(after))).toEqual({ ok: false, error: { type: 'RandomFailed', why: 'repeats' } })
  })
})
