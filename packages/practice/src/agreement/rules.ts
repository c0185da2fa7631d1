/** The sentences of agreement/SPEC.md. Each rule's name says it in short; the sentence is in the specification. */
import type { EventOf, PracticeEvent, Rule } from '../define.ts'
import { isActive, isPerson } from '../people/state.ts'
import { isBlank } from '../shapes.ts'
import type { LineProposed } from './events.ts'
import { neededFor, waitingFor } from './state.ts'

type OnLine = { readonly line: string }
type Proposed = EventOf<typeof LineProposed>

/** AGR-1: no agreement in an own circle. */
export const notAlone: Rule<PracticeEvent> = { id: 'AGR-1', holds: (circle) => circle.people.kind !== 'own' }

/** AGR-2: a line's id is used once. */
export const lineIsNew: Rule<OnLine> = {
  id: 'AGR-2',
  holds: (circle, event) => circle.agreement.lines[event.line] === undefined,
}

/** AGR-3: ready text by id and version, or own text; never both and never neither. */
export const readyOrOwn: Rule<Proposed> = {
  id: 'AGR-3',
  holds: (_circle, event) => (event.ready === null ? !isBlank(event.text) : event.text === '' && event.second === null),
}

/** AGR-4: those asked are in the circle or let in, and named once. */
export const asksMembers: Rule<Proposed> = {
  id: 'AGR-4',
  holds: (circle, event) =>
    new Set(event.asks).size === event.asks.length && event.asks.every((member) => isActive(circle, member)),
}

/** AGR-5: a replacement stays in its section, and what it replaces has not been replaced already. */
export const replacesCurrent: Rule<Proposed> = {
  id: 'AGR-5',
  holds: (circle, event) => {
    if (event.replaces === null) return true
    const old = circle.agreement.lines[event.replaces]
    return old !== undefined && old.section === event.section && old.status !== 'changed'
  },
}

/** AGR-6: only those a line waits for accept it. */
export const waitsForAuthor: Rule<OnLine> = {
  id: 'AGR-6',
  holds: (circle, event, by) => {
    const line = circle.agreement.lines[event.line]
    return line !== undefined && waitingFor(circle, line).includes(by.member)
  },
}

/** AGR-8: those concerned, and the author of a proposal, say no while a line is not live. */
export const mayDecline: Rule<OnLine> = {
  id: 'AGR-8',
  holds: (circle, event, by) => {
    const line = circle.agreement.lines[event.line]
    if (line === undefined || (line.status !== 'proposed' && line.status !== 'underReview')) return false
    return neededFor(circle, line).includes(by.member) || (line.status === 'proposed' && line.author === by.member)
  },
}

/** AGR-9: a line that is live can be taken out. */
export const lineIsLive: Rule<OnLine> = {
  id: 'AGR-9',
  holds: (circle, event) => circle.agreement.lines[event.line]?.status === 'live',
}

/** AGR-12: only the person says that the limits were read or heard. */
export const heardByPerson: Rule<PracticeEvent> = {
  id: 'AGR-12',
  holds: (circle, _event, by) => isPerson(circle, by.member),
}
