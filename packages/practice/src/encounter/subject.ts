/** Encounters: planned, met, looked back on; intentions; and the agenda that goes from one to the next. */
import type { Id } from '@alongside/base/codec.ts'
import { defineSubject, type EventOf } from '../define.ts'
import { put } from '../things.ts'
import * as events from './events.ts'
import { roomIn } from '../room.ts'
import * as rules from './rules.ts'
import { noEncounters, type AgendaItem, type Encounter, type EncounterState } from './state.ts'

type Bring = {
  EncounterPlanned: EventOf<typeof events.EncounterPlanned>
  EncounterChanged: EventOf<typeof events.EncounterChanged>
  EncounterMet: EventOf<typeof events.EncounterMet>
  EncounterNotMet: EventOf<typeof events.EncounterNotMet>
  LookBackClosed: EventOf<typeof events.LookBackClosed>
  IntentionChosen: EventOf<typeof events.IntentionChosen>
  AgendaItemAdded: EventOf<typeof events.AgendaItemAdded>
  AgendaItemChanged: EventOf<typeof events.AgendaItemChanged>
  AgendaItemTalked: EventOf<typeof events.AgendaItemTalked>
  AgendaItemParked: EventOf<typeof events.AgendaItemParked>
  AgendaItemBack: EventOf<typeof events.AgendaItemBack>
  AgendaItemTakenOff: EventOf<typeof events.AgendaItemTakenOff>
}

declare module '../define.ts' {
  interface Circle {
    readonly encounter: EncounterState
  }
  interface Events extends Bring {}
}

function move(part: EncounterState, id: Id, to: (one: Encounter) => Partial<Encounter>): EncounterState {
  const one = part.encounters[id]
  return one === undefined ? part : { ...part, encounters: put(part.encounters, id, { ...one, ...to(one) }) }
}

function turn(part: EncounterState, id: Id, to: (item: AgendaItem) => Partial<AgendaItem>): EncounterState {
  const item = part.agenda[id]
  return item === undefined ? part : { ...part, agenda: put(part.agenda, id, { ...item, ...to(item) }) }
}

const appointment = (event: Bring['EncounterPlanned'] | Bring['EncounterChanged']) => ({
  day: event.day,
  time: event.time,
  place: event.place,
  way: event.way,
})

export const encounter = defineSubject<EncounterState>({
  name: 'encounter',
  initial: noEncounters,
  events: Object.values(events).filter((value) => typeof value === 'object' && 'code' in value),
  handlers: {
    EncounterPlanned: {
      rules: [rules.encounterIsNew, roomIn((circle) => circle.encounter.encounters)],
      evolve: (part, event, by) => {
        const one: Encounter = {
          id: event.encounter,
          by: by.member,
          seq: by.seq,
          at: by.at,
          ...appointment(event),
          status: 'planned',
          metSeq: null,
          metAt: null,
          closed: null,
          intentions: [],
        }
        return { ...part, encounters: put(part.encounters, one.id, one) }
      },
    },
    EncounterChanged: {
      rules: [rules.isPlanned],
      evolve: (part, event) => move(part, event.encounter, () => appointment(event)),
    },
    EncounterMet: {
      rules: [rules.notYetMet],
      evolve: (part, event, by) => ({
        ...move(part, event.encounter, () => ({ status: 'met', metSeq: by.seq, metAt: by.at })),
        latestMet: event.encounter,
      }),
    },
    EncounterNotMet: {
      rules: [rules.isPlanned],
      evolve: (part, event) => move(part, event.encounter, () => ({ status: 'notMet' })),
    },
    LookBackClosed: {
      rules: [rules.windowIsOpen],
      evolve: (part, event, by) => move(part, event.encounter, () => ({ closed: { by: by.member, seq: by.seq } })),
    },
    IntentionChosen: {
      rules: [rules.chosenBefore, rules.ownActHasWords],
      evolve: (part, event, by) =>
        move(part, event.encounter, (one) => ({
          intentions: [
            ...one.intentions.filter((each) => each.member !== by.member),
            { member: by.member, act: event.act, words: event.words, seq: by.seq },
          ],
        })),
    },
    AgendaItemAdded: {
      rules: [
        rules.itemIsNew,
        rules.itemSaysSomething,
        rules.agendaHasRoom,
        roomIn((circle) => circle.encounter.agenda),
      ],
      evolve: (part, event, by) => {
        const item: AgendaItem = {
          id: event.item,
          author: by.member,
          seq: by.seq,
          text: event.text,
          opening: event.opening,
          status: 'open',
          talkedIn: [],
        }
        return { ...part, agenda: put(part.agenda, item.id, item) }
      },
    },
    AgendaItemChanged: {
      rules: [rules.ownWaitingItem, rules.itemSaysSomething],
      evolve: (part, event) => turn(part, event.item, () => ({ text: event.text })),
    },
    AgendaItemTalked: {
      rules: [rules.talkedWhenMeeting],
      evolve: (part, event) =>
        turn(part, event.item, (item) => ({
          status: 'talked',
          talkedIn: [...item.talkedIn.filter((one) => one !== event.encounter), event.encounter],
        })),
    },
    AgendaItemParked: {
      rules: [rules.mayPark],
      evolve: (part, event) => turn(part, event.item, () => ({ status: 'parked' })),
    },
    AgendaItemBack: {
      rules: [rules.mayBringBack, rules.agendaHasRoom],
      evolve: (part, event) => turn(part, event.item, () => ({ status: 'open' })),
    },
    AgendaItemTakenOff: {
      rules: [rules.ownWaitingItem],
      evolve: (part, event) => turn(part, event.item, () => ({ status: 'takenOff' })),
    },
  },
})
