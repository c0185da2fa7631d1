/** A device's store in one SQLite file, durable like the browser's: a batch is kept, synced, and only then answered. */
import { DatabaseSync } from 'node:sqlite'
import { ok } from '@alongside/base/result.ts'
import type { Store } from '@alongside/device/store/port.ts'

export function sqliteStore(path: string): Store {
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID`)
  const one = db.prepare('SELECT value FROM kept WHERE key = ?')
  const many = db.prepare('SELECT key, value FROM kept WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key')
  const put = db.prepare('INSERT INTO kept VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
  const remove = db.prepare('DELETE FROM kept WHERE key = ?')
  const bytesOf = (value: unknown): Uint8Array<ArrayBuffer> =>
    value instanceof Uint8Array ? Uint8Array.from(value) : new Uint8Array()
  return {
    get: async (key) => {
      const row = one.get(key)
      return ok(row === undefined ? null : bytesOf(row['value']))
    },
    entries: async (prefix) =>
      ok(many.all(prefix).map((row) => ({ key: String(row['key']), value: bytesOf(row['value']) }))),
    count: async (prefix) => ok(many.all(prefix).length),
    write: async (batch) => {
      db.exec('BEGIN')
      for (const { key, value } of batch) {
        if (value === null) remove.run(key)
        else put.run(key, value)
      }
      db.exec('COMMIT')
      return ok(null)
    },
    clear: async () => {
      db.exec('DELETE FROM kept')
      return ok(null)
    },
    close: () => db.close(),
  }
}
