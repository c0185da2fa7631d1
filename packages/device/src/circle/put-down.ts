/**
 * A circle's judged record, put down in this device's own sealed store, so that unlocking does not judge everything again.
 * It is a shortcut and nothing else: it carries the position and the head it covers, is taken up only by the very code that
 * put it down and only when the log's entry at that position leads from the head before to that head (what lies before is
 * not read again), and whenever that does not fit, the log is judged instead. It is never accepted from anywhere but this
 * store. Source: protocol section 2.14, SPEC FLD-11.
 *
 * Stored: `u32(length) ‖ JSON ‖ heads, 32 bytes each`. Bytes inside the state are few; they are listed beside it by path.
 */
import { concat, equalBytes, fromHex, fromUtf8, toHex, u32, utf8, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '@alongside/practice/define.ts'
import { chainNext, envelopeHash } from '@alongside/record/chain.ts'
import type { SavedFold } from '@alongside/record/saved.ts'
import type { SealedStore, SealedWrite } from '../store/sealed.ts'
import type { Recent } from './held.ts'
import { envelopeAt } from './log.ts'
import { foldArea, logArea } from './rows.ts'

export interface PutDown {
  readonly saved: SavedFold<Circle>
  /** The last outcomes before it was put down. */
  readonly recent: readonly Recent[]
}

type Path = readonly (string | number)[]
type InHex<T> = readonly (readonly [T, string])[]

/** What the JSON holds; bytes are hexadecimal, ids of accepted entries stand in one text without gaps. */
interface Stored extends Pick<SavedFold<unknown>, 'founded' | 'epoch' | 'capIndex' | 'alarms' | 'stopped' | 'state'> {
  readonly build: string
  readonly commitments: InHex<number>
  readonly secrets: InHex<number>
  readonly authors: readonly (readonly [Id, number, string, number])[]
  readonly accepted: string
  readonly recent: readonly Recent[]
  readonly bytes: InHex<Path>
}

const NAME = 'fold'
const ID_LETTERS = 32
const HEAD = 32

const unhex = (text: string): Bytes => fromHex(text) ?? new Uint8Array()
const hexed = (all: readonly (readonly [number, Bytes])[]): InHex<number> => all.map(([key, one]) => [key, toHex(one)])
const bytesOf = (all: InHex<number>): (readonly [number, Bytes])[] => all.map(([key, text]) => [key, unhex(text)])

/** A value without the bytes in it, which go to `found` with their path; the same object where there are none. */
function withoutBytes(value: unknown, path: Path, found: (readonly [Path, string])[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) {
    found.push([path, toHex(value)])
    return null
  }
  let copy: Record<string, unknown> | unknown[] | null = null
  for (const [name, part] of Object.entries(value)) {
    const plain = withoutBytes(part, [...path, name], found)
    if (plain === part) continue
    copy ??= Array.isArray(value) ? [...value] : { ...value }
    ;(copy as Record<string, unknown>)[name] = plain
  }
  return copy ?? value
}

function putBytes(state: unknown, all: InHex<Path>): void {
  for (const [path, text] of all) {
    let at = state as Record<string, unknown>
    for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>
    at[path.at(-1) ?? ''] = unhex(text)
  }
}

/** The write that puts a fold down; `build` names the code that judged it. */
export function putDownWrite(circle: string, build: string, { saved, recent }: PutDown): SealedWrite {
  const bytes: (readonly [Path, string])[] = []
  const stored: Stored = {
    build,
    founded: saved.founded,
    epoch: saved.epoch,
    capIndex: saved.capIndex,
    alarms: saved.alarms,
    stopped: saved.stopped,
    commitments: hexed(saved.commitments),
    secrets: hexed(saved.secrets),
    authors: saved.authors.map(([id, { ctr, last, seenSeq }]) => [id, ctr, toHex(last), seenSeq]),
    accepted: saved.accepted.join(''),
    recent,
    state: withoutBytes(saved.state, [], bytes),
    bytes,
  }
  const text = utf8(JSON.stringify(stored))
  return { area: foldArea(circle), name: NAME, value: concat(u32(text.length), text, saved.heads) }
}

/** The write that forgets what was put down. */
export const forgetPutDown = (circle: string): SealedWrite => ({ area: foldArea(circle), name: NAME, value: null })

/** What was put down by this build; null when it was another's, or does not read. */
export function readPutDown(stored: Bytes, build: string): PutDown | null {
  if (stored.length < 4) return null
  const end = 4 + new DataView(stored.buffer, stored.byteOffset).getUint32(0)
  const text = end > stored.length ? null : fromUtf8(stored.subarray(4, end))
  try {
    // sealed under this device's own lock and written by the same code: its shape needs no second look
    const found = JSON.parse(text ?? 'null') as Stored | null
    if (found === null || found.build !== build) return null
    putBytes(found.state, found.bytes)
    const accepted: Id[] = []
    for (let at = 0; at < found.accepted.length; at += ID_LETTERS)
      accepted.push(found.accepted.slice(at, at + ID_LETTERS))
    const { founded, epoch, capIndex, alarms, stopped, recent } = found
    const saved: SavedFold<Circle> = {
      heads: stored.slice(end),
      founded,
      epoch,
      capIndex,
      commitments: bytesOf(found.commitments),
      secrets: bytesOf(found.secrets),
      authors: found.authors.map(([id, ctr, last, seenSeq]) => [id, { ctr, last: unhex(last), seenSeq }]),
      accepted,
      alarms,
      stopped,
      state: found.state as Circle,
    }
    return { saved, recent }
  } catch {
    return null
  }
}

/** Whether the log leads to the head that was put down: its entry at that position makes that head of the one before. */
async function isOfLog(store: SealedStore, circle: string, heads: Bytes): Promise<boolean> {
  const seq = heads.length / HEAD - 1
  if (!Number.isInteger(seq) || seq < 1) return false
  const envelope = await envelopeAt(store, logArea(circle), seq)
  if (!envelope.ok || envelope.value === null) return false
  const before = heads.subarray((seq - 1) * HEAD, seq * HEAD)
  return equalBytes(chainNext(before, seq, envelopeHash(envelope.value)), heads.subarray(seq * HEAD))
}

/** What this build put down of a circle and still holds; null means: judge the log. */
export async function takeUp(store: SealedStore, circle: string, build: string): Promise<PutDown | null> {
  const row = await store.get(foldArea(circle), NAME)
  const found = row.ok && row.value !== null ? readPutDown(row.value, build) : null
  if (found === null || found.saved.stopped !== null) return null
  return (await isOfLog(store, circle, found.saved.heads)) ? found : null
}
