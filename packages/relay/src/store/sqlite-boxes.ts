/** Boxes in SQLite: founding, entries in their chain, capabilities and what each may read, quotas by the day. */
import type { DatabaseSync } from 'node:sqlite'
import { equalBytes, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { assert } from '@alongside/base/assert.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Clock } from '@alongside/base/world.ts'
import { chainNext, chainStart, envHash, idBytes, type Head } from '@alongside/wire/chain.ts'
import { PLACE_DAYS } from '@alongside/wire/limits.ts'
import { sha256 } from '../keys.ts'
import { dayOf, untilTomorrowMs, type Quotas } from '../limits.ts'
import type { Append, BoxStore, NotWritable, Placement, Refused, Rekey } from './port.ts'
import type { BoxRows } from './sqlite-box-rows.ts'
import { blob, blobOrNull, int, intOrNull, type Row, type Writer } from './sqlite-file.ts'

/** A rekey may use a tenth more than a day's quota, so that nobody can keep one out by filling the box. */
const REKEY_RESERVE = 1.1

export function createSqliteBoxes(
  db: DatabaseSync,
  writer: Writer,
  { rows, clock, quotas }: { readonly rows: BoxRows; readonly clock: Clock; readonly quotas: Quotas },
): Pick<BoxStore, 'create' | 'addTickets' | 'access' | 'append' | 'rekey' | 'range'> {
  const sql = {
    addBox: db.prepare('INSERT INTO boxes VALUES (?, 0, ?, ?, ?, 0, 0, ?, 0, 0, 0, 0, NULL)'),
    moveHead: db.prepare(
      'UPDATE boxes SET seq = ?, hash = ?, bytes = ?, day = ?, day_entries = ?, day_bytes = ? WHERE box = ?',
    ),
    setNewest: db.prepare('UPDATE boxes SET newest_cap = ? WHERE box = ?'),
    cap: db.prepare('SELECT * FROM caps WHERE box = ? AND cap_index = ?'),
    addCap: db.prepare('INSERT INTO caps VALUES (?, ?, ?, NULL)'),
    closeCap: db.prepare('UPDATE caps SET last_readable = ? WHERE box = ? AND cap_index = ?'),
    latestCaps: db.prepare('SELECT cap_index FROM caps WHERE box = ? ORDER BY cap_index DESC LIMIT ?'),
    seqByHash: db.prepare('SELECT seq FROM entries WHERE box = ? AND env_hash = ?'),
    hashAt: db.prepare('SELECT hash FROM entries WHERE box = ? AND seq = ?'),
    addEntry: db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?)'),
    range: db.prepare('SELECT envelope FROM entries WHERE box = ? AND seq >= ? AND seq <= ? ORDER BY seq'),
    addTicket: db.prepare('INSERT OR IGNORE INTO tickets VALUES (?, ?)'),
    spendTicket: db.prepare('DELETE FROM tickets WHERE ticket_hash = ? AND until_day > ?'),
  }
  const { today, stateOf, writable } = rows

  const hashAt = (boxId: Id, box: Bytes, seq: number): Bytes => {
    if (seq === 0) return chainStart(boxId, sha256).hash
    const row = sql.hashAt.get(box, seq)
    assert(row !== undefined, 'a readable position has an entry')
    return blob(row, 'hash')
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
    const sorted = sortOut(idBytes(boxId), envelopes)
    // What was kept before is answered as before, even when the capability has been superseded since.
    const row = writable(boxId, sorted.fresh > 0 ? capIndex : null)
    if (!row.ok) return row
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
      if (wish.capIndex !== newestCapIndex)
        return err({ type: 'Superseded', newestCapIndex: rows.newestFor(boxId, wish.capIndex) })
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

  return {
    create: ({ boxId, capIndex, capPk, ownerPk, ticketHash }) =>
      writer.write(() => {
        const box = idBytes(boxId)
        const row = rows.find(boxId)
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
      const row = rows.find(boxId)
      const cap = sql.cap.get(box, capIndex)
      if (row === undefined || cap === undefined) return null
      const newestCapIndex = rows.newestFor(boxId, capIndex)
      const held = stateOf(row)
      // An older capability reads what it may while the box is there, and is not told what becomes of it until it is gone.
      const state =
        newestCapIndex !== capIndex && held.state === 'ending' ? ({ state: 'open', daysLeft: 0 } as const) : held
      const last = intOrNull(cap, 'last_readable') ?? int(row, 'seq')
      const readable =
        state.state === 'ended'
          ? chainStart(boxId, sha256)
          : { seq: last, hash: last === int(row, 'seq') ? blob(row, 'hash') : hashAt(boxId, box, last) }
      return {
        capPk: blob(cap, 'cap_pk'),
        ownerPk: blobOrNull(row, 'owner_pk'),
        ownerCounter: int(row, 'owner_counter'),
        newestCapIndex,
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
  }
}
