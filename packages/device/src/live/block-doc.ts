/**
 * The text of one block while it is being written: a Yjs document that forgets what was deleted. It knows which client
 * ids are this device's own, gives away only what was written under them, and says in the end who wrote which part.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Result } from '@alongside/base/result.ts'
import * as Y from 'yjs'
import { checkUpdate, FIELD, type UpdateError } from './check-update.ts'

export interface ClientSpan {
  readonly client: number
  readonly length: number
}

export interface BlockDoc {
  text(): string
  /** Applies an update from the device that has these client ids, whole or not at all. */
  apply(update: Bytes, clients: ReadonlySet<number>): Result<null, UpdateError>
  /** Applies what this device itself kept. */
  restore(state: Bytes): void
  /** Everything, without deleted text. */
  state(): Bytes
  /** How much is known of each client's text, as Yjs encodes it. */
  vector(): Bytes
  /** What was written under `clients` beyond `since` (a vector; null for all), with every deletion; null when nothing. */
  written(clients: ReadonlySet<number>, since: Bytes | null): Bytes | null
  /** Whether somebody with this vector knows text that is not here. */
  isBehind(vector: Bytes): boolean
  /** Whether a part is parked because something before it has not come. */
  isWaiting(): boolean
  /** Who wrote the text as it stands: runs of UTF-16 units by client, in order; they add up to the whole text. */
  spans(): readonly ClientSpan[]
}

/** An empty block. */
export function blockDoc(): BlockDoc {
  const doc = new Y.Doc({ gc: true })
  const field = doc.getText(FIELD)
  const vectorOf = () => Y.decodeStateVector(Y.encodeStateVector(doc))

  return {
    text: () => field.toJSON(),
    apply(update, clients) {
      const known = vectorOf()
      const checked = checkUpdate(update, clients, (client) => known.get(client) ?? 0)
      if (checked.ok) Y.applyUpdate(doc, update)
      return checked
    },
    restore: (state) => Y.applyUpdate(doc, state),
    state: () => Y.encodeStateAsUpdate(doc) as Bytes,
    vector: () => Y.encodeStateVector(doc) as Bytes,
    written(clients, since) {
      const have = vectorOf()
      const before = since === null ? new Map<number, number>() : readVector(since)
      const target = new Map<number, number>()
      let any = false
      for (const [client, clock] of have) {
        const from = clients.has(client) ? Math.min(before.get(client) ?? 0, clock) : clock
        target.set(client, from)
        any ||= from < clock
      }
      const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(target)) as Bytes
      const deletions = Y.decodeUpdate(update).ds.clients.size > 0
      return any || deletions ? update : null
    },
    isBehind(vector) {
      const have = vectorOf()
      return [...readVector(vector)].some(([client, clock]) => clock > (have.get(client) ?? 0))
    },
    isWaiting: () => doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
    spans() {
      const spans: { client: number; length: number }[] = []
      for (let item = field._start; item !== null; item = item.right) {
        if (item.deleted || !item.countable) continue
        const last = spans.at(-1)
        if (last?.client === item.id.client) last.length += item.length
        else spans.push({ client: item.id.client, length: item.length })
      }
      return spans
    },
  }
}

/** A vector from outside; one that cannot be read counts as knowing nothing. */
function readVector(vector: Bytes): Map<number, number> {
  try {
    return Y.decodeStateVector(vector)
  } catch {
    return new Map()
  }
}
