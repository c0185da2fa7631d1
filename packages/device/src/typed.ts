/**
 * What somebody has typed into a form and not said yet, sealed like everything else, so that a lock or a tab that is gone
 * loses none of it. Never sent anywhere; a key begins with the circle, if it is
 * about one, and names form and field. Source: decisions, “On the device”.
 */
import { fromUtf8, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { list, record, text, type Id } from '@alongside/base/codec.ts'
import { ok, type Result } from '@alongside/base/result.ts'
import type { Typed } from './api.ts'
import type { StoreError } from './store/port.ts'
import type { SealedStore, SealedWrite } from './store/sealed.ts'

const AREA = 'typed'

/** Everything that is kept, by key. */
export async function readTyped(store: SealedStore): Promise<Result<Typed, StoreError>> {
  const rows = await store.list(AREA)
  return rows.ok ? ok(Object.fromEntries(rows.value.map(({ name, value }) => [name, fromUtf8(value) ?? '']))) : rows
}

/** Keeps texts under their keys, and lets go of those that are null; all of it or none. */
export function keepTyped(
  store: SealedStore,
  change: { readonly [key: string]: string | null },
): Promise<Result<null, StoreError>> {
  return store.write(
    Object.entries(change).map(([name, text]) => ({ area: AREA, name, value: text === null ? null : utf8(text) })),
  )
}

/** The deletions of everything typed into a circle's forms. */
export async function forgettingTyped(
  store: SealedStore,
  circle: Id,
): Promise<Result<readonly SealedWrite[], StoreError>> {
  const all = await store.emptying(AREA)
  return all.ok ? ok(all.value.filter(({ name }) => name.startsWith(circle))) : all
}

const sealedCodec = list(record({ key: text(300), text: text(60_000) }), 300)

/** Texts sealed under the lock key, for the page to hold over a lock when the disk has no room for them. */
export const sealTyped = (store: SealedStore, typed: Typed): Bytes =>
  store.wrap(AREA, encodeCbor(sealedCodec.encode(Object.entries(typed).map(([key, said]) => ({ key, text: said })))))

/** Texts that were sealed here; none when the bytes were not. */
export function openTyped(store: SealedStore, sealed: Bytes): Typed {
  const bytes = store.unwrap(AREA, sealed)
  const plain = bytes === null ? null : decodeCbor(bytes)
  const typed = plain?.ok === true ? sealedCodec.decode(plain.value) : null
  return typed?.ok === true ? Object.fromEntries(typed.value.map(({ key, text: said }) => [key, said])) : {}
}
