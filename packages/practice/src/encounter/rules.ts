/** The sentences of encounter/SPEC.md. Each rule's name says it in short; the sentence is in the specification. */
import type { Circle, Rule } from '../define.ts'
import { isPerson } from '../people/state.ts'
import { isBlank } from '../shapes.ts'
import type { Act } from './events.ts'
import { type AgendaItem, encounterOf, wasMet, windowOpen } from './state.ts'

type OfEncounter = { readonly encounter: string }
type OfItem = { readonly item: string }
const itemOf = (circle: Circle, event: OfItem) => circle.encounter.agenda[event.item]

/** ENC-1: an encounter's id is used once. */
export const encounterIsNew: Rule<OfEncounter> = {
  id: 'ENC-1',
  holds: (circle, event) => encounterOf(circle, event.encounter) === null,
}

/** ENC-2: only a planned encounter is changed or marked as not met. */
export const isPlanned: Rule<OfEncounter> = {
  id: 'ENC-2',
  holds: (circle, event) => encounterOf(circle, event.encounter)?.status === 'planned',
}

/** ENC-3: an encounter that exists is marked met, once. */
export const notYetMet: Rule<OfEncounter> = {
  id: 'ENC-3',
  holds: (circle, event) => encounterOf(circle, event.encounter) !== null && !wasMet(circle, event.encounter),
}

/** ENC-5: only what is open to look back on is closed. */
export const windowIsOpen: Rule<OfEncounter> = {
  id: 'ENC-5',
  holds: (circle, event) => windowOpen(circle, event.encounter),
}

/** ENC-6: an intention is chosen before the encounter is met. */
export const chosenBefore: Rule<OfEncounter> = {
  id: 'ENC-6',
  holds: (circle, event) => encounterOf(circle, event.encounter)?.status === 'planned',
}

/** ENC-7: an intention of one's own has words. */
export const ownActHasWords: Rule<{ readonly act: Act; readonly words: string }> = {
  id: 'ENC-7',
  holds: (_circle, event) => event.act !== 'own' || !isBlank(event.words),
}

/** ENC-8: an agenda line's id is used once. */
export const itemIsNew: Rule<OfItem> = { id: 'ENC-8', holds: (circle, event) => itemOf(circle, event) === undefined }

/** ENC-8: an agenda line says something. */
export const itemSaysSomething: Rule<{ readonly text: string }> = {
  id: 'ENC-8',
  holds: (_circle, event) => !isBlank(event.text),
}

const waits = (one: AgendaItem): boolean => one.status === 'open' || one.status === 'parked'

/** ENC-9: at most two hundred lines wait at a time, half of them from others than the person; also when one comes back. */
export const agendaHasRoom: Rule<OfItem> = {
  id: 'ENC-9',
  holds: (circle, event, by) => {
    const item = itemOf(circle, event)
    if (item !== undefined && waits(item)) return true
    const waiting = Object.values(circle.encounter.agenda).filter(waits)
    const fromOthers = waiting.filter((one) => !isPerson(circle, one.author))
    return waiting.length < 200 && (isPerson(circle, item?.author ?? by.member) || fromOthers.length < 100)
  },
}

/** ENC-10: only the author rewords a line or takes it off, while nobody has ever talked about it. */
export const ownWaitingItem: Rule<OfItem> = {
  id: 'ENC-10',
  holds: (circle, event, by) => {
    const item = itemOf(circle, event)
    return item?.author === by.member && waits(item) && item.talkedIn.length === 0
  },
}

/** ENC-11: an open line is talked about in an encounter that is planned or met. */
export const talkedWhenMeeting: Rule<OfItem & OfEncounter> = {
  id: 'ENC-11',
  holds: (circle, event) => {
    const status = encounterOf(circle, event.encounter)?.status
    return itemOf(circle, event)?.status === 'open' && (status === 'planned' || status === 'met')
  },
}

const authorOrPerson = (circle: Circle, event: OfItem, member: string): boolean =>
  itemOf(circle, event)?.author === member || isPerson(circle, member)

/** ENC-12: its author and the person leave an open line for another time. */
export const mayPark: Rule<OfItem> = {
  id: 'ENC-12',
  holds: (circle, event, by) => itemOf(circle, event)?.status === 'open' && authorOrPerson(circle, event, by.member),
}

/** ENC-13: its author and the person bring a line back. */
export const mayBringBack: Rule<OfItem> = {
  id: 'ENC-13',
  holds: (circle, event, by) => {
    const status = itemOf(circle, event)?.status
    return (status === 'parked' || status === 'talked') && authorOrPerson(circle, event, by.member)
  },
}
