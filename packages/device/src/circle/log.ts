/**
 * A circle's envelopes on the device: full segments of 256 that never change again, and a tail of smaller ones that is
 * folded into a segment when there is enough of it. One write for what arrived, not one row for each entry.
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
    envelopes.push(stored.slice(at + 4, at + 4 + size))
    at += 4 + size
  }
  return envelopes
}

/** Opens the log in an area; `StorageRefused` when it is damaged. Gives the log and all its envelopes. */
export async function openLog(
  store: SealedStore,
  area: string,
): Promise<Result<{ readonly log: Log; readonly envelopes: readonly Bytes[] }, StoreError>> {
  const loaded = await load(store, area)
  if (!loaded.ok) return loaded
  let tail: Piece[] = loaded.value.filter((piece) => piece.envelopes.length < SEGMENT)
  let kept = loaded.value.reduce((seq, piece) => seq + piece.envelopes.length, 0)

  const adding: Log['adding'] = (envelopes) => {
    const grown = [...tail, { firstSeq: kept + 1, envelopes }]
    const size = grown.reduce((sum, piece) => sum + piece.envelopes.length, 0)
    const end = kept + envelopes.length
    if (size < SEGMENT) {
      const piece: SealedWrite = { area, name: numberName(kept + 1), value: write(envelopes) }
      return { writes: [piece], done: () => ((tail = grown), (kept = end)) }
    }
    const firstSeq = (grown[0] as Piece).firstSeq
    const all = grown.flatMap((piece) => piece.envelopes)
    const pieces: Piece[] = []
    for (let at = 0; at < all.length; at += SEGMENT)
      pieces.push({ firstSeq: firstSeq + at, envelopes: all.slice(at, at + SEGMENT) })
    const writes: SealedWrite[] = [
      ...tail.map((piece) => ({ area, name: numberName(piece.firstSeq), value: null })),
      ...pieces.map((piece) => ({ area, name: numberName(piece.firstSeq), value: write(piece.envelopes) })),
    ]
    const rest = pieces.filter((piece) => piece.envelopes.length < SEGMENT)
    return { writes, done: () => ((tail = rest), (kept = end)) }
  }

  return ok({
    envelopes: loaded.value.flatMap((piece) => piece.envelopes),
    log: {
      kept: () => kept,
      adding,
      from: async (firstSeq) => {
        const again = await load(store, area)
        return again.ok ? ok(again.value.flatMap((piece) => piece.envelopes).slice(firstSeq - 1)) : again
      },
    },
  })
}

async function load(store: SealedStore, area: string): Promise<Result<readonly Piece[], StoreError>> {
  const rows = await store.list(area)
  if (!rows.ok) return rows
  const pieces: Piece[] = []
  let next = 1
  for (const { name, value } of rows.value) {
    const envelopes = read(value)
    if (envelopes === null || Number(name) !== next) return err({ type: 'StorageRefused' })
    pieces.push({ firstSeq: next, envelopes })
    next += envelopes.length
  }
  return ok(pieces)
}
