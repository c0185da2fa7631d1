/** What members say about the lines of their agreement. Text is frozen when it is proposed: a line's id binds it. */
import { bool, id, list, maybe, oneOf, record, text, uint, type Of } from '@alongside/base/codec.ts'
import { defineEvent } from '../define.ts'
import { language } from '../people/events.ts'
import { between, day } from '../shapes.ts'

/** How many sections a working agreement starts with. */
export const SECTIONS = 15

/** The same line in a second language, as its author wrote it; both texts are bound. */
export const secondText = record({ language, text: text(4000, 1) })
export type SecondText = Of<typeof secondText>

/** Unedited ready text, bound by its id and version and so in every language it was shipped in. */
export const readyText = record({ id: text(64, 1), version: uint(65_535) })
export type ReadyText = Of<typeof readyText>

/** A line somebody would like to have in the agreement. */
export const LineProposed = defineEvent(16, 'LineProposed', {
  line: id,
  section: between(1, SECTIONS),
  text: text(4000),
  language,
  second: maybe(secondText),
  /** The members it asks something of. */
  asks: list(id, 8),
  /** Whether saying no costs nothing, and why it does or does not. */
  refusable: bool,
  why: text(1000),
  /** When to look at it again. */
  review: maybe(day),
  replaces: maybe(id),
  ready: maybe(readyText),
})

/** A yes to exactly this line. */
export const LineAccepted = defineEvent(17, 'LineAccepted', { line: id })

/** A no to a line that is not live. */
export const LineDeclined = defineEvent(18, 'LineDeclined', { line: id })

/** A live line is taken out by the person, or paused by somebody else. */
export const LinePutOff = defineEvent(19, 'LinePutOff', { line: id })

/** The person has read or heard what cannot be kept between them. */
export const LimitsHeard = defineEvent(20, 'LimitsHeard', { how: oneOf(['read', 'heard']) })
