/**
 * The default store: two SQLite files in one folder, `boxes.db` and `places.db`, kept apart so that the order of writing
 * in one says nothing about the other. One process at a time.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Bytes } from '@alongside/base/bytes.ts'
import { assert } from '@alongside/base/assert.ts'
import type { Clock } from '@alongside/base/world.ts'
import type { Report } from '../events.ts'
import type { HeldRow, HeldTable, Store, StoreOptions } from './port.ts'
import { BOXES_SCHEMA, createBoxRows } from './sqlite-box-rows.ts'
import { createSqliteBoxes } from './sqlite-boxes.ts'
import { createSqliteDrafts } from './sqlite-drafts.ts'
import { createSqliteEndings } from './sqlite-endings.ts'
import { createWriter, openSqliteFile, type Row } from './sqlite-file.ts'
import { createSqlitePlaces, PLACES_SCHEMA } from './sqlite-places.ts'

export const SQLITE_FILES: readonly string[] = ['boxes.db', 'places.db']

/** Opens the store in `folder`, making it if it is not there. Throws when the machine does not let it. */
export function openSqliteStore(
  { folder, quotas, maxFileBytes }: StoreOptions,
  { clock, report }: { readonly clock: Clock; readonly report: Report },
): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const open = (file: string, schema: string) => {
    const path = join(folder, file)
    // SQLite gives its -wal and -shm files the mode of the database, so that has to be right before it is opened.
    if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600))
    chmodSync(path, 0o600)
    const db = openSqliteFile({ path, schema, maxBytes: maxFileBytes })
    return { db, writer: createWriter(db, (code) => report({ type: 'CouldNotKeep', code })) }
  }
  const boxFile = open('boxes.db', BOXES_SCHEMA)
  const placeFile = open('places.db', PLACES_SCHEMA)
  const files = [boxFile, placeFile]
  const rows = createBoxRows(boxFile.db, clock)
  const boxes = createSqliteBoxes(boxFile.db, boxFile.writer, { rows, clock, quotas })
  const drafts = createSqliteDrafts(boxFile.db, boxFile.writer, rows)
  const endings = createSqliteEndings(boxFile.db, boxFile.writer, rows)
  const places = createSqlitePlaces(placeFile.db, placeFile.writer, clock)

  /** Moves the log into the file and cuts it, so that nothing deleted stays in it. */
  const truncate = () => {
    for (const { db } of files) db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  return {
    boxes: {
      ...boxes,
      ...drafts,
      ...endings,
      async end(boxId, end) {
        const result = await endings.end(boxId, end)
        if (result.ok && end.when === 'now') truncate()
        return result
      },
    },
    places: {
      ...places,
      async remove(placeId) {
        const result = await places.remove(placeId)
        if (result.ok) truncate()
        return result
      },
    },
    async sweep() {
      const swept = { ...(await endings.sweepBoxes()), places: await places.sweepPlaces() }
      truncate()
      return swept
    },
    inspect: async () => inspectSqliteFolder(folder),
    async close() {
      for (const { writer } of files) writer.flush()
      truncate()
      for (const { db } of files) db.close()
    },
  }
}

/** Every row of every table of the store in `folder`, read without changing anything, also while a relay runs on it. */
export function inspectSqliteFolder(folder: string): readonly HeldTable[] {
  return SQLITE_FILES.flatMap((file) => {
    const db = new DatabaseSync(join(folder, file), { readOnly: true })
    try {
      const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
      return tables.map(({ name }) => {
        assert(typeof name === 'string' && /^[a-z_]+$/.test(name), 'a table of ours')
        return { file, table: name, rows: db.prepare(`SELECT * FROM ${name}`).all().map(toHeld) }
      })
    } finally {
      db.close()
    }
  })
}

function toHeld(row: Row): HeldRow {
  const held: Record<string, number | string | null | Bytes> = {}
  for (const [column, value] of Object.entries(row)) {
    assert(typeof value !== 'bigint', 'numbers are read as numbers')
    held[column] = value
  }
  return held
}
