/** Pausing and ending a circle. Taking a copy is not an event: nothing is logged when the person does. */
import { bool, text } from '@alongside/base/codec.ts'
import { defineEvent } from '../define.ts'

/** Writing stops until the person resumes. */
export const Paused = defineEvent(96, 'Paused', {})

export const Resumed = defineEvent(97, 'Resumed', {})

/** The person ends the circle: `now`, or after the days in which it can be taken back. */
export const EndAsked = defineEvent(98, 'EndAsked', { now: bool })

export const EndTakenBack = defineEvent(99, 'EndTakenBack', {})

/** A last line from a member while the circle is ending. */
export const GoodbyeSaid = defineEvent(100, 'GoodbyeSaid', { words: text(2000, 1) })
