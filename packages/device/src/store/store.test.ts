import 'fake-indexeddb/auto'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it } from 'vitest'
import { storeContract } from './contract.ts'
import { faultyStore } from './faults.ts'
import { openIndexedDb } from './indexeddb.ts'
import { memoryStore, type Disk } from './memory.ts'

describe('a store in memory', () => {
  storeContract(async () => {
    const disk: Disk = new Map()
    return async () => memoryStore(disk)
  })

  it('keeps nothing of a batch that does not fit', async () => {
    const store = memoryStore(new Map(), 3)
    must(await store.write([{ key: 'a', value: new Uint8Array(2) }]))
    const full = await store.write([
      { key: 'b', value: new Uint8Array(1) },
      { key: 'c', value: new Uint8Array(1) },
    ])
    expect(full).toEqual({ ok: false, error: { type: 'StorageFull' } })
    expect(must(await store.entries('')).map((entry) => entry.key)).toEqual(['a'])
  })

  it('says once that the disk is full when a fault is asked for, and works again', async () => {
    const store = faultyStore(memoryStore(), 2, 'full')
    must(await store.write([{ key: 'a', value: new Uint8Array(1) }]))
    expect((await store.write([{ key: 'b', value: new Uint8Array(1) }])).ok).toBe(false)
    must(await store.write([{ key: 'b', value: new Uint8Array(1) }]))
    expect(must(await store.entries('')).length).toBe(2)
  })
})

let databases = 0
describe('a store in IndexedDB', () => {
  storeContract(async () => {
    const name = `test-${++databases}`
    return async () => must(await openIndexedDb(name))
  })
})
