/** Who has compared the phrase with whom, from the record. It gates nothing and is never hidden. */
import type { CircleView } from '@alongside/device/api.ts'
import type { IdentityCheck, Member } from '@alongside/practice/people/state.ts'
import { othersIn } from '../../device/people.ts'

/** PEO-13: a member's latest word on another; null while they have said nothing. */
export function latestCheck(circle: CircleView, by: string, of: string): IdentityCheck | null {
  return circle.state.people.checks.filter((check) => check.by === by && check.of === of).at(-1) ?? null
}

/** Others whose phrase is known and of whom nothing was said from here yet. */
export const toCompare = (circle: CircleView): readonly Member[] =>
  othersIn(circle).filter(
    (member) => (circle.safety[member.id] ?? null) !== null && latestCheck(circle, circle.me, member.id) === null,
  )
