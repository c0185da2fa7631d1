/**
 * Histories to compare two reducers on: long and mostly valid, so that they get deep into every practice, with hostile
 * and senseless entries mixed in. Every step is made from one number and from the circle as it is by then. The same
 * numbers always give the same history, and any of them can be left out, so that a counter-example shrinks.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { By, Circle, PracticeEvent } from '../../src/define.ts'
import { judge, reduce } from '../../src/reduce.ts'
import { emptyCircle } from '../../src/registry.ts'
import { entryFrom } from '../soup.ts'
import { idOf, keysOf } from '../story.ts'
import { chance, type Draw, drawFrom, hex, NAMES, pick, SAY } from './say.ts'
import type { Entry } from './world.ts'

/** What begins a stop, and is drawn less often. */
const STOPS: readonly string[] = ['Paused', 'EndAsked', 'Founded']
/** Somebody goes: as others are left over, drawn a little less often. */
const GOINGS: readonly string[] = ['MemberLeft', 'MemberRemoved']
const TYPES = Object.keys(SAY) as PracticeEvent['type'][]
/** What ends a stop, or happens in one. */
const STOPPED = ['Resumed', 'EndTakenBack', 'Resumed', 'EndTakenBack', 'GoodbyeSaid', 'EndAsked', 'Paused'] as const
const OF_OWN = ['PrivateNoteKept', 'PrivateNoteChanged', 'PrivateNoteStruck'] as const
const OF_BLOCKS = [
  'BlockAgreed',
  'BlockTakenBack',
  'BlockSigned',
  'BlockDiffers',
  'BlockStruck',
  'BlockOffered',
] as const
const OF_LINES = ['LineAccepted', 'LineAccepted', 'LineDeclined', 'LinePutOff', 'LineProposed'] as const
const OF_CHOICES = ['WayAdded', 'ChoiceMade', 'ChoiceMade', 'ChoiceUndone', 'ChoiceLookedAgain', 'WayWeighed'] as const
const OF_MEETINGS = ['CheckInSealed', 'CheckInShown', 'ChangeAnswered', 'CheckInLaterView', 'EncounterMet'] as const

/** What could come next: anything, but mostly what goes on with what there is. */
function typeFor(circle: Circle, draw: Draw): PracticeEvent['type'] {
  const { agreement, checkIn, encounter, leaving, note, people, ways } = circle
  if (people.kind === null) return chance(draw, 12) ? pick(TYPES, draw) : 'Founded'
  if (people.kind === 'own' && chance(draw, 3)) return pick(OF_OWN, draw)
  if ((leaving.paused !== null || leaving.ending !== null) && !chance(draw, 3)) return pick(STOPPED, draw)
  if (people.rekeyOwedSince !== null && chance(draw, 3)) return 'Rekeyed'
  const members = Object.values(people.members)
  if (members.length < 4 && chance(draw, 4)) return 'MemberProposed'
  if (members.some((one) => one.status === 'proposed') && chance(draw, 10)) return 'MemberWelcomed'
  if (members.some((one) => one.status === 'admitted') && chance(draw, 4)) return 'MemberAccepted'
  if (Object.keys(note.blocks).length > 0 && chance(draw, 8)) return pick(OF_BLOCKS, draw)
  if (Object.keys(agreement.lines).length > 0 && chance(draw, 8)) return pick(OF_LINES, draw)
  if (Object.keys(ways.choices).length > 0 && chance(draw, 6)) return pick(OF_CHOICES, draw)
  if (encounter.latestMet !== null && chance(draw, 8)) return pick(OF_MEETINGS, draw)
  if (Object.keys(checkIn.shown).length > 0 && chance(draw, 12)) return 'ChangeAnswered'
  const type = pick(TYPES, draw)
  if (GOINGS.includes(type)) return chance(draw, 3) ? type : pick(TYPES, draw)
  return STOPS.includes(type) && !chance(draw, 8) ? pick(TYPES, draw) : type
}

/** The names of those with keys in a circle. */
const namesIn = (circle: Circle): readonly string[] =>
  NAMES.filter((name) => ['here', 'admitted'].includes(circle.people.members[idOf(name)]?.status ?? ''))

function authorFor(circle: Circle, type: PracticeEvent['type'], draw: Draw): string {
  if (type === 'Founded' && !chance(draw, 8)) return 'Amal'
  const here = namesIn(circle)
  if (here.length === 0 || chance(draw, 12)) return pick([...NAMES, 'Mallory'], draw)
  return chance(draw, 3) ? 'Amal' : pick(here, draw)
}

/** One entry for a circle as it is, at position `seq`. */
function stepFor(circle: Circle, seq: number, draw: Draw): Entry {
  if (chance(draw, 12)) {
    const any = entryFrom(draw(2 ** 31))
    const derived = idsFrom(any.derived, any.event.type, draw)
    return { event: any.event, by: byOf(circle, any.who, seq, Math.max(0, seq - 1 - any.behind), derived, draw) }
  }
  const type = typeFor(circle, draw)
  let event = { type, ...SAY[type](circle, draw) } as PracticeEvent
  const who = authorFor(circle, type, draw)
  const seen = chance(draw, 4) ? draw(seq) : seq - 1
  const whose = type === 'Founded' ? 'Amal' : type === 'DeviceAdded' && !chance(draw, 8) ? who : pick(NAMES, draw)
  if (event.type === 'MemberProposed' && !chance(draw, 8)) event = { ...event, keys: keysOf(whose) }
  if (event.type === 'DeviceAdded' && !chance(draw, 8))
    event = { ...event, keys: { ...keysOf(whose), device: hex(draw, 32) } }
  const derived = chance(draw, 20) ? null : idsFrom(whose, type, draw)
  return { event, by: byOf(circle, who, seq, seen, derived, draw) }
}

/** Who says it, from one of their devices as a rule, and whose keys it brings. */
function byOf(
  circle: Circle,
  who: string,
  seq: number,
  seenSeq: number,
  derived: { readonly member: Id; readonly device: Id } | null,
  draw: Draw,
): By {
  const member = circle.people.members[idOf(who)]
  const devices = member === undefined ? [] : [member.device, ...member.added].map((device) => device.id)
  return {
    member: idOf(who),
    device: devices.length === 0 || chance(draw, 25) ? idOf(`${who} phone`) : pick(devices, draw),
    seq,
    seenSeq,
    at: draw(1_000_000),
    entry: idOf(`entry ${seq}`),
    ...(derived === null ? {} : { derived: { circle: idOf('circle'), ...derived } }),
  }
}

/** The ids that follow from somebody's keys: a first device as a rule for who comes, another for who adds one. */
function idsFrom(name: string, type: PracticeEvent['type'], draw: Draw) {
  const isFirst = type === 'DeviceAdded' ? chance(draw, 12) : !chance(draw, 12)
  return { member: idOf(name), device: idOf(isFirst ? `${name} phone` : `${name} device ${draw(12)}`) }
}

/** A history after what came before, one entry for each number. Three in four look a little for something that has an effect. */
export function historyFrom(seeds: readonly number[], before: readonly Entry[] = []): Entry[] {
  let circle = emptyCircle()
  const entries: Entry[] = [...before]
  for (const { event, by } of before) {
    const next = reduce(circle, event, by)
    if (next.ok) circle = next.value
  }
  for (const [at, seed] of seeds.entries()) {
    const seq = before.length + at + 1
    const draw = drawFrom(seed)
    const tries = chance(draw, 4) ? 1 : 12
    let entry = stepFor(circle, seq, draw)
    for (let left = tries; left > 1 && judge(circle, entry.event, entry.by) !== null; left--)
      entry = stepFor(circle, seq, draw)
    entries.push(entry)
    const next = reduce(circle, entry.event, entry.by)
    if (next.ok) circle = next.value
  }
  return entries
}
