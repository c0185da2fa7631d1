/** What members promise each other, from either side. A promise belongs to whoever made it. */
import { id, maybe, text } from '@alongside/base/codec.ts'
import { defineEvent } from '../define.ts'
import { day } from '../shapes.ts'

/** What is promised. */
const promised = text(2000, 1)
/** Why it changed, what happened, how the other side sees it. All of one size, so that no side gets more room. */
const words = text(2000)

/** A promise by its author, with a day if there is one, and the meeting it was made in. */
export const PromiseMade = defineEvent(72, 'PromiseMade', {
  promise: id,
  text: promised,
  due: maybe(day),
  encounter: maybe(id),
})

/** Its owner says that it is done. */
export const PromiseKept = defineEvent(73, 'PromiseKept', { promise: id })

/** Its owner promises something else instead, or for another day. */
export const PromiseChanged = defineEvent(74, 'PromiseChanged', {
  promise: id,
  text: promised,
  due: maybe(day),
  why: words,
})

/** Its owner says that they missed it, and by when they will do it, if they will. */
export const PromiseOwned = defineEvent(75, 'PromiseOwned', { promise: id, words: text(2000, 1), due: maybe(day) })

/** Somebody else says how they see it. It moves nothing. */
export const PromiseSeenDifferently = defineEvent(76, 'PromiseSeenDifferently', { promise: id, words: text(2000, 1) })

/** Its owner lets it go, and may say why. */
export const PromiseLetGo = defineEvent(77, 'PromiseLetGo', { promise: id, why: words })
