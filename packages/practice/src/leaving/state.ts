/** Whether a circle is paused or ending, and which copies of it stay with whom. */
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '../define.ts'
import type { Member } from '../people/state.ts'

export interface LeavingState {
  readonly paused: { readonly seq: number; readonly at: number } | null
  /** `now`: the box goes at once. Else it can be taken back until the relay deletes it, seven days after. */
  readonly ending: { readonly now: boolean; readonly seq: number; readonly at: number } | null
  readonly goodbyes: readonly { readonly member: Id; readonly words: string; readonly seq: number }[]
}

export const notLeaving: LeavingState = { paused: null, ending: null, goodbyes: [] }

/** Whether members may write now; what LEA-1 lets through at any time aside. */
export const isWritable = (circle: Circle): boolean => circle.leaving.paused === null && circle.leaving.ending === null

/**
 * One copy that stays.
 * - `device`: what a member's devices hold. `keeps` says what an honest app keeps after this: `all` for the person,
 *   and for everybody while the circle goes on; `ownWords` once they have gone or it ends (what they declared is
 *   listed apart). That cannot be forced on anybody but oneself. `until` is the last position they could read, null
 *   while they still can.
 * - `declared`: what a member keeps elsewhere, or must keep, in their own words, with source and end day.
 * - `relay`: the locked box, which the relay cannot open.
 */
export type CopyThatStays =
  | {
      readonly type: 'device'
      readonly member: Id
      readonly why: 'person' | 'letIn' | 'here' | 'left' | 'removed'
      readonly keeps: 'all' | 'ownWords'
      readonly until: number | null
    }
  | {
      readonly type: 'declared'
      readonly member: Id
      readonly what: string
      readonly where: string
      readonly source: string
      readonly until: string | null
      readonly required: boolean
    }
  | { readonly type: 'relay'; readonly goes: 'stays' | 'afterSevenDays' | 'now' }

function deviceCopy(circle: Circle, member: Member): CopyThatStays[] {
  const { id, status } = member
  if (id === circle.people.person) return [{ type: 'device', member: id, why: 'person', keeps: 'all', until: null }]
  if (status === 'proposed') return [] // waits for the person and has no keys
  const gone = status === 'left' || status === 'removed'
  return [
    {
      type: 'device',
      member: id,
      why: gone ? status : status === 'here' ? 'here' : 'letIn',
      keeps: gone || circle.leaving.ending !== null ? 'ownWords' : 'all',
      until: member.untilSeq,
    },
  ]
}

/**
 * LEA-7: every copy that stays, as far as the record can know: the person's own first, then the others' devices in the
 * order they were proposed, then what was declared in the order it was said, then the relay.
 */
export function copiesThatStay(circle: Circle): readonly CopyThatStays[] {
  const { person, members, outside } = circle.people
  const rank = (member: Member) => (member.id === person ? -1 : member.proposedSeq)
  const holders = Object.values(members).sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
  const declared = [...outside].sort((a, b) => a.seq - b.seq)
  const { ending } = circle.leaving
  const box: CopyThatStays = { type: 'relay', goes: ending === null ? 'stays' : ending.now ? 'now' : 'afterSevenDays' }
  return [
    ...holders.flatMap((member) => deviceCopy(circle, member)),
    ...declared.map(
      ({ member, what, where, source, until, required }): CopyThatStays => ({
        type: 'declared',
        member,
        what,
        where,
        source,
        until,
        required,
      }),
    ),
    ...(circle.people.kind === 'alongside' ? [box] : []), // an own circle is on its device only
  ]
}
