/**
 * Collections of things by their id, as parts of the circle hold them: plain objects that are never changed in place, so
 * that whoever was given a circle keeps what they were given (GEN-8). Copying a whole collection for every entry would make
 * the time to read a record grow with its square. So whoever reads many entries in a row hands in a set of the collections
 * that nobody else has seen yet, and those, and only those, grow in place.
 */
import type { Id } from '@alongside/base/codec.ts'

export type Things<T> = { readonly [id: Id]: T }

/** Collections that were made by one reader and shown to nobody. Whoever shows a circle must begin a new set. */
export type Unseen = WeakSet<object>

let unseen: Unseen | null = null

/** Does `work` while collections in `mine` may grow in place. */
export function growing<T>(mine: Unseen, work: () => T): T {
  const before = unseen
  unseen = mine
  try {
    return work()
  } finally {
    unseen = before
  }
}

/** How many things collections hold that were made here; counting an object's keys takes as long as copying them. */
const sizes = new WeakMap<object, number>()

/** The collection with a thing in it, new or in the place of the one with that id. */
export function put<T>(things: Things<T>, id: Id, thing: T): Things<T> {
  const size = sizeOf(things) + (Object.hasOwn(things, id) ? 0 : 1)
  const mine: { [id: Id]: T } = unseen?.has(things) === true ? things : { ...things }
  unseen?.add(mine)
  mine[id] = thing
  sizes.set(mine, size)
  return mine
}

/** How many things a collection holds. */
export function sizeOf(things: Things<unknown>): number {
  const known = sizes.get(things)
  if (known !== undefined) return known
  const size = Object.keys(things).length
  sizes.set(things, size)
  return size
}
