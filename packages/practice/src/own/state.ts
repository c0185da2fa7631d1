/** Private notes, and the questions a screen asks about them. */
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '../define.ts'

export interface PrivateNote {
  readonly id: Id
  readonly text: string
  readonly about: Id | null
  readonly seq: number
  readonly at: number
  /** Where it was last changed; null if never. */
  readonly changedSeq: number | null
  readonly struck: boolean
}

export interface OwnState {
  readonly notes: { readonly [id: Id]: PrivateNote }
}

export const noOwn: OwnState = { notes: {} }

/** Notes that stand, latest first; only those about one thing when `about` is given. */
export const privateNotes = (circle: Circle, about?: Id): readonly PrivateNote[] =>
  Object.values(circle.own.notes)
    .filter((note) => !note.struck && (about === undefined || note.about === about))
    .sort((a, b) => b.seq - a.seq)
