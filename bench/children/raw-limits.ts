/** The raw limits, run in a process of their own by `child.ts`: what the platform can do without us. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { WebSocketServer } from 'ws'

/** Rows of so many bytes into a table of nothing else, WAL and synchronous=FULL, so many a transaction. */
export function sqliteAppend({ rows, bytes, perCommit }: { rows: number; bytes: number; perCommit: number }): {
  readonly rowsPerSecond: number
  readonly cpuMicrosPerRow: number
  readonly bytesAtRest: number
} {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-bench-'))
  const path = join(folder, 'raw.db')
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE rows (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT`)
  const insert = db.prepare('INSERT INTO rows (bytes) VALUES (?)')
  const row = randomBytes(bytes)
  const cpu = process.cpuUsage()
  const start = performance.now()
  for (let done = 0; done < rows; done += perCommit) {
    db.exec('BEGIN IMMEDIATE')
    for (let i = 0; i < perCommit; i++) {
      row.writeUInt32BE(done + i)
      insert.run(row)
    }
    db.exec('COMMIT')
  }
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  const bytesAtRest = statSync(path).size
  rmSync(folder, { recursive: true })
  return { rowsPerSecond: rows / seconds, cpuMicrosPerRow: (user + system) / rows, bytesAtRest }
}

/** A bare `ws` server that takes connections and does nothing; gives its address. */
export function serveBare(): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, clientTracking: false })
  server.on('connection', (socket) => socket.on('message', () => undefined))
  return new Promise((resolve) =>
    server.once('listening', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)),
  )
}
