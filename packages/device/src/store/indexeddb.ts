/**
 * A store in the browser's IndexedDB: one database with a name that says nothing, one object store, batches as one
 * read-write transaction with strict durability.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Store, StoreError } from './port.ts'

const TABLE = 'v'

interface Schema extends DBSchema {
  [TABLE]: { key: string; value: Bytes }
}

function asStoreError(cause: unknown): StoreError {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : ''
  return name === 'QuotaExceededError' ? { type: 'StorageFull' } : { type: 'StorageRefused' }
}

async function attempt<T>(work: () => Promise<T>): Promise<Result<T, StoreError>> {
  try {
    return ok(await work())
  } catch (cause) {
    return err(asStoreError(cause))
  }
}

/** Opens the database, making it when it is not there. `StorageRefused` where the browser gives none. */
export async function openIndexedDb(name = 'data'): Promise<Result<Store, StoreError>> {
  const opened = await attempt(() =>
    openDB<Schema>(name, 1, {
      upgrade: (db) => {
        db.createObjectStore(TABLE)
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    }),
  )
  return opened.ok ? ok(storeOn(opened.value)) : opened
}

const startingWith = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`)

const storeOn = (db: IDBPDatabase<Schema>): Store => ({
  get: (key) => attempt(async () => (await db.get(TABLE, key)) ?? null),
  entries: (prefix) =>
    attempt(async () => {
      const range = startingWith(prefix)
      const reading = db.transaction(TABLE, 'readonly')
      const [keys, values] = await Promise.all([reading.store.getAllKeys(range), reading.store.getAll(range)])
      await reading.done
      return keys.map((key, i) => ({ key, value: values[i] as Bytes }))
    }),
  count: (prefix) => attempt(() => db.count(TABLE, startingWith(prefix))),
  write: (batch) =>
    attempt(async () => {
      const writing = db.transaction(TABLE, 'readwrite', { durability: 'strict' })
      const asked = batch.map(({ key, value }) =>
        value === null ? writing.store.delete(key) : writing.store.put(value, key),
      )
      await Promise.all([...asked, writing.done])
      return null
    }),
  clear: () =>
    attempt(async () => {
      const writing = db.transaction(TABLE, 'readwrite', { durability: 'strict' })
      await Promise.all([writing.store.clear(), writing.done])
      return null
    }),
  close: () => db.close(),
})
