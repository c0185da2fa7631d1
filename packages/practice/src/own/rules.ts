/** The sentences of own/SPEC.md. Each rule's name says it in short; the sentence is in the specification. */
import type { PracticeEvent, Rule } from '../define.ts'
import { isBlank } from '../shapes.ts'

type OnNote = { readonly note: string }

/** OWN-1: in an own circle only. */
export const inOwnCircle: Rule<PracticeEvent> = { id: 'OWN-1', holds: (circle) => circle.people.kind === 'own' }

/** OWN-2: a note's id is used once. */
export const noteIsNew: Rule<OnNote> = {
  id: 'OWN-2',
  holds: (circle, event) => circle.own.notes[event.note] === undefined,
}

/** OWN-2: a note says something. */
export const noteSaysSomething: Rule<{ readonly text: string }> = {
  id: 'OWN-2',
  holds: (_circle, event) => !isBlank(event.text),
}

/** OWN-3: only a note that stands is changed or struck. */
export const noteStands: Rule<OnNote> = {
  id: 'OWN-3',
  holds: (circle, event) => circle.own.notes[event.note]?.struck === false,
}
