/**
 * One process opens one circle once, from a file that stands for the device's disk, and says how long it took and how much
 * memory it held at most. Linux alone can forget an earlier peak; elsewhere the peak since the process began is told.
 */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import type { Bytes } from '@alongside/base/bytes.ts'
import { must, ok } from '@alongside/base/result.ts'
import { openCircle } from '@alongside/device/circle/circle.ts'
import type { Meta } from '@alongside/device/circle/rows.ts'
import { openCheckers } from '@alongside/device/checkers.ts'
import { memoryStore, type Disk } from '@alongside/device/store/memory.ts'
import type { Store } from '@alongside/device/store/port.ts'
import { layDown, metaOf, worldOn } from '@alongside/device/testing/long-circle.ts'
import { writeRecord } from '@alongside/device/testing/long-record.ts'
import { jobOf } from '@alongside/record/check.ts'
import { beginNodeChecker } from '../lib/checker-node.ts'

const LOCK_KEY: Bytes = new Uint8Array(32).fill(7)

/** Where a disk's rows lie in its file. */
export interface DiskFile {
  readonly file: string
  readonly meta: Meta
  readonly bytes: number
  readonly rows: readonly (readonly [string, number, number])[]
}

export interface OpenedOnce {
  readonly ms: number
  /** Bytes held beyond what was held before: the most, and after a collection. */
  readonly most: number
  readonly rest: number
}

/** Writes a record of `length` entries and lays it down in `file`. */
export async function prepare({ length, file }: { length: number; file: string }): Promise<DiskFile> {
  const record = await writeRecord(length)
  const disk: Disk = new Map()
  await layDown(worldOn(memoryStore(disk), LOCK_KEY).store, metaOf(record), record.envelopes)
  const rows: [string, number, number][] = []
  let at = 0
  for (const [key, value] of disk) {
    rows.push([key, at, value.length])
    at += value.length
  }
  writeFileSync(file, Buffer.concat([...disk.values()]))
  return { file, meta: metaOf(record), bytes: record.bytes, rows }
}

/** A store that only reads. */
function storeIn({ file, rows }: DiskFile): Store {
  const places = new Map(rows.map(([key, at, size]) => [key, { at, size }]))
  const opened = openSync(file, 'r')
  const get = (key: string): Bytes | null => {
    const place = places.get(key)
    if (place === undefined) return null
    const value = new Uint8Array(place.size)
    readSync(opened, value, 0, place.size, place.at)
    return value
  }
  const keys = (prefix: string) => [...places.keys()].filter((key) => key.startsWith(prefix)).toSorted()
  return {
    get: async (key) => ok(get(key)),
    entries: async (prefix) => ok(keys(prefix).map((key) => ({ key, value: get(key) ?? new Uint8Array() }))),
    count: async (prefix) => ok(keys(prefix).length),
    write: async () => ok(null),
    clear: async () => ok(null),
    close: () => closeSync(opened),
  }
}

function peak(): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
  } catch {
    return process.resourceUsage().maxRSS * 1024
  }
}

function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    // not Linux, or not allowed: then the peak is the process's whole
  }
}

/** Opens the circle; throws when not every entry stands. */
export async function openOnce(disk: DiskFile): Promise<OpenedOnce> {
  const store = storeIn(disk)
  const checkers = openCheckers(beginNodeChecker, () => () => undefined)
  // both threads are there before anything is measured: what a thread takes has nothing to do with the record
  await Promise.all([0, 1].map(() => checkers.check(jobOf([], [], []))))
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  forgetPeak()
  const began = performance.now()
  const circle = must(await openCircle(disk.meta, worldOn(store, LOCK_KEY, { check: checkers.check })))
  const ms = performance.now() - began
  const most = peak() - before
  checkers.end()
  if (circle.now().outcomes.some(({ verdict }) => verdict.type !== 'applied')) throw new Error('not every entry stands')
  globalThis.gc?.()
  await new Promise((resolve) => setTimeout(resolve, 200))
  globalThis.gc?.()
  return { ms, most, rest: process.memoryUsage().rss - before }
}
