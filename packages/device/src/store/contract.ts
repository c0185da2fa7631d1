/**
 * What every store must do, as one suite. `open` gives a store on the same kept bytes each time it is called within one
 * test, and on fresh ones in the next.
 */
import { must } from '@alongside/base/result.ts'
import { beforeEach, expect, it } from 'vitest'
import type { Store } from './port.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

export function storeContract(fresh: () => Promise<() => Promise<Store>>): void {
  let open: () => Promise<Store>
  beforeEach(async () => {
    open = await fresh()
  })

  it('gives null for what was never put', async () => {
    const store = await open()
    expect(must(await store.get('a'))).toBeNull()
    expect(must(await store.entries(''))).toEqual([])
  })

  it('keeps what a batch put, across closing and opening again', async () => {
    const first = await open()
    must(await first.write([{ key: 'a', value: bytes(1, 2) }]))
    first.close()
    const second = await open()
    expect(must(await second.get('a'))).toEqual(bytes(1, 2))
  })

  it('lists what starts with a prefix, in order of key', async () => {
    const store = await open()
    must(
      await store.write([
        { key: 'b/2', value: bytes(2) },
        { key: 'b/1', value: bytes(1) },
        { key: 'c/1', value: bytes(3) },
      ]),
    )
    expect(must(await store.entries('b/')).map((entry) => entry.key)).toEqual(['b/1', 'b/2'])
    expect([must(await store.count('b/')), must(await store.count('d/')), must(await store.count(''))]).toEqual([
      2, 0, 3,
    ])
  })

  it('deletes and puts in one batch, and the last word on a key stands', async () => {
    const store = await open()
    must(await store.write([{ key: 'old', value: bytes(1) }]))
    must(
      await store.write([
        { key: 'old', value: null },
        { key: 'new', value: bytes(1) },
        { key: 'new', value: bytes(2) },
      ]),
    )
    expect(must(await store.get('old'))).toBeNull()
    expect(must(await store.get('new'))).toEqual(bytes(2))
  })

  it('hands out bytes that can be changed without changing what is kept', async () => {
    const store = await open()
    const given = bytes(1)
    must(await store.write([{ key: 'a', value: given }]))
    given[0] = 9
    const got = must(await store.get('a'))
    if (got !== null) got[0] = 8
    expect(must(await store.get('a'))).toEqual(bytes(1))
  })

  it('forgets everything when cleared', async () => {
    const store = await open()
    must(await store.write([{ key: 'a', value: bytes(1) }]))
    must(await store.clear())
    expect(must(await store.entries(''))).toEqual([])
  })
}
