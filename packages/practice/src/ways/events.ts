/** Choosing together: what is chosen, whose choice it is, the ways forward with what is good and hard, and the choice. */
import { bool, id, list, maybe, text } from '@alongside/base/codec.ts'
import { defineEvent } from '../define.ts'
import { day } from '../shapes.ts'

const line = text(1000)

/** Something to choose, with those whose choice it is, by when, and what happens if nothing is chosen. */
export const ChoiceOpened = defineEvent(64, 'ChoiceOpened', {
  choice: id,
  encounter: maybe(id),
  question: text(1000, 1),
  whose: list(id, 4),
  byWhen: maybe(day),
  ifNot: line,
})

/** A way forward. `notNow` marks the one that is to leave it for now. */
export const WayAdded = defineEvent(65, 'WayAdded', { choice: id, way: id, text: text(1000, 1), notNow: bool })

/** How a member sees a way: what is good, what is hard, what is not known. */
export const WayWeighed = defineEvent(66, 'WayWeighed', { choice: id, way: id, good: line, hard: line, unknown: line })

/** Its author takes a way off. */
export const WayTakenOff = defineEvent(67, 'WayTakenOff', { choice: id, way: id })

/** One of those whose choice it is takes a way, says how it can be undone, and when to look again. */
export const ChoiceMade = defineEvent(68, 'ChoiceMade', { choice: id, way: id, undo: line, lookAgain: maybe(day) })

/** One of those whose choice it is takes it back. */
export const ChoiceUndone = defineEvent(69, 'ChoiceUndone', { choice: id, why: line })

/** One of those whose choice it is has looked at it again and lets it stand, until the next look if there is one. */
export const ChoiceLookedAgain = defineEvent(70, 'ChoiceLookedAgain', {
  choice: id,
  words: line,
  lookAgain: maybe(day),
})
