/**
 * The check-ins of a circle as its record shows them: items nobody can read without a key, and what was shown. A person
 * who did not answer and one who keeps their answers private leave the same state but for bytes that look random.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '../define.ts'
import { encounterOf, metEncounters, wasMet, windowOpen } from '../encounter/state.ts'
import { isPerson, membersHere } from '../people/state.ts'
import type { CheckInAnswers, Item, Step, Trigger } from './answers.ts'

export interface SealedItem {
  readonly item: Uint8Array
  readonly commitment: string
  readonly wrap: Uint8Array
  readonly seq: number
  /** The last position its author had seen when sealing. */
  readonly seenSeq: number
}

export interface Shown {
  readonly what: 'answers' | 'topics'
  /** The item's key, when answers are shown. Whether it opens the item is for the reader's device to find out. */
  readonly key: string | null
  readonly topics: readonly Item[]
  readonly oneStep: Step | null
  readonly oneStepWords: string
  /** Where the change was first asked for; null while none was. */
  readonly asked: { readonly seq: number; readonly at: number } | null
  /** Position and claimed minute of the first showing. */
  readonly seq: number
  readonly at: number
}

export interface Reply {
  readonly by: Id
  readonly what: 'willDo' | 'cannot'
  readonly words: string
  readonly seq: number
  readonly at: number
}

export interface LaterView {
  readonly answers: CheckInAnswers
  readonly seq: number
  readonly at: number
}

export interface Suggestion {
  readonly by: Id
  readonly trigger: Trigger
  readonly on: boolean
  readonly words: string
  readonly seq: number
}

/** Something kept for each meeting and member. */
export type ByMeeting<T> = { readonly [encounter: Id]: { readonly [member: Id]: T } }

export interface CheckInState {
  readonly sealed: ByMeeting<SealedItem>
  readonly shown: ByMeeting<Shown>
  readonly later: ByMeeting<readonly LaterView[]>
  /** Replies, under the member who asked. */
  readonly replies: ByMeeting<readonly Reply[]>
  /** Only what the person has set; everything else is on. */
  readonly triggers: { readonly [T in Trigger]?: boolean }
  readonly suggestions: readonly Suggestion[]
}

export const noCheckIns: CheckInState = {
  sealed: {},
  shown: {},
  later: {},
  replies: {},
  triggers: {},
  suggestions: [],
}

/** The item a member sealed about a meeting, or null. For devices, which alone can open it. */
export const sealedItem = (circle: Circle, encounter: Id, member: Id): SealedItem | null =>
  circle.checkIn.sealed[encounter]?.[member] ?? null

export const shownOf = (circle: Circle, encounter: Id, member: Id): Shown | null =>
  circle.checkIn.shown[encounter]?.[member] ?? null

export type SharedAnswer =
  | { readonly type: 'none' }
  | { readonly type: 'topics'; readonly topics: readonly Item[]; readonly step: Step | null; readonly words: string }
  | { readonly type: 'answers'; readonly key: string; readonly step: Step | null; readonly words: string }

/**
 * CHK-13: what everybody can see of a member's check-in. `none` reads "no shared answer": it does not depend on whether
 * there is an item, nor on what is in it.
 */
export function sharedAnswer(circle: Circle, encounter: Id, member: Id): SharedAnswer {
  const shown = shownOf(circle, encounter, member)
  if (shown === null) return { type: 'none' }
  const { oneStep: step, oneStepWords: words, key, topics } = shown
  return key === null ? { type: 'topics', topics, step, words } : { type: 'answers', key, step, words }
}

/** CHK-2: whether a meeting was met while this member was in the circle. */
export function wasThere(circle: Circle, encounter: Id, member: Id): boolean {
  const since = circle.people.members[member]?.sinceSeq ?? null
  const met = encounterOf(circle, encounter)?.metSeq ?? null
  return wasMet(circle, encounter) && since !== null && met !== null && since < met
}

/** CHK-2, CHK-3, CHK-4: whether this member can still seal an item about a meeting. */
export const maySeal = (circle: Circle, encounter: Id, member: Id): boolean =>
  wasThere(circle, encounter, member) &&
  sealedItem(circle, encounter, member) === null &&
  (isPerson(circle, member) || windowOpen(circle, encounter))

/** The meetings about which this member can seal an item, latest first. */
export const unsealed = (circle: Circle, member: Id): readonly Id[] =>
  metEncounters(circle)
    .map((one) => one.id)
    .filter((encounter) => maySeal(circle, encounter, member))

/** CHK-5: whether this member's device opens what others sealed or showed: once its own is sealed, or the window is over. */
export const mayOpen = (circle: Circle, encounter: Id, me: Id): boolean =>
  sealedItem(circle, encounter, me) !== null || (wasMet(circle, encounter) && !windowOpen(circle, encounter))

/** CHK-5: whether a member sealed their item having already seen what another showed about the same meeting. */
export function sealedKnowing(circle: Circle, encounter: Id, member: Id, other: Id): boolean {
  const item = sealedItem(circle, encounter, member)
  const shown = shownOf(circle, encounter, other)
  return item !== null && shown !== null && shown.seq <= item.seenSeq
}

export const laterViews = (circle: Circle, encounter: Id, member: Id): readonly LaterView[] =>
  circle.checkIn.later[encounter]?.[member] ?? []

/** A change that a member asked for and showed, with the replies it got. */
export interface Ask {
  readonly encounter: Id
  readonly member: Id
  readonly step: Step
  readonly words: string
  readonly seq: number
  readonly at: number
  readonly replies: readonly Reply[]
}

const NOT_ASKED: readonly Step[] = ['dontKnow', 'nothing']

/** The change a member asked for about one meeting, or null when none was asked for or shown. */
export function askOf(circle: Circle, encounter: Id, member: Id): Ask | null {
  const shown = shownOf(circle, encounter, member)
  if (shown === null || shown.oneStep === null || shown.asked === null || NOT_ASKED.includes(shown.oneStep)) return null
  const replies = circle.checkIn.replies[encounter]?.[member] ?? []
  return { encounter, member, step: shown.oneStep, words: shown.oneStepWords, ...shown.asked, replies }
}

/** Every change asked for by this member, in the order they were shown. */
export const asksOf = (circle: Circle, member: Id): readonly Ask[] =>
  Object.keys(circle.checkIn.shown)
    .sort()
    .flatMap((encounter) => askOf(circle, encounter, member) ?? [])
    .sort((a, b) => a.seq - b.seq)

/** The changes asked for by the other side that nobody on this member's side has replied to. */
export function unanswered(circle: Circle, me: Id): readonly Ask[] {
  const others = membersHere(circle).filter((member) => isPerson(circle, member.id) !== isPerson(circle, me))
  return others.flatMap((member) => asksOf(circle, member.id)).filter((ask) => ask.replies.length === 0)
}

/** CHK-17: the latest of two or more of the person's requests for the same change, while it has no reply; one for each change. */
export function askedTwice(circle: Circle): readonly Ask[] {
  const person = circle.people.person
  const bySame = new Map<string, Ask[]>()
  for (const ask of person === null ? [] : asksOf(circle, person)) {
    const same = `${ask.step} ${ask.words}`
    bySame.set(same, [...(bySame.get(same) ?? []), ask])
  }
  return [...bySame.values()].flatMap((asks) => {
    const latest = asks.at(-1)
    return asks.length > 1 && latest !== undefined && latest.replies.length === 0 ? [latest] : []
  })
}

/** CHK-11: whether offers of this kind are made. They are, unless the person switched them off. */
export const triggerOn = (circle: Circle, trigger: Trigger): boolean => circle.checkIn.triggers[trigger] ?? true
