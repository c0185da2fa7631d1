/**
 * Runs both reducers over the same entries and says where they first come apart. The product's runs twice: as anybody who
 * asks once has it, and as a device has it that reads many entries in a row and lets collections grow in place.
 */
import { equalBytes } from '@alongside/base/bytes.ts'
import { canonical } from '@alongside/base/canonical.ts'
import { encodeCbor } from '@alongside/base/cbor.ts'
import { reduce } from '../../src/reduce.ts'
import { emptyCircle } from '../../src/registry.ts'
import { take } from './reducer.ts'
import { emptyWorld, type Entry, type Verdict } from './world.ts'

/** Where two readings differ: at which entry, and how. */
export interface Difference {
  readonly at: number
  readonly entry: Entry
  readonly product: unknown
  readonly second: unknown
}

/** What both readings said of each entry, and the first difference, or null. */
export interface Compared {
  readonly verdicts: readonly Verdict[]
  readonly difference: Difference | null
}

/** Verdicts are compared at every entry; the whole state at every `stride`th and after the last. */
export function compare(entries: readonly Entry[], stride = 1): Compared {
  let [circle, grown] = [emptyCircle(), emptyCircle()]
  const unseen = new WeakSet<object>()
  const world = emptyWorld()
  const verdicts: Verdict[] = []
  for (const [at, entry] of entries.entries()) {
    const isTime = at % stride === 0 || at === entries.length - 1
    if (stride < LONG) {
      const next = reduce(circle, entry.event, entry.by)
      if (next.ok) circle = next.value
    }
    const next = reduce(grown, entry.event, entry.by, unseen)
    if (next.ok) grown = next.value
    const product = next.ok ? null : next.error.rule
    const second = take(world, entry)
    if (product !== second) return { verdicts, difference: { at, entry, product, second } }
    verdicts.push(second)
    if (!isTime) continue
    for (const one of stride < LONG ? [circle, grown] : [grown])
      if (!areEqual(one, world)) {
        const [product, second] = [partsThatDiffer(one, world), partsThatDiffer(world, one)]
        return { verdicts, difference: { at, entry, product, second } }
      }
  }
  return { verdicts, difference: null }
}

/** From this stride on only the reading that grows in place is run: the other would take its time for every entry. */
const LONG = 1000

const areEqual = (one: unknown, other: unknown): boolean =>
  equalBytes(encodeCbor(canonical(one)), encodeCbor(canonical(other)))

/** What of `one` is not the same in `other`, down to the smallest parts. */
function partsThatDiffer(one: unknown, other: unknown, path = ''): string[] {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null)
    return one === other ? [] : [`${path} ${JSON.stringify(one) ?? 'nothing'}`]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].flatMap((name) => partsThatDiffer((one as Part)[name], (other as Part)[name], `${path}.${name}`))
}

type Part = { readonly [name: string]: unknown }
