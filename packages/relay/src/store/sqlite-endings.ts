/**
 * The end of a box in SQLite: set by its owner, taken back or not, deleted after seven days or at once, remembered for
 * thirty as a tombstone that holds capabilities only, so that devices that were away can be told.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { idBytes } from '@alongside/wire/chain.ts'
import { END_DAYS, TOMBSTONE_DAYS } from '@alongside/wire/limits.ts'
import type { BoxStore, Refused, StateOfBox } from './port.ts'
import { STATE, type BoxRows } from './sqlite-box-rows.ts'
import { blob, blobOrNull, int, intOrNull, type Writer } from './sqlite-file.ts'

/** Entries deleted in one transaction, so that a large box does not keep others waiting. */
const PURGE_STEP = 2_000

export interface SqliteEndings extends Pick<BoxStore, 'end' | 'takeBackEnd'> {
  /** Deletes what is over by today. */
  sweepBoxes(): Promise<{ readonly boxes: number; readonly tombstones: number }>
}

export function createSqliteEndings(db: DatabaseSync, writer: Writer, rows: BoxRows): SqliteEndings {
  const sql = {
    setState: db.prepare('UPDATE boxes SET state = ?, state_until_day = ?, owner_counter = ? WHERE box = ?'),
    oldTickets: db.prepare('DELETE FROM tickets WHERE until_day <= ?'),
    endOverdue: db.prepare(
      'UPDATE boxes SET state = 2, state_until_day = ? WHERE box = ? AND state = 1 AND state_until_day <= ?',
    ),
    overdue: db.prepare('SELECT box FROM boxes WHERE state = 1 AND state_until_day <= ?'),
    endedBoxes: db.prepare('SELECT box FROM boxes WHERE state = 2'),
    firstEntry: db.prepare('SELECT min(seq) AS seq FROM entries WHERE box = ?'),
    dropEntries: db.prepare('DELETE FROM entries WHERE box = ? AND seq < ?'),
    dropDrafts: db.prepare('DELETE FROM drafts WHERE box = ?'),
    oldTombstones: db.prepare('SELECT box FROM boxes WHERE state = 2 AND state_until_day <= ?'),
    dropCaps: db.prepare('DELETE FROM caps WHERE box = ?'),
    dropBox: db.prepare('DELETE FROM boxes WHERE box = ?'),
  }
  const { today } = rows

  /** The state set by an owner operation whose counter is new. */
  function ownerSets(
    boxId: Id,
    counter: number,
    next: { readonly state: number; readonly untilDay: number | null },
  ): Result<StateOfBox, Refused<'NotAdmitted' | 'Ended' | 'OwnerCounterUsed'>> {
    const box = idBytes(boxId)
    const row = rows.find(boxId)
    if (row === undefined || blobOrNull(row, 'owner_pk') === null) return err({ type: 'NotAdmitted' })
    if (int(row, 'state') === STATE.ended) return err({ type: 'Ended' })
    const last = int(row, 'owner_counter')
    if (counter <= last) return err({ type: 'OwnerCounterUsed', counter: last })
    sql.setState.run(next.state, next.untilDay, counter, box)
    return ok(rows.stateOf({ ...row, state: next.state, state_until_day: next.untilDay }))
  }

  /** Removes an ended box's content step by step, leaving the tombstone: capabilities, so that devices can be told. */
  async function purge(box: Bytes): Promise<void> {
    for (;;) {
      const step = await writer.write(() => {
        const row = sql.firstEntry.get(box)
        const first = row === undefined ? null : intOrNull(row, 'seq')
        if (first !== null) sql.dropEntries.run(box, first + PURGE_STEP)
        else sql.dropDrafts.run(box)
        return ok(first !== null)
      })
      if (!step.ok || !step.value) return
    }
  }

  return {
    async end(boxId, { when, counter }) {
      const next =
        when === 'now'
          ? { state: STATE.ended, untilDay: today() + TOMBSTONE_DAYS }
          : { state: STATE.ending, untilDay: today() + END_DAYS }
      const result = await writer.write(() => ownerSets(boxId, counter, next))
      if (result.ok && when === 'now') await purge(idBytes(boxId))
      return result
    },

    takeBackEnd: (boxId, counter) =>
      writer.write(() => ownerSets(boxId, counter, { state: STATE.open, untilDay: null })),

    async sweepBoxes() {
      const day = today()
      const overdue = sql.overdue.all(day).map((row) => blob(row, 'box'))
      for (const box of overdue)
        await writer.write(() => {
          sql.endOverdue.run(day + TOMBSTONE_DAYS, box, day)
          return ok(null)
        })
      for (const row of sql.endedBoxes.all()) await purge(blob(row, 'box'))
      const tombstones = sql.oldTombstones.all(day).map((row) => blob(row, 'box'))
      await writer.write(() => {
        for (const box of tombstones) {
          sql.dropCaps.run(box)
          sql.dropBox.run(box)
        }
        sql.oldTickets.run(day)
        return ok(null)
      })
      return { boxes: overdue.length, tombstones: tombstones.length }
    },
  }
}
