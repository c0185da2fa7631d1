/**
 * The tables of `boxes.db`, and what a box's row says: its state today, and whether it may be written. Tables have no row
 * ids and random keys, so the order of rows says nothing about which boxes were written together. Times are whole days.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Clock } from '@alongside/base/world.ts'
import { idBytes } from '@alongside/wire/chain.ts'
import { dayOf } from '../limits.ts'
import type { NotWritable, StateOfBox } from './port.ts'
import { int, intOrNull, type Row } from './sqlite-file.ts'

export const BOXES_SCHEMA = `
  CREATE TABLE IF NOT EXISTS boxes (
    box BLOB PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL, newest_cap INTEGER NOT NULL, owner_pk BLOB,
    owner_counter INTEGER NOT NULL, bytes INTEGER NOT NULL, day INTEGER NOT NULL, day_entries INTEGER NOT NULL,
    day_bytes INTEGER NOT NULL, draft_counter INTEGER NOT NULL, state INTEGER NOT NULL, state_until_day INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS caps (
    box BLOB NOT NULL, cap_index INTEGER NOT NULL, cap_pk BLOB NOT NULL, last_readable INTEGER,
    PRIMARY KEY (box, cap_index)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS entries (
    box BLOB NOT NULL, seq INTEGER NOT NULL, env_hash BLOB NOT NULL, hash BLOB NOT NULL, envelope BLOB NOT NULL,
    PRIMARY KEY (box, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX IF NOT EXISTS entries_by_hash ON entries (box, env_hash);
  CREATE TABLE IF NOT EXISTS drafts (
    box BLOB NOT NULL, draft BLOB NOT NULL, version INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (box, draft)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tickets (ticket_hash BLOB PRIMARY KEY, until_day INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`

/** The column `state`. */
export const STATE = { open: 0, ending: 1, ended: 2 } as const
const STATES = ['open', 'ending', 'ended'] as const

export interface BoxRows {
  /** Whole days since 1970. */
  readonly today: () => number
  readonly find: (boxId: Id) => Row | undefined
  readonly stateOf: (row: Row) => StateOfBox
  /**
   * The capability that came after this one, or its own index when it is the newest. Whoever still has an older one
   * learns of the next alone, from which a member's device finds its way on and a removed one's does not.
   */
  readonly newestFor: (boxId: Id, capIndex: number) => number
  /** The box's row if it may be written; checks that the capability is the newest, when one is given. */
  readonly writable: (boxId: Id, capIndex: number | null) => Result<Row, NotWritable>
}

export function createBoxRows(db: DatabaseSync, clock: Clock): BoxRows {
  const select = db.prepare('SELECT * FROM boxes WHERE box = ?')
  const nextCap = db.prepare('SELECT min(cap_index) AS next FROM caps WHERE box = ? AND cap_index > ?')
  const today = () => dayOf(clock.now())
  const find = (boxId: Id) => select.get(idBytes(boxId))

  const stateOf = (row: Row): StateOfBox => {
    const state = STATES[int(row, 'state')] ?? 'ended'
    const until = intOrNull(row, 'state_until_day')
    return { state, daysLeft: state === 'ending' && until !== null ? Math.max(0, until - today()) : 0 }
  }

  const newestFor = (boxId: Id, capIndex: number): number => {
    const row = nextCap.get(idBytes(boxId), capIndex)
    return row === undefined ? capIndex : (intOrNull(row, 'next') ?? capIndex)
  }

  function writable(boxId: Id, capIndex: number | null): Result<Row, NotWritable> {
    const row = find(boxId)
    if (row === undefined) return err({ type: 'NotAdmitted' })
    const { state, daysLeft } = stateOf(row)
    if (state === 'ended') return err({ type: 'Ended' })
    if (capIndex !== null && capIndex !== int(row, 'newest_cap'))
      return err({ type: 'Superseded', newestCapIndex: newestFor(boxId, capIndex) })
    return state === 'ending' ? err({ type: 'Ending', daysLeft }) : ok(row)
  }

  return { today, find, stateOf, newestFor, writable }
}
