/**
 * The store as the rest of the device sees it: areas of named values, all sealed. Below, a key is two keyed hashes (area,
 * and area with name), and a value is XChaCha20-Poly1305 under the lock key with the area and the key bound in; so the
 * bytes on the disk show how many values there are and how long, and nothing else. Source: protocol section 2.19.
 */
import { concat, fromUtf8, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { aeadOpen, aeadSeal, hkdf } from '@alongside/record/crypto.ts'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Store, StoreError, Write } from './port.ts'

export interface SealedWrite {
  readonly area: string
  readonly name: string
  /** Null deletes. */
  readonly value: Bytes | null
}

export interface Named {
  readonly name: string
  readonly value: Bytes
}

export interface SealedStore {
  get(area: string, name: string): Promise<Result<Bytes | null, StoreError>>
  /** Everything in an area, in order of name. */
  list(area: string): Promise<Result<readonly Named[], StoreError>>
  /** How many values an area has, without opening one. */
  count(area: string): Promise<Result<number, StoreError>>
  /** All of it or none of it, durable when the promise is kept. */
  write(batch: readonly SealedWrite[]): Promise<Result<null, StoreError>>
  /** The deletions that empty an area. */
  emptying(area: string): Promise<Result<readonly SealedWrite[], StoreError>>
  /** A value sealed like those of an area, for whoever holds it while there is no room for it here. */
  wrap(area: string, value: Bytes): Bytes
  /** What was wrapped in this area; null when it was not, or not under this lock key. */
  unwrap(area: string, wrapped: Bytes): Bytes | null
}

const NONCE = 24
const SCHEMA = '1'
/** No value that is stored has this name. */
const WRAPPED = ''

/** Seals a store under the lock key (32 bytes). A value that does not open was damaged: `StorageRefused`. */
export function sealStore(store: Store, lockKey: Bytes, random: Random): SealedStore {
  const nameKey = hkdf(lockKey, T('local', 'names'))
  const valueKey = hkdf(lockKey, T('local', 'values'))
  const hash = (...parts: string[]) => toHex(hmac(sha256, nameKey, T('local', ...parts)).subarray(0, 16))
  const prefixOf = (area: string) => `${hash(area)}/`
  const keyOf = (area: string, name: string) => prefixOf(area) + hash(area, name)
  const aad = (area: string, key: string) => T('local', SCHEMA, area, key)

  const seal = ({ area, name, value }: SealedWrite): Write => {
    const key = keyOf(area, name)
    if (value === null) return { key, value: null }
    const label = utf8(name)
    const plain = concat(Uint8Array.of(label.length >> 8, label.length & 255), label, value)
    const nonce = random.bytes(NONCE)
    return { key, value: concat(nonce, aeadSeal(valueKey, nonce, aad(area, key), plain)) }
  }
  const open = (area: string, key: string, sealed: Bytes): Result<Named, StoreError> => {
    const plain = aeadOpen(valueKey, sealed.subarray(0, NONCE), aad(area, key), sealed.subarray(NONCE))
    if (plain === null || plain.length < 2) return err({ type: 'StorageRefused' })
    const end = 2 + ((plain[0] as number) << 8) + (plain[1] as number)
    return ok({ name: fromUtf8(plain.subarray(2, end)) ?? '', value: plain.subarray(end) })
  }

  const list: SealedStore['list'] = async (area) => {
    const stored = await store.entries(prefixOf(area))
    if (!stored.ok) return stored
    const all: Named[] = []
    for (const { key, value } of stored.value) {
      const opened = open(area, key, value)
      if (!opened.ok) return opened
      all.push(opened.value)
    }
    return ok(all.sort((a, b) => (a.name < b.name ? -1 : 1)))
  }
  return {
    get: async (area, name) => {
      const key = keyOf(area, name)
      const stored = await store.get(key)
      if (!stored.ok || stored.value === null) return stored
      const opened = open(area, key, stored.value)
      return opened.ok ? ok(opened.value.value) : opened
    },
    list,
    count: (area) => store.count(prefixOf(area)),
    wrap: (area, value) => seal({ area, name: WRAPPED, value }).value ?? new Uint8Array(),
    unwrap: (area, wrapped) => {
      const opened = open(area, keyOf(area, WRAPPED), wrapped)
      return opened.ok ? opened.value.value : null
    },
    write: (batch) => store.write(batch.map(seal)),
    emptying: async (area) => {
      const all = await list(area)
      return all.ok ? ok(all.value.map(({ name }) => ({ area, name, value: null }))) : all
    },
  }
}
