/** Meetings, what each wants to try in them, and the one agenda. Days and times are as written; no rule reads them. */
import { bool, id, maybe, oneOf, text } from '@alongside/base/codec.ts'
import { defineEvent } from '../define.ts'
import { day, timeOfDay } from '../shapes.ts'

export const WAYS_TO_MEET = ['visit', 'call', 'text', 'accompany', 'corridor', 'other'] as const
export type WayToMeet = (typeof WAYS_TO_MEET)[number]

/** Twelve small acts of modelling equality, and `own` for one in a member's own words. */
export const ACTS = [
  'sideBySide',
  'shareScreen',
  'askFirst',
  'sayWhy',
  'swapWhoStarts',
  'plainWords',
  'slowDown',
  'bringSomeone',
  'yourPlace',
  'silenceOk',
  'readBack',
  'namePower',
  'own',
] as const
export type Act = (typeof ACTS)[number]

const appointment = {
  encounter: id,
  day: maybe(day),
  time: maybe(timeOfDay),
  place: text(300),
  way: oneOf(WAYS_TO_MEET),
}

/** A meeting to come, or one that begins in the same breath; then `EncounterMet` follows at once. */
export const EncounterPlanned = defineEvent(32, 'EncounterPlanned', appointment)

/** Another day, time, place or way. */
export const EncounterChanged = defineEvent(33, 'EncounterChanged', appointment)

/** It took place, or is taking place now. */
export const EncounterMet = defineEvent(34, 'EncounterMet', { encounter: id })

/** It did not take place. No reason is asked. */
export const EncounterNotMet = defineEvent(35, 'EncounterNotMet', { encounter: id })

/** Looking back on it is over; offered by a device seven days after. */
export const LookBackClosed = defineEvent(36, 'LookBackClosed', { encounter: id })

/** What a member will try, to meet as equals this time. */
export const IntentionChosen = defineEvent(37, 'IntentionChosen', { encounter: id, act: oneOf(ACTS), words: text(300) })

/** Something to talk about. `opening`: a line to begin with that is not about problems. */
export const AgendaItemAdded = defineEvent(38, 'AgendaItemAdded', { item: id, text: text(1000), opening: bool })

export const AgendaItemChanged = defineEvent(39, 'AgendaItemChanged', { item: id, text: text(1000) })

export const AgendaItemTalked = defineEvent(40, 'AgendaItemTalked', { item: id, encounter: id })

/** Not this time. */
export const AgendaItemParked = defineEvent(41, 'AgendaItemParked', { item: id })

export const AgendaItemBack = defineEvent(42, 'AgendaItemBack', { item: id })

export const AgendaItemTakenOff = defineEvent(43, 'AgendaItemTakenOff', { item: id })
