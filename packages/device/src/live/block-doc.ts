/**
 * The text of one block while it is being written: a Yjs document that forgets what was deleted. It knows which client
 * ids are this device's own, gives away only what was written under them, and says in the end who wrote which part.
 *
 * What is typed here is checked at once and taken in when somebody asks: a tick's keystrokes are then one transaction and
 * one short update, whatever the length of the text.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { ok, type Result } from '@alongside/base/result.ts'
import * as Y from 'yjs'
import { checkUpdate, FIELD, MAX_UPDATE, type UpdateError } from './check-update.ts'

export interface ClientSpan {
  readonly client: number
  readonly length: number
}

export interface BlockDoc {
  text(): string
  /** Applies an update from the device that has these client ids, whole or not at all. */
  apply(update: Bytes, clients: ReadonlySet<number>): Result<null, UpdateError>
  /** The same for what is written on this device, to be told to the others. */
  write(update: Bytes, clients: ReadonlySet<number>): Result<null, UpdateError>
  /** What was written here since this was last asked, as few updates as can be, none longer than an update may be. */
  unsaid(): readonly Bytes[]
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
  /** Written here, checked, and not yet in the document; with it, text is known this far. */
  let typed: Bytes[] = []
  let typedBytes = 0
  const typedTo = new Map<number, number>()
  let unsaid: Bytes[] = []

  /** The document with everything in it that was typed. */
  function whole(): Y.Doc {
    if (typed.length === 0) return doc
    const updates = typed
    typed = []
    typedBytes = 0
    typedTo.clear()
    const hear = (update: Uint8Array) => void unsaid.push(update as Bytes)
    doc.on('update', hear)
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    doc.off('update', hear)
    return doc
  }
  const vectorOf = () => Y.decodeStateVector(Y.encodeStateVector(whole()))
  const knownTo = (client: number): number => typedTo.get(client) ?? Y.getState(doc.store, client)

  return {
    text: () => (whole(), field.toJSON()),
    apply(update, clients) {
      whole()
      const checked = checkUpdate(update, clients, knownTo)
      if (!checked.ok) return checked
      Y.applyUpdate(doc, update)
      return ok(null)
    },
    write(update, clients) {
      const checked = checkUpdate(update, clients, knownTo)
      if (!checked.ok) return checked
      if (typedBytes + update.length > MAX_UPDATE) whole()
      typed.push(update)
      typedBytes += update.length
      for (const [client, clock] of checked.value) typedTo.set(client, Math.max(clock, knownTo(client)))
      return ok(null)
    },
    unsaid() {
      whole()
      const updates = unsaid
      unsaid = []
      return updates
    },
    restore: (state) => Y.applyUpdate(doc, state),
    state: () => Y.encodeStateAsUpdate(whole()) as Bytes,
    vector: () => Y.encodeStateVector(whole()) as Bytes,
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
    isWaiting: () => whole().store.pendingStructs !== null || doc.store.pendingDs !== null,
    spans() {
      whole()
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
