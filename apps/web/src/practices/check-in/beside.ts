/**
 * What this device can lay side by side: the person's view of a meeting and one practitioner's. The person is compared
 * with each practitioner alone and never averaged with anybody; a gap is only where both are shared (CHK-15).
 */
import type { CircleView, OpenedCheckIn } from '@alongside/device/api.ts'
import type { Id } from '@alongside/base/codec.ts'
import { ITEMS, type CheckInAnswers, type Item, type TalkOffer } from '@alongside/practice/check-in/answers.ts'
import { gap } from '@alongside/practice/check-in/offers.ts'
import { wasThere } from '@alongside/practice/check-in/state.ts'
import { metEncounters, type Encounter } from '@alongside/practice/encounter/state.ts'
import { isPerson, othersIn } from '../../device/people.ts'

export interface Beside {
  readonly encounter: Encounter
  readonly person: CheckInAnswers | null
  readonly worker: CheckInAnswers | null
  /** Whether the person lets the practitioner see their answers. */
  readonly shared: boolean
}

export const openedOf = (circle: CircleView, encounter: Id, member: Id): OpenedCheckIn | null =>
  circle.checkIns.find((one) => one.encounter === encounter && one.member === member) ?? null

/** Practitioners whose view can stand beside the person's here: on their own device only themselves. */
export function workersIn(circle: CircleView): readonly Id[] {
  if (!isPerson(circle)) return [circle.me]
  const gone = Object.values(circle.state.people.members).filter(
    (one) => one.id !== circle.me && circle.checkIns.some((each) => each.member === one.id),
  )
  return [...new Set([...othersIn(circle), ...gone].map((one) => one.id))].filter(
    (id) => circle.state.people.members[id]?.role === 'practitioner',
  )
}

export function besideOf(circle: CircleView, encounter: Encounter, worker: Id): Beside {
  const person = circle.state.people.person
  const theirs = person === null ? null : openedOf(circle, encounter.id, person)
  return {
    encounter,
    person: theirs?.answers ?? null,
    worker: openedOf(circle, encounter.id, worker)?.answers ?? null,
    shared: theirs?.shown === 'answers',
  }
}

export const markOf = (answers: CheckInAnswers | null, item: Item): number | null =>
  answers === null || (item === 'choice' && answers.nothingToChoose) ? null : answers.items[item]

/** How far apart an item was seen; null where one did not mark it or it is not shared. */
export const gapOf = ({ person, worker, shared }: Beside, item: Item): number | null =>
  person === null || worker === null || !shared ? null : gap(worker, person)[item]

/** Meetings somebody looked back on here, oldest first. */
export const besideAll = (circle: CircleView, worker: Id): readonly Beside[] =>
  [...metEncounters(circle.state)]
    .reverse()
    .map((encounter) => besideOf(circle, encounter, worker))
    .filter((one) => one.person !== null || one.worker !== null)

/** Meetings that the one who holds this device can look back on, latest first. */
export const myMeetings = (circle: CircleView): readonly Encounter[] =>
  metEncounters(circle.state).filter((one) => wasThere(circle.state, one.id, circle.me))

/** What is shown as “something to talk about”: the items marked in the lower half of their own answers. */
export const topicsIn = (answers: CheckInAnswers): readonly Item[] =>
  ITEMS.filter((item) => (answers.items[item] ?? 4) <= 2)

/** Offers about one meeting. */
export const offersOf = (circle: CircleView, encounter: Id): readonly TalkOffer[] =>
  circle.offers.filter((offer) => offer.encounter === encounter)
