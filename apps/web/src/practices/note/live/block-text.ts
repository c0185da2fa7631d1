/**
 * The text of one block on this screen: a Yjs document that passes on what is written here, takes in what others write,
 * and undoes only what was written here. The device checks and keeps it; this is only the screen's own copy.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import * as Y from 'yjs'
import type { DeltaStep, Splice } from './splice.ts'

/** The name of the text in a block's document, as the device has it. */
const FIELD = 'text'
const HERE = 'here'
const AWAY = 'away'

export interface BlockText {
  readonly value: () => string
  /** Writes here: one change at a time. */
  readonly write: (splice: Splice) => void
  /** Takes in what came from the device. Applying the same again changes nothing. */
  readonly take: (update: Bytes) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Called for every change that was not made by `write`: from others, or by undoing. Gives back how to stop. */
  readonly onChange: (changed: (delta: readonly DeltaStep[], own: boolean) => void) => () => void
  /** A position that stays with its text while others write. */
  readonly anchorAt: (position: number) => Bytes
  /** Where such a position is now; null when it cannot be read or lies in nothing that is here. */
  readonly positionOf: (anchor: Bytes) => number | null
  readonly destroy: () => void
}

/** The most that goes into one update, in UTF-16 units: what is pasted may be longer than the device takes at once. */
const PIECE = 8000

function inPieces(text: string): readonly string[] {
  const pieces: string[] = []
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + PIECE, text.length)
    const last = text.charCodeAt(to - 1)
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to--
    pieces.push(text.slice(from, to))
    from = to
  }
  return pieces
}

/** Opens a block. `send` gets every update made here; `clientId` is the one that the device gave this session. */
export function blockText(clientId: number, state: Bytes, send: (update: Bytes) => void): BlockText {
  const doc = new Y.Doc({ gc: true })
  doc.clientID = clientId
  const text = doc.getText(FIELD)
  Y.applyUpdate(doc, state, AWAY)
  const history = new Y.UndoManager(text, { trackedOrigins: new Set([HERE]), captureTimeout: 600 })
  const listeners = new Set<(delta: readonly DeltaStep[], own: boolean) => void>()
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== AWAY) send(Uint8Array.from(update))
  })
  text.observe((event, transaction) => {
    if (transaction.origin === HERE) return
    for (const listener of listeners) listener(event.delta, transaction.origin === history)
  })

  return {
    value: () => text.toJSON(),
    write({ at, cut, put }) {
      const [first = '', ...rest] = inPieces(put)
      doc.transact(() => {
        if (cut > 0) text.delete(at, cut)
        if (first !== '') text.insert(at, first)
      }, HERE)
      let from = at + first.length
      for (const piece of rest) {
        doc.transact(() => text.insert(from, piece), HERE)
        from += piece.length
      }
    },
    take: (update) => Y.applyUpdate(doc, update, AWAY),
    undo: () => void history.undo(),
    redo: () => void history.redo(),
    onChange(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    anchorAt: (position) =>
      Uint8Array.from(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, position))),
    positionOf(anchor) {
      try {
        const relative = Y.decodeRelativePosition(anchor)
        return Y.createAbsolutePositionFromRelativePosition(relative, doc)?.index ?? null
      } catch {
        return null // bytes from outside
      }
    },
    destroy() {
      history.destroy()
      doc.destroy()
    },
  }
}
