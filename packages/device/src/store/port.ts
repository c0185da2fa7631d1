/**
 * What the device needs of a place to keep bytes. Keys and values are opaque here: the vault seals both before they come.
 *
 * A write is one batch, all or nothing, and its promise is kept only when the batch is durable. Reads see every write
 * whose promise was kept. Whoever implements this passes `contract.ts`.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Result } from '@alongside/base/result.ts'

export type StoreError =
  /** No room. Nothing of the batch was kept. */
  | { readonly type: 'StorageFull' }
  /** The platform refuses to read or write (private mode, deleted underneath, damaged). */
  | { readonly type: 'StorageRefused' }

/** Put a value under a key, or delete the key (`value: null`). */
export interface Write {
  readonly key: string
  readonly value: Bytes | null
}

export interface Stored {
  readonly key: string
  readonly value: Bytes
}

export interface Store {
  /** The value under a key, or null. */
  get(key: string): Promise<Result<Bytes | null, StoreError>>
  /** Every entry whose key starts with `prefix`, in order of key. */
  entries(prefix: string): Promise<Result<readonly Stored[], StoreError>>
  /** How many entries have a key that starts with `prefix`. */
  count(prefix: string): Promise<Result<number, StoreError>>
  /** Carries out a batch in order, atomically and durably; a later write to one key wins over an earlier one. */
  write(batch: readonly Write[]): Promise<Result<null, StoreError>>
  /** Deletes everything, for good. */
  clear(): Promise<Result<null, StoreError>>
  /** Lets go of the underlying database; the store is not used after this. */
  close(): void
}
