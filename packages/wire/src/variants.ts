/**
 * A closed union on the wire: written as [index of the variant, its fields], so the order in which variants are
 * declared is part of the format. Append new ones at the end.
 */
import type { Plain } from '@alongside/base/cbor.ts'
import { record, type Codec, type CodecError } from '@alongside/base/codec.ts'
import { err, ok } from '@alongside/base/result.ts'

type Fields = { readonly [name: string]: Codec<any> }
type FieldValues<F> = { readonly [K in keyof F]: F[K] extends Codec<infer T> ? T : never }

/** The union of `{ type, ...fields }` that a table of variants describes. */
export type VariantOf<V extends { readonly [type: string]: Fields }> = {
  [K in keyof V & string]: { readonly type: K } & FieldValues<V[K]>
}[keyof V & string]

/** A codec for a union tagged by `type`. Decoding is total. */
export function variants<const V extends { readonly [type: string]: Fields }>(table: V): Codec<VariantOf<V>> {
  const types = Object.keys(table)
  const codecs = types.map((type) => record(table[type] as Fields) as Codec<Record<string, unknown>>)
  const wrong = (at: string) => err<CodecError>({ type: 'WrongShape', at, wanted: types.join(' | ') })
  return {
    encode(value) {
      const index = types.indexOf(value.type)
      return [index, (codecs[index] as Codec<Record<string, unknown>>).encode(value)]
    },
    decode(plain, at = '') {
      if (!Array.isArray(plain) || plain.length !== 2) return wrong(at)
      const [index, fields] = plain as readonly Plain[]
      const type = typeof index === 'number' ? types[index] : undefined
      const codec = typeof index === 'number' ? codecs[index] : undefined
      if (type === undefined || codec === undefined || fields === undefined) return wrong(at)
      const read = codec.decode(fields, at === '' ? type : `${at}.${type}`)
      return read.ok ? ok({ type, ...read.value } as VariantOf<V>) : read
    },
  }
}
