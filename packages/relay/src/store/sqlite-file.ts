/**
 * One SQLite database file, and its writer. Writes are gathered as they arrive and kept by one transaction with one
 * fsync (WAL, synchronous=FULL); nobody waits for a timer. When a transaction fails, each of its writes is tried alone,
 * so that one which cannot be kept takes no other with it. `secure_delete` overwrites what is deleted.
 */
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { assert } from '@alongside/base/assert.ts'
import type { Bytes } from '@alongside/base/bytes.ts'
import { err, type Result } from '@alongside/base/result.ts'
import type { CouldNotKeep } from './port.ts'

const PAGE_BYTES = 4_096
const RETRY_AFTER_MS = 5_000

export interface SqliteFileOptions {
  readonly path: string
  /** CREATE TABLE statements, safe to run again. */
  readonly schema: string
  readonly maxBytes: number | null
}

/** Opens or creates the file with the durability and hygiene that the relay promises. */
export function openSqliteFile({ path, schema, maxBytes }: SqliteFileOptions): DatabaseSync {
  const db = new DatabaseSync(path)
  db.exec(`
    PRAGMA page_size = ${PAGE_BYTES};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -16000;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA busy_timeout = 5000;
    ${schema}
  `)
  if (maxBytes !== null) db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / PAGE_BYTES))}`)
  return db
}

export interface Writer {
  /**
   * Runs `job` inside the next transaction and gives its result once that is durable. A job decides before it writes:
   * after its first write it must not refuse.
   */
  write<R extends Result<unknown, unknown>>(job: () => R): Promise<R | Result<never, CouldNotKeep>>
  /** Commits at once what is waiting. */
  flush(): void
}

interface Waiting {
  run(): void
  settle(): void
  fail(error: unknown): void
}

const sqliteCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null

/** A writer for one file. `onFailure` hears of every write that could not be kept, with SQLite's code. */
export function createWriter(db: DatabaseSync, onFailure: (code: number) => void): Writer {
  let waiting: Waiting[] = []
  let scheduled = false

  /** One transaction for all of `group`; the error that undid it, or null. */
  function commit(group: readonly Waiting[]): { readonly error: unknown } | null {
    try {
      db.exec('BEGIN IMMEDIATE')
      for (const one of group) one.run()
      db.exec('COMMIT')
      return null
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      return { error }
    }
  }

  function flush(): void {
    scheduled = false
    const group = waiting
    waiting = []
    if (group.length === 0) return
    const failure = commit(group)
    for (const one of group) {
      const alone = failure === null ? null : group.length === 1 ? failure : commit([one])
      if (alone === null) one.settle()
      else one.fail(alone.error)
    }
  }

  return {
    flush,
    write<R extends Result<unknown, unknown>>(job: () => R) {
      return new Promise<R | Result<never, CouldNotKeep>>((resolve, reject) => {
        let result: R | null = null
        waiting.push({
          run: () => (result = job()),
          settle() {
            assert(result !== null, 'a committed write has a result')
            resolve(result)
          },
          fail(error) {
            const code = sqliteCode(error)
            if (code === null) return reject(error)
            onFailure(code)
            resolve(err<CouldNotKeep>({ type: 'CouldNotKeep', retryAfterMs: RETRY_AFTER_MS }))
          },
        })
        if (!scheduled) {
          scheduled = true
          setImmediate(flush)
        }
      })
    },
  }
}

export type Row = Record<string, SQLOutputValue>

/** A column that holds a whole number. */
export function int(row: Row, column: string): number {
  const value = row[column]
  assert(typeof value === 'number', `${column} is a number`)
  return value
}

/** A column that holds a whole number or nothing. */
export const intOrNull = (row: Row, column: string): number | null => (row[column] === null ? null : int(row, column))

/** A column that holds bytes. */
export function blob(row: Row, column: string): Bytes {
  const value = row[column]
  assert(value instanceof Uint8Array, `${column} is bytes`)
  return value
}

/** A column that holds bytes or nothing. */
export const blobOrNull = (row: Row, column: string): Bytes | null => (row[column] === null ? null : blob(row, column))
