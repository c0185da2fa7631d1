import { toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { newKemKeys } from './crypto.ts'
import { keyInItem, MAX_SEALED_ANSWER, openItem, sealItem, SEALED_ITEM_SIZE } from './sealed.ts'

const random = chance('sealed')
const hex = (size: number) => toHex(random.bytes(size))

describe('a sealed item', () => {
  const context = { circleId: random.bytes(32), encounter: hex(16), author: hex(16) }
  const person = newKemKeys(random)

  it('[SEA-1] has one size and one shape, real or empty, openable by somebody or by nobody', async () => {
    const items = [
      await sealItem(context, utf8('a full answer'), person.publicKey, random),
      await sealItem(context, new Uint8Array(0), null, random),
      await sealItem(context, random.bytes(MAX_SEALED_ANSWER), null, random),
    ]
    for (const { item } of items) {
      expect(item.length).toBe(SEALED_ITEM_SIZE)
      // the wrap begins with a public key: a random string would have its top bit set half of the time
      expect((item[4_096 + 32 + 31] as number) < 128).toBe(true)
    }
    expect(must(openItem(context, items[1]?.item as Bytes, items[1]?.key as Bytes))).toHaveLength(0)
  })

  it('[SEA-1] a kept answer and an empty item differ in no byte more often than chance', async () => {
    const rounds = 120
    const ones = { kept: new Uint32Array(SEALED_ITEM_SIZE), empty: new Uint32Array(SEALED_ITEM_SIZE) }
    for (let i = 0; i < rounds; i++) {
      const kept = await sealItem(context, utf8('the same answer every time'), null, random)
      const empty = await sealItem(context, new Uint8Array(0), null, random)
      for (const [counts, { item }] of [
        [ones.kept, kept],
        [ones.empty, empty],
      ] as const)
        for (const [at, byte] of item.entries()) counts[at] = (counts[at] as number) + (byte & 1)
    }
    // lowest bit of every byte: about half of the rounds each; six standard deviations is 33 of 120
    for (const counts of [ones.kept, ones.empty])
      for (const count of counts) expect(Math.abs(count - rounds / 2)).toBeLessThan(34)
  })

  it('[SEA-2] opens for its author’s key, and for the reader it was made openable by', async () => {
    const { item, key } = await sealItem(context, utf8('an answer'), person.publicKey, random)
    expect(must(openItem(context, item, key))).toEqual(utf8('an answer'))
    expect(await keyInItem(context, item, person.secretKey)).toEqual(key)
    expect(await keyInItem(context, item, newKemKeys(random).secretKey)).toBeNull()
    const alone = await sealItem(context, utf8('mine'), null, random)
    expect(await keyInItem(context, alone.item, person.secretKey)).toBeNull()
  })

  it('[SEA-3] cannot be shown as another answer, another encounter’s or another member’s', async () => {
    const { item, key } = await sealItem(context, utf8('an answer'), null, random)
    const wrong = { ok: false, error: { type: 'WrongKey' } }
    expect(openItem(context, item, random.bytes(32))).toEqual(wrong)
    expect(openItem({ ...context, encounter: hex(16) }, item, key)).toEqual(wrong)
    expect(openItem({ ...context, author: hex(16) }, item, key)).toEqual(wrong)
    const bent = Uint8Array.from(item)
    bent[100] = (bent[100] as number) ^ 1
    expect(openItem(context, bent, key)).toEqual({ ok: false, error: { type: 'Altered' } })
    expect(openItem(context, item.subarray(1), key)).toEqual({ ok: false, error: { type: 'NotAnItem' } })
  })
})
