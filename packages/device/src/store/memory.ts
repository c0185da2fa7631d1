/**
 * A store in memory: for the walk-through world and for tests. A `Disk` outlives the stores opened on it, so that a test
 * can end one device and open the next on what was kept.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { err, ok } from '@alongside/base/result.ts'
import type { Store } from './port.ts'

/** What a memory store has kept, by key. */
export type Disk = Map<string, Bytes>

/** Opens a store on a disk; `room` is the most bytes of values it takes, unlimited when left out. */
export function memoryStore(disk: Disk = new Map(), room = Number.POSITIVE_INFINITY): Store {
  return {
    get: async (key) => {
      const value = disk.get(key)
      return ok(value === undefined ? null : value.slice())
    },
    entries: async (prefix) =>
      ok(
        [...disk]
          .filter(([key]) => key.startsWith(prefix))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, value]) => ({ key, value: value.slice() })),
      ),
    count: async (prefix) => ok([...disk.keys()].filter((key) => key.startsWith(prefix)).length),
    write: async (batch) => {
      const changed = new Map<string, Bytes | null>()
      for (const { key, value } of batch) changed.set(key, value === null ? null : value.slice())
      let size = 0
      for (const [key, value] of disk) if (!changed.has(key)) size += value.length
      for (const value of changed.values()) size += value?.length ?? 0
      if (size > room) return err({ type: 'StorageFull' })
      for (const [key, value] of changed) {
        if (value === null) disk.delete(key)
        else disk.set(key, value)
      }
      return ok(null)
    },
    clear: async () => {
      disk.clear()
      return ok(null)
    },
    close: () => undefined,
  }
}
