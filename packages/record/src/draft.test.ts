import { toHex, utf8 } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { draftId, openDraft, sealDraft } from './draft.ts'
import { epochKeys } from './epoch.ts'

const random = chance('draft')
const hex = (size: number) => toHex(random.bytes(size))
const keys = epochKeys(random.bytes(32), 2, random.bytes(32))

describe('a draft', () => {
  it('[DRA-1] is named by epoch and note, and opens for that note in that epoch only', () => {
    const [note, otherNote] = [hex(16), hex(16)]
    const next = epochKeys(keys.circleId, 3, random.bytes(32))
    const names = [draftId(keys, note), draftId(keys, otherNote), draftId(next, note)]
    expect(new Set(names).size).toBe(3)
    const sealed = must(sealDraft(keys, note, utf8('not kept yet'), random))
    expect(must(openDraft(keys, note, sealed))).toEqual(utf8('not kept yet'))
    expect(openDraft(keys, otherNote, sealed)).toEqual({ ok: false, error: { type: 'WrongKey' } })
    expect(openDraft(next, note, sealed)).toEqual({ ok: false, error: { type: 'WrongKey' } })
  })

  it('[DRA-2] comes in eight sizes, none over what the relay takes', () => {
    const note = hex(16)
    const sizes = [0, 508, 509, 61_436].map((size) => must(sealDraft(keys, note, new Uint8Array(size), random)).length)
    expect(sizes).toEqual([584, 584, 1_096, 61_512])
    expect(sealDraft(keys, note, new Uint8Array(61_437), random).ok).toBe(false)
  })
})
