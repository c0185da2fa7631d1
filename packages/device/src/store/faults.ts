/**
 * A store whose nth write goes wrong, for tests of what a full disk and a sudden end leave behind.
 */
import { err } from '@alongside/base/result.ts'
import type { Store } from './port.ts'

export type Fault =
  /** The write finds no room, and nothing of it is kept. */
  | 'full'
  /** The device dies before the write is kept: no promise of this store is ever kept again. */
  | 'diesBefore'
  /** The write is kept, and the device dies before it hears so. */
  | 'diesAfter'

export interface Faulty extends Store {
  /** Writes asked for so far. */
  readonly writes: () => number
  readonly dead: () => boolean
}

const silence = () => new Promise<never>(() => undefined)

/** Wraps a store so that write number `nth` (counted from 1) meets `fault`. */
export function faultyStore(store: Store, nth: number, fault: Fault): Faulty {
  let writes = 0
  let dead = false
  return {
    writes: () => writes,
    dead: () => dead,
    get: (key) => (dead ? silence() : store.get(key)),
    entries: (prefix) => (dead ? silence() : store.entries(prefix)),
    count: (prefix) => (dead ? silence() : store.count(prefix)),
    clear: () => (dead ? silence() : store.clear()),
    close: () => store.close(),
    write: async (batch) => {
      if (dead) return silence()
      writes++
      if (writes !== nth) return store.write(batch)
      if (fault === 'full') return err({ type: 'StorageFull' })
      dead = true
      if (fault === 'diesAfter') await store.write(batch)
      return silence()
    },
  }
}
