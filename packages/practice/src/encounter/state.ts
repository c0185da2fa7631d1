/** Meetings and the agenda of a circle, and what screens and other practices ask about them. */
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '../define.ts'
import type { Act, WayToMeet } from './events.ts'

export interface Intention {
  readonly member: Id
  readonly act: Act
  readonly words: string
  readonly seq: number
}

export interface Encounter {
  readonly id: Id
  readonly by: Id
  readonly seq: number
  /** Minutes since 2020 as the planner's clock claimed. Display only. */
  readonly at: number
  readonly day: string | null
  readonly time: string | null
  readonly place: string
  readonly way: WayToMeet
  readonly status: 'planned' | 'met' | 'notMet'
  readonly metSeq: number | null
  readonly metAt: number | null
  /** Who closed looking back on it, and where; null while nobody has. */
  readonly closed: { readonly by: Id; readonly seq: number } | null
  readonly intentions: readonly Intention[]
}

export interface AgendaItem {
  readonly id: Id
  readonly author: Id
  readonly seq: number
  readonly text: string
  readonly opening: boolean
  readonly status: 'open' | 'parked' | 'talked' | 'takenOff'
  /** The encounters in which it was talked about, in the order they were said. */
  readonly talkedIn: readonly Id[]
}

export interface EncounterState {
  readonly encounters: { readonly [id: Id]: Encounter }
  readonly agenda: { readonly [id: Id]: AgendaItem }
  /** The encounter that was marked met last. */
  readonly latestMet: Id | null
}

export const noEncounters: EncounterState = { encounters: {}, agenda: {}, latestMet: null }

export const encounterOf = (circle: Circle, encounter: Id): Encounter | null =>
  circle.encounter.encounters[encounter] ?? null

/** ENC-4: open from being marked met until the next encounter is marked met or somebody closes it. */
export const windowOpen = (circle: Circle, encounter: Id): boolean =>
  circle.encounter.latestMet === encounter && encounterOf(circle, encounter)?.closed === null

/** Whether an encounter was marked met, its window open or not. */
export const wasMet = (circle: Circle, encounter: Id): boolean => encounterOf(circle, encounter)?.status === 'met'

/** Day and time as one text that sorts; encounters without a day come after those with one. */
const whenOf = (one: Encounter): string => `${one.day ?? '9999-99-99'} ${one.time ?? '99:99'}`

const bySeq = (a: { readonly seq: number; readonly id: Id }, b: { readonly seq: number; readonly id: Id }): number =>
  a.seq - b.seq || (a.id < b.id ? -1 : 1)

/** Encounters still to come, soonest first; those without a day last, in the order they were planned. */
export const plannedEncounters = (circle: Circle): readonly Encounter[] =>
  Object.values(circle.encounter.encounters)
    .filter((one) => one.status === 'planned')
    .sort((a, b) => (whenOf(a) === whenOf(b) ? bySeq(a, b) : whenOf(a) < whenOf(b) ? -1 : 1))

/** The next meeting, or null when none is planned. */
export const nextEncounter = (circle: Circle): Encounter | null => plannedEncounters(circle)[0] ?? null

/** The meeting that was marked met last, or null. */
export const lastEncounter = (circle: Circle): Encounter | null =>
  circle.encounter.latestMet === null ? null : encounterOf(circle, circle.encounter.latestMet)

/** Encounters that took place, latest first. */
export const metEncounters = (circle: Circle): readonly Encounter[] =>
  Object.values(circle.encounter.encounters)
    .filter((one) => one.status === 'met')
    .sort((a, b) => (b.metSeq ?? 0) - (a.metSeq ?? 0))

/** What this member chose to try in an encounter, or null. */
export const intentionOf = (circle: Circle, encounter: Id, member: Id): Intention | null =>
  encounterOf(circle, encounter)?.intentions.find((one) => one.member === member) ?? null

/** ENC-14: the person's lines first; on each side a line to open with leads; else the order they came. */
const agendaOrder =
  (circle: Circle) =>
  (a: AgendaItem, b: AgendaItem): number => {
    const side = (one: AgendaItem) => (one.author === circle.people.person ? 0 : 2) + (one.opening ? 0 : 1)
    return side(a) - side(b) || bySeq(a, b)
  }

const itemsThatAre = (circle: Circle, status: AgendaItem['status']): readonly AgendaItem[] =>
  Object.values(circle.encounter.agenda)
    .filter((one) => one.status === status)
    .sort(agendaOrder(circle))

/** What there is to talk about; lines nobody got to last time are still here. */
export const openAgenda = (circle: Circle): readonly AgendaItem[] => itemsThatAre(circle, 'open')

/** What was left for another time. */
export const parkedAgenda = (circle: Circle): readonly AgendaItem[] => itemsThatAre(circle, 'parked')

/** What was talked about in one encounter. */
export const talkedIn = (circle: Circle, encounter: Id): readonly AgendaItem[] =>
  itemsThatAre(circle, 'talked').filter((one) => one.talkedIn.includes(encounter))
