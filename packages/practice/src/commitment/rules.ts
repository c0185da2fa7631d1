/** The sentences of commitment/SPEC.md. Each rule's name says it in short; the sentence is in the specification. */
import type { Rule } from '../define.ts'
import { encounterOf } from '../encounter/state.ts'
import { isBlank } from '../shapes.ts'
import { isOver, MOST_MOVES } from './state.ts'

type OnPromise = { readonly promise: string }

/** PRM-1: a promise's id is used once. */
export const promiseIsNew: Rule<OnPromise> = {
  id: 'PRM-1',
  holds: (circle, event) => circle.commitment.promises[event.promise] === undefined,
}

/** PRM-2: only whoever made a promise moves it. */
export const onlyOwnerMoves: Rule<OnPromise> = {
  id: 'PRM-2',
  holds: (circle, event, by) => circle.commitment.promises[event.promise]?.owner === by.member,
}

/** PRM-3: what is kept or let go stays so. */
export const notOver: Rule<OnPromise> = {
  id: 'PRM-3',
  holds: (circle, event) => {
    const promise = circle.commitment.promises[event.promise]
    return promise !== undefined && !isOver(promise)
  },
}

/** PRM-4: another member says how they see it, and it moves nothing. */
export const seenByAnother: Rule<OnPromise> = {
  id: 'PRM-4',
  holds: (circle, event, by) => {
    const promise = circle.commitment.promises[event.promise]
    return promise !== undefined && promise.owner !== by.member
  },
}

/** PRM-5: a promise is moved a hundred times at most. */
export const movesHaveRoom: Rule<OnPromise> = {
  id: 'PRM-5',
  holds: (circle, event) => (circle.commitment.promises[event.promise]?.moves.length ?? 0) < MOST_MOVES,
}

/** PRM-8: a promise that names a meeting names one of this circle. */
export const meetingIsOurs: Rule<{ readonly encounter: string | null }> = {
  id: 'PRM-8',
  holds: (circle, event) => event.encounter === null || encounterOf(circle, event.encounter) !== null,
}

/** PRM-9: what is promised says something. */
export const promiseSaysSomething: Rule<{ readonly text: string }> = {
  id: 'PRM-9',
  holds: (_circle, event) => !isBlank(event.text),
}

/** PRM-9: owning and seeing differently say something. */
export const wordsSaySomething: Rule<{ readonly words: string }> = {
  id: 'PRM-9',
  holds: (_circle, event) => !isBlank(event.words),
}
