/** Small questions every screen has about the people of a circle: who is who, by which name, on which thread. */
import type { CircleView } from '@alongside/device/api.ts'
import type { Member } from '@alongside/practice/people/state.ts'
import type { ThreadSide } from '../components/thread-mark/ThreadMark.tsx'

/** The other members who are here or on their way in, in the order they were proposed. */
export function othersIn(circle: CircleView): readonly Member[] {
  return Object.values(circle.state.people.members)
    .filter((member) => member.id !== circle.me && (member.status === 'here' || member.status === 'admitted'))
    .sort((a, b) => a.proposedSeq - b.proposedSeq)
}

/** The name a member chose; empty when the id is nobody's. */
export function nameIn(circle: CircleView, member: string): string {
  return circle.state.people.members[member]?.name ?? ''
}

/** The person whose life it is about has the solid thread; everyone beside them the dashed one. */
export function sideIn(circle: CircleView, member: string): ThreadSide {
  return circle.state.people.person === member ? 'person' : 'worker'
}

/** This device's member has left or is no longer shared with: of the record only their own words are here. */
export function isGone(circle: CircleView): boolean {
  return circle.phase === 'left' || circle.phase === 'removedMe' || (circle.phase === 'ended' && !isPerson(circle))
}

export function isPerson(circle: CircleView): boolean {
  return circle.state.people.person === circle.me
}
