/** The sentences of leaving/SPEC.md. Each rule's name says it in short; the sentence is in the specification. */
import type { PracticeEvent, Rule } from '../define.ts'
import { isPerson } from '../people/state.ts'
import { isWritable } from './state.ts'

type Any = PracticeEvent

/** What is let through while a circle is paused or ending. Each has its own rules of who may. */
const ALWAYS_THROUGH: readonly string[] = [
  'Paused',
  'Resumed',
  'EndAsked',
  'EndTakenBack',
  'MemberRemoved',
  'MemberLeft',
  'Rekeyed',
  'DeviceAdded',
  'OutsideRecordDeclared',
]

/** LEA-1: nobody writes while the circle is paused or ending. Goodbyes have their own rule, LEA-6. */
export const nobodyWritesMeanwhile: Rule<Any> = {
  id: 'LEA-1',
  holds: (circle, event) => isWritable(circle) || ALWAYS_THROUGH.includes(event.type) || event.type === 'GoodbyeSaid',
}

/** LEA-2: only the person pauses, resumes, ends and takes back. */
export const onlyPerson: Rule<Any> = { id: 'LEA-2', holds: (circle, _event, by) => isPerson(circle, by.member) }

/** LEA-3: only a circle that is not paused is paused. */
export const notPaused: Rule<Any> = { id: 'LEA-3', holds: (circle) => circle.leaving.paused === null }

/** LEA-3: only a pause is resumed. */
export const isPaused: Rule<Any> = { id: 'LEA-3', holds: (circle) => circle.leaving.paused !== null }

/** LEA-4: an ending can be asked again only to make it happen now. */
export const endsOnce: Rule<{ readonly now: boolean }> = {
  id: 'LEA-4',
  holds: (circle, event) => circle.leaving.ending === null || (event.now && !circle.leaving.ending.now),
}

/** LEA-5: an ending that waits can be taken back. */
export const endWaits: Rule<Any> = {
  id: 'LEA-5',
  holds: (circle) => circle.leaving.ending !== null && !circle.leaving.ending.now,
}

/** LEA-6: goodbyes are said while a circle is ending. */
export const isEnding: Rule<Any> = { id: 'LEA-6', holds: (circle) => circle.leaving.ending !== null }
