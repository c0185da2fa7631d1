import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must } from '@alongside/base/result.ts'
import type { Clock } from '@alongside/base/world.ts'
import { describe, expect, it } from 'vitest'
import type { RelayEvent } from '../events.ts'
import { DEFAULT_QUOTAS } from '../limits.ts'
import { CONTRACT_QUOTAS, storeContract } from './contract.ts'
import { openSqliteFile } from './sqlite-file.ts'
import { openSqliteStore } from './sqlite.ts'

const at = (parent: string) => async (clock: Clock) => {
  const folder = mkdtempSync(join(parent, 'alongside-store-'))
  const open = () =>
    openSqliteStore({ folder, quotas: CONTRACT_QUOTAS, maxFileBytes: null }, { clock, report: () => {} })
  let store = open()
  return {
    store,
    async reopen() {
      await store.close()
      store = open()
      return store
    },
    async remove() {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

storeContract('SQLite on disk', at(tmpdir()))
if (existsSync('/dev/shm')) storeContract('SQLite in memory', at('/dev/shm'))

const clock = { now: () => 0 }
const boxId = 'ab'.repeat(16)
const newBox = { boxId, capIndex: 0, capPk: new Uint8Array(32), ownerPk: new Uint8Array(32), ticketHash: null }

/** A recognisable envelope: repeated marker bytes that would show in a file. */
const marked = (marker: string) => new Uint8Array(Buffer.alloc(590, marker))
const isInFiles = (folder: string, marker: string) =>
  readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes(marker.repeat(4)))

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-store-'))
  try {
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('the SQLite store', () => {
  it('ADV-95 answers only what the disk has taken: each transaction is synced to its log before it is done', () =>
    withFolder(async (folder) => {
      // losing power cannot be played here; what SQLite promises for it rests on these two
      const db = openSqliteFile({ path: join(folder, 'x.db'), schema: '', maxBytes: null })
      expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
      expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
      db.close()
    }))

  it('ADV-96 refuses cleanly when the disk is full, keeps nothing of what it refused, and goes on reading', () =>
    withFolder(async (folder) => {
      const events: RelayEvent[] = []
      const store = openSqliteStore(
        { folder, quotas: DEFAULT_QUOTAS, maxFileBytes: 200_000 },
        { clock, report: (event) => events.push(event) },
      )
      must(await store.boxes.create(newBox))
      const before = (await store.boxes.access(boxId, 0))?.readable
      const big = Array.from({ length: 8 }, (_, i) => new Uint8Array(61_518).fill(i))
      // A rekey that does not fit and an append that does, in one transaction: only the rekey fails, and wholly.
      const [rekey, append] = await Promise.all([
        store.boxes.rekey({
          boxId,
          capIndex: 0,
          envelopes: big,
          newCapIndex: 1,
          newCapPk: new Uint8Array(32),
          extend: 0,
          by: { type: 'owner' },
        }),
        store.boxes.append({ boxId, capIndex: 0, envelopes: [marked('small')] }),
      ])
      expect(rekey).toMatchObject({ error: { type: 'CouldNotKeep' } })
      expect(must(append).seqs).toEqual([1])
      expect(events).toEqual([{ type: 'CouldNotKeep', code: 13 }])
      const access = await store.boxes.access(boxId, 0)
      expect([before?.seq, access?.readable.seq, access?.newestCapIndex]).toEqual([0, 1, 0])
      await store.close()
    }))

  it('leaves no bytes of an ended box, a deleted draft or a removed page in its files', () =>
    withFolder(async (folder) => {
      const store = openSqliteStore({ folder, quotas: DEFAULT_QUOTAS, maxFileBytes: null }, { clock, report: () => {} })
      must(await store.boxes.create(newBox))
      must(await store.boxes.append({ boxId, capIndex: 0, envelopes: [marked('envelope!')] }))
      const draft = { boxId, capIndex: 0, draftId: 'cd'.repeat(16) }
      const kept = must(await store.boxes.putDraft({ ...draft, expectedVersion: 0, bytes: marked('draft!') }))
      must(await store.boxes.putDraft({ ...draft, expectedVersion: kept.version, bytes: null }))
      const placeId = 'ef'.repeat(16)
      const keys = { authorPk: new Uint8Array(32), mailboxPk: new Uint8Array(32) }
      must(await store.places.put({ placeId, pageVersion: 1, ...keys, page: marked('page!') }))
      expect(isInFiles(folder, 'envelope!')).toBe(true)
      expect(isInFiles(folder, 'page!')).toBe(true)
      must(await store.places.remove(placeId))
      must(await store.boxes.end(boxId, { when: 'now', counter: 1 }))
      for (const marker of ['envelope!', 'draft!', 'page!']) expect(isInFiles(folder, marker), marker).toBe(false)
      await store.close()
    }))

  it('lets only its owner read its files, and writes down no time finer than a day', () =>
    withFolder(async (folder) => {
      const hourOfDay = 10 * 86_400_000 + 5 * 3_600_000
      const store = openSqliteStore(
        { folder, quotas: DEFAULT_QUOTAS, maxFileBytes: null },
        { clock: { now: () => hourOfDay }, report: () => {} },
      )
      must(await store.boxes.create(newBox))
      must(await store.boxes.append({ boxId, capIndex: 0, envelopes: [marked('x')] }))
      for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0)
      const numbers = (await store.inspect()).flatMap((table) => table.rows.flatMap((row) => Object.values(row)))
      expect(numbers.filter((value) => typeof value === 'number' && value > 100_000)).toEqual([])
      await store.close()
    }))
})
