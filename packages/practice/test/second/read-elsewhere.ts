/**
 * Run as a process of its own, in another time zone and another language: makes the same histories, gives every object's
 * fields another order, reads them with both reducers, and prints what came out. `node read-elsewhere.ts <shuffle> <count>`.
 */
import { createHash } from 'node:crypto'
import { canonical } from '@alongside/base/canonical.ts'
import { encodeCbor } from '@alongside/base/cbor.ts'
import { reduce } from '../../src/reduce.ts'
import { emptyCircle } from '../../src/registry.ts'
import { historyFrom } from './histories.ts'
import { take } from './reducer.ts'
import { type Draw, drawFrom } from './say.ts'
import { emptyWorld } from './world.ts'

/** The same value with the fields of every object in an order that follows from the draw. */
function shuffled<T>(value: T, draw: Draw): T {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map((one) => shuffled(one, draw)) as T
  const fields = Object.entries(value)
  for (let left = fields.length - 1; left > 0; left--) {
    const other = draw(left + 1)
    const [one, two] = [fields[left], fields[other]]
    if (one === undefined || two === undefined) continue
    fields[left] = two
    fields[other] = one
  }
  return Object.fromEntries(fields.map(([name, each]) => [name, shuffled(each, draw)])) as T
}

const [order = 0, count = 1] = process.argv.slice(2).map(Number)
const [product, second] = [createHash('sha256'), createHash('sha256')]
for (let seed = 1; seed <= count; seed++) {
  const draw = drawFrom(seed)
  const history = historyFrom(Array.from({ length: 120 }, () => draw(2 ** 31)))
  const shuffle = drawFrom(order)
  let circle = emptyCircle()
  const world = emptyWorld()
  for (const entry of history) {
    const { event, by } = order === 0 ? entry : shuffled(entry, shuffle)
    const next = reduce(circle, event, by)
    if (next.ok) circle = order === 0 ? next.value : shuffled(next.value, shuffle)
    product.update(next.ok ? 'stands' : next.error.rule)
    second.update(take(world, { event, by }) ?? 'stands')
  }
  product.update(encodeCbor(canonical(circle)))
  second.update(encodeCbor(canonical(world)))
}
const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions()
const said = { locale, timeZone, product: product.digest('hex'), second: second.digest('hex') }
process.stdout.write(JSON.stringify(said))
