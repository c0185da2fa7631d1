/**
 * Who may do what, by asking: the same saying is tried by everybody in many circles, and what the rules answer is written
 * down. Nobody writes this table; a new practice is in it as soon as it is listed.
 */
import type { Id } from '@alongside/base/codec.ts'
import { membersHere } from '../src/people/state.ts'
import type { By, Circle, EventDef, PracticeEvent, RuleId } from '../src/define.ts'
import { judge } from '../src/reduce.ts'
import {
  asItIs,
  beginning,
  circleFrom,
  contentOf,
  MALLORY,
  named,
  ORDER,
  PRACTICES,
  seatOf,
  type Life,
  type Seat,
} from './rights-matrix-acts.ts'
import { drawing } from './soup.ts'

/** `yes`: whenever anybody may. `some`: at times not, when another may. `no`: never. With the sentences in the way. */
export interface Cell {
  readonly may: 'yes' | 'some' | 'no'
  readonly rules: readonly RuleId[]
}

export const SITUATIONS = ['open', 'paused', 'ending', 'epochOwed'] as const
export type Situation = (typeof SITUATIONS)[number]
export type Kind = 'alongside' | 'own'

export interface Asked {
  readonly practice: string
  readonly event: string
  readonly kind: Kind
  readonly situation: Situation
  /** Nobody sits in some seats: they are not there. */
  readonly cells: { readonly [S in Seat]?: Cell }
  /** What stops a device that does not count yet, where its member's first device is not stopped. */
  readonly newDevice: readonly RuleId[]
}

const CIRCLES = 180
const CONTENTS = 12

function situationOf({ people, leaving }: Circle): Situation {
  if (leaving.ending !== null) return 'ending'
  if (leaving.paused !== null) return 'paused'
  return people.rekeyOwedSince === null ? 'open' : 'epochOwed'
}

/** How somebody would say it: with no keys, with keys of their own, with somebody else's. */
const saidWith = ({ seq }: Life, member: Id, device: Id): readonly By[] => {
  const by = { member, device, seq: seq + 1, seenSeq: seq, at: 0, entry: named('asked') }
  const circle = named('circle')
  return [
    by,
    { ...by, derived: { circle, member, device: named('a device nobody has') } },
    { ...by, derived: { circle, member: named('nobody yet'), device: named('no device yet') } },
  ]
}

type Answer = RuleId | null

/** What the rules answer to a saying: null when it stands with any keys; else the sentence in its way. */
function answer(circle: Circle, event: PracticeEvent, said: readonly By[]): Answer {
  let last: Answer = null
  for (const by of said) {
    const refused = judge(circle, event, by)
    if (refused === null) return null
    last = refused.rule
  }
  return last
}

interface Tally {
  stood: number
  /** Sentences that stood in the way of this asker while the same saying stood for another. */
  readonly others: Set<RuleId>
  /** Sentences that stood in the way at all. */
  readonly any: Map<RuleId, number>
}

const tally = (): Tally => ({ stood: 0, others: new Set(), any: new Map() })

function cellOf({ stood, others, any }: Tally): Cell {
  const sorted = (ids: Iterable<RuleId>) => [...ids].sort()
  if (stood > 0) return { may: others.size === 0 ? 'yes' : 'some', rules: sorted(others) }
  const most = [...any].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]
  return { may: 'no', rules: others.size > 0 ? sorted(others) : most === undefined ? [] : [most[0]] }
}

function askAbout(practice: string, def: EventDef<string, any>, lives: readonly Life[]): readonly Asked[] {
  const tallies = new Map<string, { readonly seats: Map<Seat, Tally>; readonly newDevice: Set<RuleId> }>()
  for (const [at, life] of lives.entries()) {
    const { circle } = life
    const where = `${circle.people.kind} ${situationOf(circle)}`
    const here = tallies.get(where) ?? { seats: new Map<Seat, Tally>(), newDevice: new Set<RuleId>() }
    tallies.set(where, here)
    const everybody = [...Object.values(circle.people.members), null]
    for (let i = 0; i < CONTENTS; i++) {
      const event = contentOf(life, def, drawing(at * 1_009 + i * 7 + def.code * 31))
      const ask = (member: Id, device: Id) => answer(circle, event, saidWith(life, member, device))
      const answers = everybody.map((member) =>
        member === null
          ? (['outsider', ask(MALLORY, named('some device'))] as const)
          : ([seatOf(circle, member.id), ask(member.id, member.device.id)] as const),
      )
      for (const [n, member] of everybody.entries())
        for (const device of member?.added ?? []) {
          const refused = answers[n]?.[1] === null && !device.counts ? ask(device.member, device.id) : null
          if (refused !== null) here.newDevice.add(refused)
        }
      const stands = answers.some(([, refused]) => refused === null)
      for (const [seat, refused] of answers) {
        const mine = here.seats.get(seat) ?? tally()
        here.seats.set(seat, mine)
        if (refused === null) mine.stood++
        else {
          if (stands) mine.others.add(refused)
          mine.any.set(refused, (mine.any.get(refused) ?? 0) + 1)
        }
      }
    }
  }
  return [...tallies].map(([where, here]): Asked => {
    const [kind, situation] = where.split(' ') as [Kind, Situation]
    const cells = Object.fromEntries([...here.seats].map(([seat, mine]) => [seat, cellOf(mine)]))
    return { practice, event: def.name, kind, situation, cells, newDevice: [...here.newDevice].sort() }
  })
}

/** The life after everybody who is here came back with a paper, on a device that nobody has acknowledged. */
function withNewDevices(life: Life): Life {
  let { circle, seq } = life
  for (const { id: member, keys, device } of membersHere(circle))
    for (const use of ['wayBack', 'everyday'] as const) {
      const from = use === 'wayBack' ? device.id : named(`paper of ${member}`)
      const ids = {
        circle: named('circle'),
        member,
        device: named(`${use === 'wayBack' ? 'paper' : 'new device'} of ${member}`),
      }
      const by: By = { member, device: from, seq: seq + 1, seenSeq: seq, at: 0, entry: named('back'), derived: ids }
      const next = asItIs(circle, { event: { type: 'DeviceAdded', keys, use }, by })
      if (!next.ok) continue
      circle = next.value
      seq++
    }
  return { ...life, circle, seq }
}

/** A life, and how it is after the person stopped it in one of the ways there are. */
function* stoppedToo(life: Life): Generator<Life> {
  yield life
  const { person, members } = life.circle.people
  if (person === null || situationOf(life.circle) !== 'open') return
  const by: By = { member: person, device: person, seq: life.seq + 1, seenSeq: life.seq, at: 0, entry: named('stop') }
  const other = Object.values(members).find((member) => member.status === 'here' && member.id !== person)
  const stops: readonly PracticeEvent[] = [
    { type: 'Paused' },
    { type: 'EndAsked', now: false },
    { type: 'EndAsked', now: true },
    ...(other === undefined ? [] : [{ type: 'MemberRemoved', member: other.id } as const]),
  ]
  for (const event of stops) {
    const next = asItIs(life.circle, { event, by })
    if (next.ok) yield { ...life, circle: next.value, seq: life.seq + 1 }
  }
}

/** Everything there is to say, by everybody, in circles of either kind. Takes some seconds. */
export function askEverybody(): readonly Asked[] {
  const plain = ORDER.flatMap((from) => [from, from, from]).map(beginning)
  const grown = Array.from({ length: CIRCLES }, (_, i) => circleFrom(i * 104_729 + 11).life)
  const lives = [...plain, ...grown]
    .map(withNewDevices)
    .flatMap((life, i) => (i < plain.length || i % 4 === 0 ? [...stoppedToo(life)] : [life]))
  return PRACTICES.flatMap(({ name, events }) => events.flatMap((def) => askAbout(name, def, lives)))
}

/** Whether a seat may say an event at all. */
export const may = (asked: Asked | undefined, seat: Seat): boolean => (asked?.cells[seat]?.may ?? 'no') !== 'no'
