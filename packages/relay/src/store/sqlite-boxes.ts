/**
 * Boxes in SQLite: entries in a chain, capabilities, drafts, tickets. Tables have no row ids and random keys, so the
 * order of rows says nothing about which boxes were written together. Times are whole days.
 */
import type { DatabaseSync } from 'node:sqlite'
import { equalBytes, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { assert } from '@alongside/base/assert.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Clock } from '@alongside/base/world.ts'
import { chainNext, chainStart, envHash, idBytes, type Head } from '@alongside/wire/chain.ts'
import { END_DAYS, MAX_DRAFTS, PLACE_DAYS, TOMBSTONE_DAYS } from '@alongside/wire/limits.ts'
import { sha256 } from '../keys.ts'
import { dayOf, untilTomorrowMs, type Quotas } from '../limits.ts'
import type { Append, BoxStore, NotWritable, Placement, Refused, Rekey, StateOfBox } from './port.ts'
import { blob, blobOrNull, int, intOrNull, type Row, type Writer } from './sqlite-file.ts'

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

const STATES = ['open', 'ending', 'ended'] as const
const OPEN = 0
const ENDING = 1
const ENDED = 2

/** Entries deleted in one transaction, so that a large box does not keep others waiting. */
const PURGE_STEP = 2_000

/** A rekey may use a tenth more than a day's quota, so that nobody can keep one out by filling the box. */
const REKEY_RESERVE = 1.1

export interface SqliteBoxes extends BoxStore {
  /** Deletes what is over by today. */
  sweepBoxes(): Promise<{ readonly boxes: number; readonly tombstones: number }>
}

export function createSqliteBoxes(
  db: DatabaseSync,
  writer: Writer,
  { clock, quotas }: { readonly clock: Clock; readonly quotas: Quotas },
): SqliteBoxes {
  const sql = {
    box: db.prepare('SELECT * FROM boxes WHERE box = ?'),
    addBox: db.prepare('INSERT INTO boxes VALUES (?, 0, ?, ?, ?, 0, 0, ?, 0, 0, 0, 0, NULL)'),
    moveHead: db.prepare(
      'UPDATE boxes SET seq = ?, hash = ?, bytes = ?, day = ?, day_entries = ?, day_bytes = ? WHERE box = ?',
    ),
    setNewest: db.prepare('UPDATE boxes SET newest_cap = ? WHERE box = ?'),
    setState: db.prepare('UPDATE boxes SET state = ?, state_until_day = ?, owner_counter = ? WHERE box = ?'),
    cap: db.prepare('SELECT * FROM caps WHERE box = ? AND cap_index = ?'),
    addCap: db.prepare('INSERT INTO caps VALUES (?, ?, ?, NULL)'),
    closeCap: db.prepare('UPDATE caps SET last_readable = ? WHERE box = ? AND cap_index = ?'),
    latestCaps: db.prepare('SELECT cap_index FROM caps WHERE box = ? ORDER BY cap_index DESC LIMIT ?'),
    seqByHash: db.prepare('SELECT seq FROM entries WHERE box = ? AND env_hash = ?'),
    hashAt: db.prepare('SELECT hash FROM entries WHERE box = ? AND seq = ?'),
    addEntry: db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?)'),
    range: db.prepare('SELECT envelope FROM entries WHERE box = ? AND seq >= ? AND seq <= ? ORDER BY seq'),
    draft: db.prepare('SELECT version, bytes FROM drafts WHERE box = ? AND draft = ?'),
    countDrafts: db.prepare('SELECT count(*) AS n FROM drafts WHERE box = ?'),
    putDraft: db.prepare('INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)'),
    dropDraft: db.prepare('DELETE FROM drafts WHERE box = ? AND draft = ?'),
    countDraft: db.prepare('UPDATE boxes SET draft_counter = ? WHERE box = ?'),
    addTicket: db.prepare('INSERT OR IGNORE INTO tickets VALUES (?, ?)'),
    spendTicket: db.prepare('DELETE FROM tickets WHERE ticket_hash = ? AND until_day > ?'),
    oldTickets: db.prepare('DELETE FROM tickets WHERE until_day <= ?'),
    overdue: db.prepare('SELECT box FROM boxes WHERE state = 1 AND state_until_day <= ?'),
    endedBoxes: db.prepare('SELECT box FROM boxes WHERE state = 2'),
    firstEntry: db.prepare('SELECT min(seq) AS seq FROM entries WHERE box = ?'),
    dropEntries: db.prepare('DELETE FROM entries WHERE box = ? AND seq < ?'),
    dropDrafts: db.prepare('DELETE FROM drafts WHERE box = ?'),
    oldTombstones: db.prepare('SELECT box FROM boxes WHERE state = 2 AND state_until_day <= ?'),
    dropCaps: db.prepare('DELETE FROM caps WHERE box = ?'),
    dropBox: db.prepare('DELETE FROM boxes WHERE box = ?'),
  }
  const today = () => dayOf(clock.now())

  const hashAt = (boxId: Id, box: Bytes, seq: number): Bytes => {
    if (seq === 0) return chainStart(boxId, sha256).hash
    const row = sql.hashAt.get(box, seq)
    assert(row !== undefined, 'a readable position has an entry')
    return blob(row, 'hash')
  }

  const stateOf = (row: Row): StateOfBox => {
    const state = int(row, 'state')
    const until = intOrNull(row, 'state_until_day')
    return {
      state: STATES[state] ?? 'ended',
      daysLeft: state === ENDING && until !== null ? Math.max(0, until - today()) : 0,
    }
  }

  /** The box's row if it may be written, with the capability checked when one is given. */
  function writable(boxId: Id, capIndex: number | null): Result<Row, NotWritable> {
    const row = sql.box.get(idBytes(boxId))
    if (row === undefined) return err({ type: 'NotAdmitted' })
    const { state, daysLeft } = stateOf(row)
    if (state === 'ended') return err({ type: 'Ended' })
    if (state === 'ending') return err({ type: 'Ending', daysLeft })
    const newestCapIndex = int(row, 'newest_cap')
    return capIndex === null || capIndex === newestCapIndex ? ok(row) : err({ type: 'Superseded', newestCapIndex })
  }

  interface Sorted {
    /** Position of each envelope that is kept already, null for a new one. */
    readonly known: readonly (number | null)[]
    readonly hashes: readonly Bytes[]
    readonly fresh: number
    readonly freshBytes: number
  }

  /** Which envelopes are new. The same one twice in a batch is new once. */
  function sortOut(box: Bytes, envelopes: readonly Bytes[]): Sorted {
    const hashes = envelopes.map((envelope) => envHash(envelope, sha256))
    const inBatch = new Set<string>()
    let fresh = 0
    let freshBytes = 0
    const known = envelopes.map((envelope, i) => {
      const hash = hashes[i] as Bytes
      const row = sql.seqByHash.get(box, hash)
      if (row !== undefined) return int(row, 'seq')
      const name = toHex(hash)
      if (!inBatch.has(name)) {
        inBatch.add(name)
        fresh++
        freshBytes += envelope.length
      }
      return null
    })
    return { known, hashes, fresh, freshBytes }
  }

  /** Milliseconds to wait, or null when the box may take this in today. */
  function overQuota(row: Row, sorted: Sorted, reserve: number): Refused<'OverQuota'> | null {
    const now = clock.now()
    const isToday = int(row, 'day') === dayOf(now)
    const entries = (isToday ? int(row, 'day_entries') : 0) + sorted.fresh
    const bytes = (isToday ? int(row, 'day_bytes') : 0) + sorted.freshBytes
    if (sorted.fresh === 0) return null
    const isOver =
      entries > quotas.entriesPerDay * reserve ||
      bytes > quotas.bytesPerDay * reserve ||
      int(row, 'bytes') + sorted.freshBytes > quotas.boxBytes * reserve
    return isOver ? { type: 'OverQuota', retryAfterMs: untilTomorrowMs(now) } : null
  }

  /** Adds what is new to the chain and says where everything stands. */
  function place(boxId: Id, row: Row, envelopes: readonly Bytes[], sorted: Sorted): Placement {
    const box = idBytes(boxId)
    let head: Head = { seq: int(row, 'seq'), hash: blob(row, 'hash') }
    const firstAdded = head.seq + 1
    const added: Bytes[] = []
    const inBatch = new Map<string, number>()
    const seqs = envelopes.map((envelope, i) => {
      const hash = sorted.hashes[i] as Bytes
      const before = sorted.known[i] ?? inBatch.get(toHex(hash)) ?? null
      if (before !== null) return before
      head = chainNext(head, hash, sha256)
      sql.addEntry.run(box, head.seq, hash, head.hash, envelope)
      inBatch.set(toHex(hash), head.seq)
      added.push(envelope)
      return head.seq
    })
    if (added.length > 0) {
      const day = today()
      const isToday = int(row, 'day') === day
      sql.moveHead.run(
        head.seq,
        head.hash,
        int(row, 'bytes') + sorted.freshBytes,
        day,
        (isToday ? int(row, 'day_entries') : 0) + sorted.fresh,
        (isToday ? int(row, 'day_bytes') : 0) + sorted.freshBytes,
        box,
      )
    }
    const highest = Math.max(...seqs)
    const at = highest === head.seq ? head : { seq: highest, hash: hashAt(boxId, box, highest) }
    return { seqs, head: at, added, firstAdded }
  }

  function append({ boxId, capIndex, envelopes }: Append): Result<Placement, NotWritable | Refused<'OverQuota'>> {
    const row = writable(boxId, null)
    if (!row.ok) return row
    const sorted = sortOut(idBytes(boxId), envelopes)
    // What was kept before is answered as before, even when the capability has been superseded since.
    const newestCapIndex = int(row.value, 'newest_cap')
    if (capIndex !== newestCapIndex && sorted.fresh > 0) return err({ type: 'Superseded', newestCapIndex })
    const over = overQuota(row.value, sorted, 1)
    return over === null ? ok(place(boxId, row.value, envelopes, sorted)) : err(over)
  }

  function rekey(wish: Rekey): Result<Placement, NotWritable | Refused<'OverQuota' | 'HeadMoved' | 'OwnerMustSign'>> {
    const { boxId, envelopes, newCapIndex, newCapPk, by } = wish
    const box = idBytes(boxId)
    const found = writable(boxId, null)
    if (!found.ok) return found
    const row = found.value
    const newestCapIndex = int(row, 'newest_cap')
    const hasOwner = blobOrNull(row, 'owner_pk') !== null
    if (hasOwner !== (by.type === 'owner')) return err({ type: 'OwnerMustSign' })
    const sorted = sortOut(box, envelopes)
    if (newCapIndex === newestCapIndex && sorted.fresh === 0) {
      const newest = sql.cap.get(box, newestCapIndex)
      if (newest !== undefined && equalBytes(blob(newest, 'cap_pk'), newCapPk))
        return ok(place(boxId, row, envelopes, sorted))
    }
    if (newCapIndex <= newestCapIndex) return err({ type: 'Superseded', newestCapIndex })
    if (by.type === 'head') {
      if (wish.capIndex !== newestCapIndex) return err({ type: 'Superseded', newestCapIndex })
      if (!equalBytes(blob(row, 'hash'), by.expectedHash)) return err({ type: 'HeadMoved', seq: int(row, 'seq') })
      const over = overQuota(row, sorted, REKEY_RESERVE)
      if (over !== null) return err(over)
    }
    const placed = place(boxId, row, envelopes, sorted)
    const last = Math.max(placed.head.seq, int(row, 'seq'))
    for (const cap of sql.latestCaps.all(box, 1 + wish.extend)) sql.closeCap.run(last, box, int(cap, 'cap_index'))
    sql.addCap.run(box, newCapIndex, newCapPk)
    sql.setNewest.run(newCapIndex, box)
    return ok(placed)
  }

  /** The state set by an owner operation whose counter is new. */
  function ownerSets(
    boxId: Id,
    counter: number,
    next: { readonly state: number; readonly untilDay: number | null },
  ): Result<StateOfBox, Refused<'NotAdmitted' | 'Ended' | 'OwnerCounterUsed'>> {
    const box = idBytes(boxId)
    const row = sql.box.get(box)
    if (row === undefined || blobOrNull(row, 'owner_pk') === null) return err({ type: 'NotAdmitted' })
    if (int(row, 'state') === ENDED) return err({ type: 'Ended' })
    const last = int(row, 'owner_counter')
    if (counter <= last) return err({ type: 'OwnerCounterUsed', counter: last })
    sql.setState.run(next.state, next.untilDay, counter, box)
    return ok(stateOf({ ...row, state: next.state, state_until_day: next.untilDay }))
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
    create: ({ boxId, capIndex, capPk, ownerPk, ticketHash }) =>
      writer.write(() => {
        const box = idBytes(boxId)
        const row = sql.box.get(box)
        if (row !== undefined) {
          const cap = sql.cap.get(box, capIndex)
          const owner = blobOrNull(row, 'owner_pk')
          const isSame =
            cap !== undefined &&
            equalBytes(blob(cap, 'cap_pk'), capPk) &&
            (owner === null ? ownerPk === null : ownerPk !== null && equalBytes(owner, ownerPk))
          return isSame ? ok(null) : err({ type: 'IdInUse' as const })
        }
        if (ticketHash !== null && sql.spendTicket.run(ticketHash, today()).changes !== 1)
          return err({ type: 'CodeNeeded' as const })
        sql.addBox.run(box, chainStart(boxId, sha256).hash, capIndex, ownerPk, today())
        sql.addCap.run(box, capIndex, capPk)
        return ok(null)
      }),

    addTickets: (hashes) =>
      writer.write(() => {
        for (const hash of hashes) sql.addTicket.run(hash, today() + PLACE_DAYS)
        return ok(null)
      }),

    async access(boxId, capIndex) {
      const box = idBytes(boxId)
      const row = sql.box.get(box)
      const cap = sql.cap.get(box, capIndex)
      if (row === undefined || cap === undefined) return null
      const state = stateOf(row)
      const last = intOrNull(cap, 'last_readable') ?? int(row, 'seq')
      const readable =
        state.state === 'ended'
          ? chainStart(boxId, sha256)
          : { seq: last, hash: last === int(row, 'seq') ? blob(row, 'hash') : hashAt(boxId, box, last) }
      return {
        capPk: blob(cap, 'cap_pk'),
        ownerPk: blobOrNull(row, 'owner_pk'),
        ownerCounter: int(row, 'owner_counter'),
        newestCapIndex: int(row, 'newest_cap'),
        readable,
        ...state,
      }
    },

    append: (wish) => writer.write(() => append(wish)),
    rekey: (wish) => writer.write(() => rekey(wish)),

    async range(boxId, { from, to, maxBytes }) {
      const envelopes: Bytes[] = []
      let size = 0
      for (const row of sql.range.iterate(idBytes(boxId), from, to)) {
        const envelope = blob(row, 'envelope')
        size += envelope.length
        if (size > maxBytes && envelopes.length > 0) break
        envelopes.push(envelope)
      }
      return envelopes
    },

    async draft(boxId, draftId) {
      const row = sql.draft.get(idBytes(boxId), idBytes(draftId))
      return row === undefined
        ? { version: 0, bytes: null }
        : { version: int(row, 'version'), bytes: blob(row, 'bytes') }
    },

    putDraft: ({ boxId, capIndex, draftId, expectedVersion, bytes }) =>
      writer.write(() => {
        const found = writable(boxId, capIndex)
        if (!found.ok) return found
        const [box, draft] = [idBytes(boxId), idBytes(draftId)]
        const row = sql.draft.get(box, draft)
        const version = row === undefined ? 0 : int(row, 'version')
        if (version !== expectedVersion)
          return err({
            type: 'DraftConflict' as const,
            draft: { version, bytes: row === undefined ? null : blob(row, 'bytes') },
          })
        if (bytes === null) {
          sql.dropDraft.run(box, draft)
          return ok({ version: 0, bytes: null })
        }
        const count = sql.countDrafts.get(box)
        if (row === undefined && count !== undefined && int(count, 'n') >= MAX_DRAFTS)
          return err({ type: 'TooManyDrafts' as const })
        // One counter for the box, so that a draft deleted and made again never has a version it had before.
        const next = int(found.value, 'draft_counter') + 1
        sql.putDraft.run(box, draft, next, bytes)
        sql.countDraft.run(next, box)
        return ok({ version: next, bytes })
      }),

    async end(boxId, { when, counter }) {
      const next =
        when === 'now'
          ? { state: ENDED, untilDay: today() + TOMBSTONE_DAYS }
          : { state: ENDING, untilDay: today() + END_DAYS }
      const result = await writer.write(() => ownerSets(boxId, counter, next))
      if (result.ok && when === 'now') await purge(idBytes(boxId))
      return result
    },

    takeBackEnd: (boxId, counter) => writer.write(() => ownerSets(boxId, counter, { state: OPEN, untilDay: null })),

    async sweepBoxes() {
      const day = today()
      const overdue = sql.overdue.all(day).map((row) => blob(row, 'box'))
      for (const box of overdue)
        await writer.write(() => {
          const row = sql.box.get(box)
          if (row !== undefined && int(row, 'state') === ENDING)
            sql.setState.run(ENDED, day + TOMBSTONE_DAYS, int(row, 'owner_counter'), box)
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
