/**
 * Places in SQLite: a sealed practice page, and a mailbox of at most eight messages from each side. One of the link's
 * eight is kept for the message that takes the place, so that nobody who holds the link can keep a yes out with
 * questions. In a file of their own, so that nothing in the order of writing ties a place to a box. Times are whole days.
 */
import type { DatabaseSync } from 'node:sqlite'
import { equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok } from '@alongside/base/result.ts'
import type { Clock } from '@alongside/base/world.ts'
import { idBytes } from '@alongside/wire/chain.ts'
import { MAILBOX_DAYS, MAX_MESSAGES, PLACE_DAYS } from '@alongside/wire/limits.ts'
import { sha256 } from '../keys.ts'
import { dayOf } from '../limits.ts'
import type { PlaceStore } from './port.ts'
import { blob, int, intOrNull, type Row, type Writer } from './sqlite-file.ts'

export const PLACES_SCHEMA = `
  CREATE TABLE IF NOT EXISTS places (
    place BLOB PRIMARY KEY, author_pk BLOB NOT NULL, mailbox_pk BLOB NOT NULL, page_version INTEGER NOT NULL,
    page BLOB NOT NULL, taken INTEGER NOT NULL, until_day INTEGER NOT NULL, mailbox_until_day INTEGER,
    last_n INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (
    place BLOB NOT NULL, n INTEGER NOT NULL, from_author INTEGER NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (place, n)
  ) STRICT, WITHOUT ROWID;
`

export interface SqlitePlaces extends PlaceStore {
  /** Forgets places and messages whose days are over; how many places. */
  sweepPlaces(): Promise<number>
}

export function createSqlitePlaces(db: DatabaseSync, writer: Writer, clock: Clock): SqlitePlaces {
  const sql = {
    place: db.prepare('SELECT * FROM places WHERE place = ?'),
    add: db.prepare('INSERT INTO places VALUES (?, ?, ?, ?, ?, 0, ?, NULL, 0)'),
    overwrite: db.prepare('UPDATE places SET page_version = ?, page = ?, until_day = ? WHERE place = ?'),
    drop: db.prepare('DELETE FROM places WHERE place = ?'),
    took: db.prepare('UPDATE places SET taken = 1 WHERE place = ?'),
    posted: db.prepare('UPDATE places SET last_n = ?, mailbox_until_day = ? WHERE place = ?'),
    emptied: db.prepare('UPDATE places SET mailbox_until_day = NULL WHERE place = ?'),
    addMessage: db.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?)'),
    sameMessage: db.prepare('SELECT n FROM messages WHERE place = ? AND from_author = ? AND hash = ?'),
    countMessages: db.prepare('SELECT count(*) AS n FROM messages WHERE place = ? AND from_author = ?'),
    messages: db.prepare('SELECT n, from_author, bytes FROM messages WHERE place = ? AND n > ? ORDER BY n'),
    dropMessages: db.prepare('DELETE FROM messages WHERE place = ?'),
    overdue: db.prepare('SELECT place FROM places WHERE until_day <= ?'),
    overdueMailboxes: db.prepare('SELECT place FROM places WHERE mailbox_until_day <= ?'),
  }
  const today = () => dayOf(clock.now())
  const live = (placeId: Id): Row | null => {
    const row = sql.place.get(idBytes(placeId))
    return row === undefined || int(row, 'until_day') <= today() ? null : row
  }
  const isMailboxOver = (row: Row): boolean => {
    const until = intOrNull(row, 'mailbox_until_day')
    return until !== null && until <= today()
  }
  const forget = (place: Bytes) => {
    sql.dropMessages.run(place)
    sql.drop.run(place)
  }
  const empty = (place: Bytes) => {
    sql.dropMessages.run(place)
    sql.emptied.run(place)
  }

  return {
    async place(placeId) {
      const row = live(placeId)
      if (row === null) return null
      return {
        authorPk: blob(row, 'author_pk'),
        mailboxPk: blob(row, 'mailbox_pk'),
        pageVersion: int(row, 'page_version'),
        taken: int(row, 'taken') === 1,
        page: blob(row, 'page'),
      }
    },

    put: ({ placeId, pageVersion, authorPk, mailboxPk, page }) =>
      writer.write(() => {
        const place = idBytes(placeId)
        const row = live(placeId)
        const untilDay = today() + PLACE_DAYS
        if (row === null) {
          forget(place) // one whose days were over
          sql.add.run(place, authorPk, mailboxPk, pageVersion, page, untilDay)
          return ok(null)
        }
        if (!equalBytes(blob(row, 'author_pk'), authorPk) || !equalBytes(blob(row, 'mailbox_pk'), mailboxPk))
          return err({ type: 'IdInUse' as const })
        const version = int(row, 'page_version')
        const isRepeated = version === pageVersion && equalBytes(blob(row, 'page'), page)
        if (version >= pageVersion && !isRepeated) return err({ type: 'PageIsNewer' as const, version })
        sql.overwrite.run(pageVersion, page, untilDay, place)
        return ok(null)
      }),

    remove: (placeId) =>
      writer.write(() => {
        if (live(placeId) === null) return err({ type: 'NoSuchPlace' as const })
        forget(idBytes(placeId))
        return ok(null)
      }),

    post: (placeId, { fromAuthor, take, bytes }) =>
      writer.write(() => {
        const row = live(placeId)
        if (row === null) return err({ type: 'NoSuchPlace' as const })
        const place = idBytes(placeId)
        const side = fromAuthor ? 1 : 0
        const hash = sha256(bytes)
        const isOver = isMailboxOver(row)
        const same = isOver ? undefined : sql.sameMessage.get(place, side, hash)
        if (same !== undefined) return ok(int(same, 'n'))
        if (take && int(row, 'taken') === 1) return err({ type: 'PlaceTaken' as const })
        const count = isOver ? undefined : sql.countMessages.get(place, side)
        const room = fromAuthor || take ? MAX_MESSAGES : MAX_MESSAGES - 1
        if (count !== undefined && int(count, 'n') >= room) return err({ type: 'MailboxFull' as const })
        if (isOver) empty(place)
        const n = int(row, 'last_n') + 1
        // The time runs from the first message, and anew from a yes: it must not go with the questions before it.
        const until = isOver || take ? null : intOrNull(row, 'mailbox_until_day')
        sql.addMessage.run(place, n, side, hash, bytes)
        sql.posted.run(n, until ?? today() + MAILBOX_DAYS, place)
        if (take) sql.took.run(place)
        return ok(n)
      }),

    async messages(placeId, after) {
      const row = live(placeId)
      if (row === null || isMailboxOver(row)) return []
      return sql.messages.all(idBytes(placeId), after).map((message) => ({
        n: int(message, 'n'),
        fromAuthor: int(message, 'from_author') === 1,
        bytes: blob(message, 'bytes'),
      }))
    },

    async sweepPlaces() {
      const overdue = sql.overdue.all(today()).map((row) => blob(row, 'place'))
      const mailboxes = sql.overdueMailboxes.all(today()).map((row) => blob(row, 'place'))
      if (overdue.length + mailboxes.length > 0)
        await writer.write(() => {
          overdue.forEach(forget)
          mailboxes.forEach(empty)
          return ok(null)
        })
      return overdue.length
    },
  }
}
