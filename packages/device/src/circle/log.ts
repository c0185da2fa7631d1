/**
 * A circle's envelopes on the device: full segments of 256 that never change again, and a tail of smaller pieces that is
 * folded into a segment when there is enough of it. One write for what arrived, not one row for each entry. A piece has the
 * name of its first position, so any part of the log is read without the rest, and the whole of it piece by piece.
 */
import { concat, u32, type Bytes } from '@alongside/base/bytes.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { StoreError } from '../store/port.ts'
import type { SealedStore, SealedWrite } from '../store/sealed.ts'
import { numberName } from './rows.ts'

const SEGMENT = 256

interface Piece {
  readonly firstSeq: number
  readonly envelopes: readonly Bytes[]
}

export interface Log {
  /** The last position that is kept. */
  readonly kept: () => number
  /** The writes that add envelopes right after the last position, and what to call once they were kept. */
  adding(envelopes: readonly Bytes[]): { readonly writes: readonly SealedWrite[]; readonly done: () => void }
  /** Every envelope from a position on, in order. */
  from(firstSeq: number): Promise<Result<readonly Bytes[], StoreError>>
}

/** A log that is being read. */
export interface LogReading {
  /** Every envelope after the positions that were covered, in order, some at a time. To be read to its end, once. */
  readonly pieces: AsyncIterable<readonly Bytes[]>
  /** The log, once all was read; `StorageRefused` when it is damaged. */
  log(): Promise<Result<Log, StoreError>>
}

const write = (envelopes: readonly Bytes[]): Bytes =>
  concat(...envelopes.flatMap((envelope) => [u32(envelope.length), envelope]))

function read(stored: Bytes): readonly Bytes[] | null {
  const envelopes: Bytes[] = []
  const view = new DataView(stored.buffer, stored.byteOffset, stored.length)
  let at = 0
  while (at < stored.length) {
    if (at + 4 > stored.length) return null
    const size = view.getUint32(at)
    if (at + 4 + size > stored.length) return null
    envelopes.push(stored.subarray(at + 4, at + 4 + size))
    at += 4 + size
  }
  return envelopes.length === 0 ? null : envelopes
}

/** Where the segment begins that holds a position, whether it is full or still the tail. */
const segmentOf = (seq: number): number => seq - ((seq - 1) % SEGMENT)

/** Pieces in order, from the segment that holds `seq` on; what it returns says whether one was damaged. */
async function* walk(store: SealedStore, area: string, seq: number): AsyncGenerator<Piece, StoreError | null> {
  for (let next = segmentOf(seq); ; ) {
    const row = await store.get(area, numberName(next))
    if (!row.ok) return row.error
    if (row.value === null) return null
    const envelopes = read(row.value)
    if (envelopes === null) return { type: 'StorageRefused' }
    yield { firstSeq: next, envelopes }
    next += envelopes.length
  }
}

/** Reads an area's log from behind the positions that are `covered` elsewhere. */
export function readLog(store: SealedStore, area: string, covered = 0): LogReading {
  const first = covered + 1
  let tail: Piece[] = []
  let kept = covered
  let count = (segmentOf(Math.max(1, covered)) - 1) / SEGMENT
  let damage: StoreError | null = null

  async function* pieces(): AsyncGenerator<readonly Bytes[]> {
    const walking = walk(store, area, Math.max(1, covered))
    for (;;) {
      const { value, done } = await walking.next()
      if (done === true) {
        damage = value
        return
      }
      const { firstSeq, envelopes } = value
      count++
      kept = firstSeq + envelopes.length - 1
      if (envelopes.length < SEGMENT) tail.push(value)
      const after = envelopes.slice(Math.max(0, first - firstSeq))
      if (after.length > 0) yield after
    }
  }

  const log: Log = {
    kept: () => kept,
    adding: (envelopes) => {
      const grown = [...tail, { firstSeq: kept + 1, envelopes }]
      const size = grown.reduce((sum, piece) => sum + piece.envelopes.length, 0)
      const end = kept + envelopes.length
      if (size < SEGMENT) {
        const piece: SealedWrite = { area, name: numberName(kept + 1), value: write(envelopes) }
        return { writes: [piece], done: () => ((tail = grown), (kept = end)) }
      }
      const start = (grown[0] as Piece).firstSeq
      const all = grown.flatMap((piece) => piece.envelopes)
      const made: Piece[] = []
      for (let at = 0; at < all.length; at += SEGMENT)
        made.push({ firstSeq: start + at, envelopes: all.slice(at, at + SEGMENT) })
      const writes: SealedWrite[] = [
        ...tail.map((piece) => ({ area, name: numberName(piece.firstSeq), value: null })),
        ...made.map((piece) => ({ area, name: numberName(piece.firstSeq), value: write(piece.envelopes) })),
      ]
      const rest = made.filter((piece) => piece.envelopes.length < SEGMENT)
      return { writes, done: () => ((tail = rest), (kept = end)) }
    },
    from: (seq) => allFrom(store, area, Math.max(1, seq)),
  }

  return {
    pieces: pieces(),
    log: async () => {
      if (damage !== null) return err(damage)
      // a piece that is there and was not reached lies behind a gap
      const there = await store.count(area)
      if (!there.ok) return there
      return there.value === count ? ok(log) : err({ type: 'StorageRefused' })
    },
  }
}

/** Opens a log whose envelopes nobody asks for now; `StorageRefused` when it is damaged. */
export async function openLog(store: SealedStore, area: string): Promise<Result<Log, StoreError>> {
  const reading = readLog(store, area)
  for await (const _ of reading.pieces);
  return reading.log()
}

async function allFrom(store: SealedStore, area: string, seq: number): Promise<Result<readonly Bytes[], StoreError>> {
  const all: Bytes[] = []
  const walking = walk(store, area, seq)
  for (;;) {
    const { value, done } = await walking.next()
    if (done === true) return value === null ? ok(all) : err(value)
    for (const [i, envelope] of value.envelopes.entries()) if (value.firstSeq + i >= seq) all.push(envelope)
  }
}

/** The envelope at a position, or null when the log does not go so far. */
export async function envelopeAt(
  store: SealedStore,
  area: string,
  seq: number,
): Promise<Result<Bytes | null, StoreError>> {
  const walking = walk(store, area, seq)
  for (;;) {
    const { value, done } = await walking.next()
    if (done === true) return value === null ? ok(null) : err(value)
    const found = value.envelopes[seq - value.firstSeq]
    if (found !== undefined) return ok(found)
  }
}
