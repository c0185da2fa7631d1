/** The lines of a circle's agreement, and what screens and rules ask about them. */
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '../define.ts'
import type { ReadyText, SecondText } from './events.ts'

/**
 * `proposed`: waits for somebody. `live`: in force. `underReview`: was live, somebody paused it, not in force.
 * `changed`: another line took its place. `off`: a no, or taken out. `ended`: somebody it needed has gone.
 */
export type LineStatus = 'proposed' | 'live' | 'underReview' | 'changed' | 'off' | 'ended'

export interface Line {
  readonly id: Id
  readonly section: number
  readonly author: Id
  readonly seq: number
  readonly text: string
  readonly language: string
  readonly second: SecondText | null
  readonly ready: ReadyText | null
  readonly asks: readonly Id[]
  readonly refusable: boolean
  readonly why: string
  readonly review: string | null
  readonly replaces: Id | null
  readonly status: LineStatus
  /** Who has said yes, in the order they did, with the position of their yes. Emptied when the line is paused. */
  readonly yes: readonly { readonly member: Id; readonly seq: number }[]
  /** Where it last went live; null if it never did. */
  readonly liveSeq: number | null
  /** The latest move away from live or proposed: by whom, and the line that took its place if one did. */
  readonly moved: { readonly by: Id; readonly seq: number; readonly replacedBy: Id | null } | null
}

export interface AgreementState {
  readonly lines: { readonly [id: Id]: Line }
  readonly limitsHeard: readonly { readonly how: 'read' | 'heard'; readonly seq: number; readonly at: number }[]
}

export const noAgreement: AgreementState = { lines: {}, limitsHeard: [] }

/** Everybody whose yes a line needs: the person first, then those it asks something of. */
export function neededFor(circle: Circle, line: Pick<Line, 'asks'>): readonly Id[] {
  const person = circle.people.person
  return person === null ? line.asks : [person, ...line.asks.filter((member) => member !== person)]
}

/** Whose yes a line still waits for; empty when it waits for nobody or can no longer go live. */
export const waitingFor = (circle: Circle, line: Line): readonly Id[] =>
  line.status === 'proposed' || line.status === 'underReview'
    ? neededFor(circle, line).filter((member) => line.yes.every((one) => one.member !== member))
    : []

const inOrder = (a: Line, b: Line): number => a.section - b.section || a.seq - b.seq || (a.id < b.id ? -1 : 1)

/** All lines ever proposed, by section and then in the order they came. */
export const allLines = (circle: Circle): readonly Line[] => Object.values(circle.agreement.lines).sort(inOrder)

/** The lines in force, by section. The rights floor is not among them: it needs no line. */
export const liveLines = (circle: Circle): readonly Line[] => allLines(circle).filter((line) => line.status === 'live')

/** The lines that wait for this member's yes or no. */
export const waitingForMember = (circle: Circle, member: Id): readonly Line[] =>
  allLines(circle).filter((line) => waitingFor(circle, line).includes(member))

/** A line with the text it would take the place of, for showing old and new side by side. */
export const sideBySide = (circle: Circle, line: Line): { readonly old: Line | null; readonly new: Line } => ({
  old: line.replaces === null ? null : (circle.agreement.lines[line.replaces] ?? null),
  new: line,
})

/** Live lines whose review day is on or before `today` (`YYYY-MM-DD`). For display only. */
export const dueForReview = (circle: Circle, today: string): readonly Line[] =>
  liveLines(circle).filter((line) => line.review !== null && line.review <= today)
