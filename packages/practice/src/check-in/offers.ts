/**
 * Where two members saw one meeting differently, and which talks that may be offered. Worked out on a device from the
 * answers it can open; nothing of it is in the record. An offer never says what a difference means, and silence answers
 * it. Source: domain 3.3, the table of talk offers; whole numbers only.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '../define.ts'
import { metEncounters } from '../encounter/state.ts'
import { isPerson, roleOf } from '../people/state.ts'
import { ITEMS, type CheckInAnswers, type Item, type TalkOffer, type Trigger } from './answers.ts'
import { askedTwice, sharedAnswer, triggerOn } from './state.ts'

/** Answers that this device has opened, of another member or its own. */
export interface OpenedAnswers {
  readonly encounter: Id
  readonly member: Id
  readonly answers: CheckInAnswers
}

/** For each item, the practitioner's mark less the person's; null where one of them did not mark it. */
export type Gap = { readonly [I in Item]: number | null }

const markOf = (answers: CheckInAnswers, item: Item): number | null =>
  item === 'choice' && answers.nothingToChoose ? null : answers.items[item]

/** CHK-15: above zero means that the practitioner saw it as more equal than the person did. Both must be shared. */
export function gap(practitioner: CheckInAnswers, person: CheckInAnswers): Gap {
  const one = (item: Item): number | null => {
    const [theirs, persons] = [markOf(practitioner, item), markOf(person, item)]
    return theirs === null || persons === null ? null : theirs - persons
  }
  return { worth: one('worth'), voice: one('voice'), open: one('open'), choice: one('choice'), free: one('free') }
}

/** A meeting about which the person showed answers and a practitioner's are open too. */
interface Compared {
  readonly encounter: Id
  readonly practitioner: Id
  readonly gap: Gap
}

/** How many shared meetings in a row the practitioner is asked to look back on. */
const MEETINGS_BACK = 3

/**
 * CHK-16: the talks to offer to `me` on this device, latest meeting first.
 * `opened` are other members' answers this device could open; `own` are those of `me`, shown or not.
 */
export function talkOffers(
  circle: Circle,
  me: Id,
  opened: readonly OpenedAnswers[],
  own: readonly Omit<OpenedAnswers, 'member'>[],
): readonly TalkOffer[] {
  const offers: TalkOffer[] = []
  const offer = (trigger: Trigger, to: TalkOffer['to'], encounter: Id, item: Item | null, other: Id | null) => {
    if (triggerOn(circle, trigger)) offers.push({ trigger, to, encounter, item, other })
  }
  const compared = compare(circle, me, opened, own)
  for (const one of compared)
    for (const item of ITEMS) {
      const other = isPerson(circle, me) ? one.practitioner : circle.people.person
      if ((one.gap[item] ?? 0) >= 2) offer('seenDifferently', 'both', one.encounter, item, other)
    }
  if (isPerson(circle, me)) {
    for (const { encounter, answers } of own)
      for (const item of ITEMS)
        if (isShown(circle, encounter, me, item)) aboutOwnMark(circle, answers, item, encounter, offer)
  } else if (roleOf(circle, me) === 'practitioner') {
    for (const one of compared)
      for (const item of ITEMS)
        if ((one.gap[item] ?? 0) <= -2)
          offer('lessEqualThanFelt', 'practitioner', one.encounter, item, circle.people.person)
    const latest = compared[0]
    if (latest !== undefined && seesMore(compared.slice(0, MEETINGS_BACK)))
      offer('moreEqualThanFelt', 'practitioner', latest.encounter, null, circle.people.person)
    for (const { encounter, answers } of own)
      for (const item of ITEMS)
        if ((markOf(answers, item) ?? 4) <= 1) offer('ownItFirst', 'practitioner', encounter, item, null)
    for (const ask of askedTwice(circle)) offer('askedTwice', 'practitioner', ask.encounter, null, ask.member)
  }
  return latestFirst(circle, offers)
}

/** Free at 0 to 2 has an offer of its own; where the person switched that off, 0 and 1 are like any other item. */
function aboutOwnMark(
  circle: Circle,
  answers: CheckInAnswers,
  item: Item,
  encounter: Id,
  offer: (trigger: Trigger, to: TalkOffer['to'], encounter: Id, item: Item, other: null) => void,
): void {
  const mark = markOf(answers, item) ?? 4
  if (item === 'free' && mark <= 2 && triggerOn(circle, 'aboutFree'))
    offer('aboutFree', 'person', encounter, item, null)
  else if (mark <= 1) offer('aboutAnItem', 'person', encounter, item, null)
}

/** Whether the person let others see this item: its mark, or that it is something to talk about. */
function isShown(circle: Circle, encounter: Id, member: Id, item: Item): boolean {
  const shared = sharedAnswer(circle, encounter, member)
  return shared.type === 'answers' || (shared.type === 'topics' && shared.topics.includes(item))
}

/** Meetings where both sides are shared, latest first: the person with each practitioner, or `me` with the person. */
function compare(
  circle: Circle,
  me: Id,
  opened: readonly OpenedAnswers[],
  own: readonly Omit<OpenedAnswers, 'member'>[],
): readonly Compared[] {
  const person = circle.people.person
  const all = [...opened, ...own.map((one) => ({ ...one, member: me }))]
  if (person === null) return []
  const pairs: Compared[] = []
  for (const encounter of metEncounters(circle).map((one) => one.id)) {
    if (sharedAnswer(circle, encounter, person).type !== 'answers') continue
    const here = all.filter((one) => one.encounter === encounter)
    const persons = here.find((one) => one.member === person)
    if (persons === undefined) continue
    for (const theirs of here)
      if (roleOf(circle, theirs.member) === 'practitioner' && (me === person || me === theirs.member))
        pairs.push({ encounter, practitioner: theirs.member, gap: gap(theirs.answers, persons.answers) })
  }
  return pairs
}

/** Whether, over three shared meetings, the practitioner's marks lie one or more above the person's on average. */
function seesMore(meetings: readonly Compared[]): boolean {
  const gaps = meetings.flatMap((one) => ITEMS.flatMap((item) => one.gap[item] ?? []))
  const total = gaps.reduce((sum, one) => sum + one, 0)
  return meetings.length === MEETINGS_BACK && gaps.length > 0 && total >= gaps.length
}

function latestFirst(circle: Circle, offers: readonly TalkOffer[]): readonly TalkOffer[] {
  const place = new Map(metEncounters(circle).map((one, index) => [one.id, index]))
  return [...offers].sort((a, b) => (place.get(a.encounter) ?? 0) - (place.get(b.encounter) ?? 0))
}
