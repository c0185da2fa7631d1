/** Own: private notes, in a circle of one. */
import type { Id } from '@alongside/base/codec.ts'
import { defineSubject, type EventOf } from '../define.ts'
import { put } from '../things.ts'
import * as events from './events.ts'
import * as rules from './rules.ts'
import { noOwn, type OwnState, type PrivateNote } from './state.ts'

type Bring = {
  PrivateNoteKept: EventOf<typeof events.PrivateNoteKept>
  PrivateNoteChanged: EventOf<typeof events.PrivateNoteChanged>
  PrivateNoteStruck: EventOf<typeof events.PrivateNoteStruck>
}

declare module '../define.ts' {
  interface Circle {
    readonly own: OwnState
  }
  interface Events extends Bring {}
}

const change = (part: OwnState, id: Id, to: Partial<PrivateNote>): OwnState => {
  const note = part.notes[id]
  return note === undefined ? part : { ...part, notes: put(part.notes, id, { ...note, ...to }) }
}

export const own = defineSubject<OwnState>({
  name: 'own',
  initial: noOwn,
  events: Object.values(events).filter((value) => typeof value === 'object' && 'code' in value),
  handlers: {
    PrivateNoteKept: {
      rules: [rules.inOwnCircle, rules.noteIsNew, rules.noteSaysSomething],
      evolve: (part, event, by) => {
        const note: PrivateNote = {
          id: event.note,
          text: event.text,
          about: event.about,
          seq: by.seq,
          at: by.at,
          changedSeq: null,
          struck: false,
        }
        return { ...part, notes: put(part.notes, note.id, note) }
      },
    },
    PrivateNoteChanged: {
      rules: [rules.inOwnCircle, rules.noteStands, rules.noteSaysSomething],
      evolve: (part, event, by) => change(part, event.note, { text: event.text, changedSeq: by.seq }),
    },
    PrivateNoteStruck: {
      rules: [rules.inOwnCircle, rules.noteStands],
      evolve: (part, event) => change(part, event.note, { struck: true, text: '' }),
    },
  },
})
