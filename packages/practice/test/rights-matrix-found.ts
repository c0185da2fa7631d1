/**
 * Stories that were found: each shows what one row of the rights matrix would lose without one of its sentences, made as
 * short as it goes. `node packages/practice/test/rights-matrix-found.ts` looks for those that are missing and writes them;
 * a story that a failing run prints is kept by adding it to the same file.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fromHex, toHex } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import type { Id } from '@alongside/base/codec.ts'
import { must } from '@alongside/base/result.ts'
import type { By, PracticeEvent, RuleId } from '../src/define.ts'
import { readEvent, writeEvent } from '../src/registry.ts'
import type { Act } from './rights-matrix-acts.ts'
import type { Beginning } from './rights-matrix-beginnings.ts'
import { WITHHELD } from './rights-matrix-withheld.ts'
import { lookThrough, without, type Tale } from './rights-matrix-weakened.ts'

/** A story as it is kept. Events are named for people; `bytes` is what is read back. */
export interface Kept {
  readonly act: string
  /** The sentence that is taken out; null for a story that broke the rules as they are. */
  readonly without: RuleId | null
  readonly from: Beginning
  readonly says: readonly {
    readonly event: string
    readonly bytes: string
    readonly code: number
    readonly by: Omit<By, 'at' | 'entry'>
  }[]
}

const FILE = new URL('./rights-matrix-found.json', import.meta.url)

export const found = (): readonly Kept[] => JSON.parse(readFileSync(FILE, 'utf8')) as readonly Kept[]

export const keep = (act: string, rule: RuleId | null, tale: Tale): Kept => ({
  act,
  without: rule,
  from: tale.from,
  says: tale.acts.map(({ event, by: { at: _at, entry: _entry, ...by } }) => {
    const { code, payload } = writeEvent(event)
    return { event: event.type, code, bytes: toHex(encodeCbor(payload)), by }
  }),
})

const eventOf = (code: number, bytes: string): PracticeEvent =>
  must(readEvent(code, must(decodeCbor(fromHex(bytes) ?? new Uint8Array()), 'bytes of a story')), 'event of a story')

const actOf = ({ code, bytes, by }: Kept['says'][number]): Act => ({
  event: eventOf(code, bytes),
  by: { ...by, at: 0, entry: by.seq.toString(16).padStart(32, '0') satisfies Id },
})

export const taleOf = ({ from, says }: Kept): Tale => ({ from, acts: says.map(actOf) })

if (import.meta.main) {
  const kept = [...found()]
  for (const row of WITHHELD)
    for (const rule of row.rules) {
      if (kept.some((one) => one.act === row.act && one.without === rule)) continue
      const tale = lookThrough([row], without(rule), 4_000)
      process.stdout.write(
        `${row.act} without ${rule}: ${tale === null ? 'none found' : `${tale.acts.length} entries`}\n`,
      )
      if (tale !== null) kept.push(keep(row.act, rule, tale))
    }
  writeFileSync(FILE, `${JSON.stringify(kept, null, 2)}\n`)
}
