import { fromHex, toHex } from '@alongside/base/bytes.ts'
import * as record from '@alongside/record/chain.ts'
import * as wire from '@alongside/wire/chain.ts'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toHex)
const envelopes = fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 20 })
/** As the relay hashes. */
const platform = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())

describe('the chain of a box', () => {
  it('is the same for the record, for the wire and for the relay, at every position', () => {
    fc.assert(
      fc.property(id, envelopes, (box, all) => {
        const start = record.chainStart(fromHex(box) ?? new Uint8Array())
        const heads = all.reduce(
          (before, envelope, i) => [
            ...before,
            record.chainNext(before.at(-1) ?? start, i + 1, record.envelopeHash(envelope)),
          ],
          [start],
        )
        for (const hash of [wire.sha256, platform]) {
          let head = wire.chainStart(box, hash)
          expect(head).toEqual({ seq: 0, hash: start })
          for (const [i, envelope] of all.entries()) {
            head = wire.chainNext(head, wire.envHash(envelope, hash), hash)
            expect(head).toEqual({ seq: i + 1, hash: heads[i + 1] })
          }
        }
      }),
    )
  })
})
