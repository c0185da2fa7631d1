/** Meetings and the agenda, as the sentences ENC-1 to ENC-13 have it. */
import type { Id } from '@alongside/base/codec.ts'
import type { By } from '../../src/define.ts'
import { isThePerson } from './people.ts'
import { type Named, roomFor, saysSomething, type Verdict, type World } from './world.ts'

/** Whether a meeting named by an event is one of this circle; naming none is fine. */
export const isMeetingHere = (world: World, encounter: Id | null): boolean =>
  encounter === null || world.encounter.encounters[encounter] !== undefined

/** ENC-4: from being marked met, until the next one is marked met or somebody closes it. */
export function isOpenToLookBack(world: World, encounter: Id): boolean {
  const one = world.encounter.encounters[encounter]
  return one?.status === 'met' && world.encounter.latestMet === encounter && one.closed === null
}

export function encounterPlanned(world: World, event: Named<'EncounterPlanned'>, by: By): Verdict {
  const { encounters } = world.encounter
  if (encounters[event.encounter] !== undefined) return 'ENC-1'
  if (!roomFor(world, by, encounters)) return 'GEN-11'
  encounters[event.encounter] = {
    id: event.encounter,
    by: by.member,
    seq: by.seq,
    at: by.at,
    day: event.day,
    time: event.time,
    place: event.place,
    way: event.way,
    status: 'planned',
    metSeq: null,
    metAt: null,
    closed: null,
    intentions: [],
  }
  return null
}

export function encounterChanged(world: World, event: Named<'EncounterChanged'>): Verdict {
  const one = world.encounter.encounters[event.encounter]
  if (one?.status !== 'planned') return 'ENC-2'
  one.day = event.day
  one.time = event.time
  one.place = event.place
  one.way = event.way
  return null
}

export function encounterNotMet(world: World, event: Named<'EncounterNotMet'>): Verdict {
  const one = world.encounter.encounters[event.encounter]
  if (one?.status !== 'planned') return 'ENC-2'
  one.status = 'notMet'
  return null
}

export function encounterMet(world: World, event: Named<'EncounterMet'>, by: By): Verdict {
  const one = world.encounter.encounters[event.encounter]
  if (one === undefined || one.status === 'met') return 'ENC-3'
  one.status = 'met'
  one.metSeq = by.seq
  one.metAt = by.at
  world.encounter.latestMet = event.encounter
  return null
}

export function lookBackClosed(world: World, event: Named<'LookBackClosed'>, by: By): Verdict {
  const one = world.encounter.encounters[event.encounter]
  if (one === undefined || !isOpenToLookBack(world, event.encounter)) return 'ENC-5'
  one.closed = { by: by.member, seq: by.seq }
  return null
}

export function intentionChosen(world: World, event: Named<'IntentionChosen'>, by: By): Verdict {
  const one = world.encounter.encounters[event.encounter]
  if (one?.status !== 'planned') return 'ENC-6'
  if (event.act === 'own' && !saysSomething(event.words)) return 'ENC-7'
  one.intentions = one.intentions.filter((intention) => intention.member !== by.member)
  one.intentions.push({ member: by.member, act: event.act, words: event.words, seq: by.seq })
  return null
}

type Line = World['encounter']['agenda'][string]

const lineOf = (world: World, item: Id): Line | null => world.encounter.agenda[item] ?? null
const isTheirs = (world: World, line: Line, by: By): boolean =>
  line.author === by.member || isThePerson(world, by.member)

/** ENC-9: whether one more line can be open or parked. */
function hasRoom(world: World, author: Id): boolean {
  const there = Object.values(world.encounter.agenda).filter(
    (line) => line.status === 'open' || line.status === 'parked',
  )
  if (there.length >= 200) return false
  if (isThePerson(world, author)) return true
  return there.filter((line) => !isThePerson(world, line.author)).length < 100
}

export function agendaItemAdded(world: World, event: Named<'AgendaItemAdded'>, by: By): Verdict {
  const { agenda } = world.encounter
  if (agenda[event.item] !== undefined || !saysSomething(event.text)) return 'ENC-8'
  if (!hasRoom(world, by.member)) return 'ENC-9'
  if (!roomFor(world, by, agenda)) return 'GEN-11'
  agenda[event.item] = {
    id: event.item,
    author: by.member,
    seq: by.seq,
    text: event.text,
    opening: event.opening,
    status: 'open',
    talkedIn: [],
  }
  return null
}

/** ENC-10: the author's own line that nobody has talked about. */
function isStillTheAuthors(line: Line | null, by: By): line is Line {
  if (line === null || line.author !== by.member || line.talkedIn.length > 0) return false
  return line.status === 'open' || line.status === 'parked'
}

export function agendaItemChanged(world: World, event: Named<'AgendaItemChanged'>, by: By): Verdict {
  const line = lineOf(world, event.item)
  if (!isStillTheAuthors(line, by)) return 'ENC-10'
  if (!saysSomething(event.text)) return 'ENC-8'
  line.text = event.text
  return null
}

export function agendaItemTakenOff(world: World, event: Named<'AgendaItemTakenOff'>, by: By): Verdict {
  const line = lineOf(world, event.item)
  if (!isStillTheAuthors(line, by)) return 'ENC-10'
  line.status = 'takenOff'
  return null
}

export function agendaItemTalked(world: World, event: Named<'AgendaItemTalked'>): Verdict {
  const line = lineOf(world, event.item)
  const one = world.encounter.encounters[event.encounter]
  if (line?.status !== 'open' || one === undefined || one.status === 'notMet') return 'ENC-11'
  line.status = 'talked'
  line.talkedIn = line.talkedIn.filter((meeting) => meeting !== event.encounter)
  line.talkedIn.push(event.encounter)
  return null
}

export function agendaItemParked(world: World, event: Named<'AgendaItemParked'>, by: By): Verdict {
  const line = lineOf(world, event.item)
  if (line?.status !== 'open' || !isTheirs(world, line, by)) return 'ENC-12'
  line.status = 'parked'
  return null
}

export function agendaItemBack(world: World, event: Named<'AgendaItemBack'>, by: By): Verdict {
  const line = lineOf(world, event.item)
  if (line === null || !isTheirs(world, line, by)) return 'ENC-13'
  if (line.status !== 'parked' && line.status !== 'talked') return 'ENC-13'
  if (line.status === 'talked' && !hasRoom(world, line.author)) return 'ENC-9'
  line.status = 'open'
  return null
}
