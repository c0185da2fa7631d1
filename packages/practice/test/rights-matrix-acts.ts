/**
 * What anybody could do in a circle, honest or not: any event there is, in any content its shape allows, by anybody, at
 * any time. Content speaks of what is really there: ids and keys come from the circle, and from what its members said
 * before under the same name. The same number and the same life always give the same act.
 */
import { fromHex } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { must, type Result } from '@alongside/base/result.ts'
import type { By, Circle, EventDef, PracticeEvent, Refusal } from '../src/define.ts'
import { devicesOf } from '../src/people/state.ts'
import { isWritable } from '../src/leaving/state.ts'
import { reduce } from '../src/reduce.ts'
import { allSubjects, readEvent } from '../src/registry.ts'
import { learn, type Larder } from './rights-matrix-shapes.ts'
import { drawing, one, type Draw } from './soup.ts'
import { BEGINNINGS, type Beginning } from './rights-matrix-beginnings.ts'
import { idOf } from './story.ts'

/** One event by somebody, at the place after everything said so far. */
export interface Act {
  readonly event: PracticeEvent
  readonly by: By
}

/** A circle, how many entries it has, and the ids that were said in it, by the name they were said under. */
export interface Life {
  readonly circle: Circle
  readonly seq: number
  readonly said: { readonly [field: string]: readonly Id[] }
}

/** Where in a life with a circle somebody can be. Everybody who was never named in it is an outsider. */
export const SEATS = ['person', 'here', 'letIn', 'waits', 'left', 'removed', 'outsider'] as const
export type Seat = (typeof SEATS)[number]

export const MALLORY: Id = idOf('Mallory')

export function seatOf(circle: Circle, member: Id): Seat {
  const status = circle.people.members[member]?.status
  if (status === undefined) return 'outsider'
  if (circle.people.person === member) return 'person'
  if (status === 'admitted') return 'letIn'
  return status === 'proposed' ? 'waits' : status
}

const COMING = ['Cam', 'Dee', 'Eli', 'Fay']

/** Remembers what a function of one text gave; the same few ids and keys are asked for all the time. */
function once<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>()
  return (text) => {
    const value = made.get(text) ?? make(text)
    made.set(text, value)
    return value
  }
}

/** A made-up id for a text of any length. */
export const named = once((text) => {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  const draw = drawing(hash)
  return Array.from({ length: 16 }, () => draw(256).toString(16).padStart(2, '0')).join('')
})

const hexBytes = once((hex) => fromHex(hex) ?? new Uint8Array())
const NEW_KEYS = COMING.map((name) => hexBytes(named(name).repeat(2)))

const keysIn = (circle: Circle): readonly string[] =>
  Object.values(circle.people.members).flatMap(({ keys }) => [keys.member, keys.recovery, keys.device])

const larders = new WeakMap<Life, Larder>()

/** Ids, keys and counts that mean something in this circle, and now and then ones that are new. */
function larderOf(life: Life): Larder {
  const larder = larders.get(life) ?? stock(life)
  larders.set(life, larder)
  return larder
}

function stock({ circle, said }: Life): Larder {
  const members = Object.keys(circle.people.members).filter((id) => id !== '')
  const keys = keysIn(circle)
  const devices = Object.values(circle.people.members).flatMap((member) => devicesOf(member).map((one) => one.id))
  return {
    id(field, draw) {
      const which = draw(10)
      const before = field === 'device' ? devices : (said[field] ?? [])
      if (which < 6 && before.length > 0) return hexBytes(one(before, draw))
      if (which < 8 && members.length > 0) return hexBytes(one(members, draw))
      const all = which === 8 ? Object.values(said).flat() : []
      return hexBytes(all.length > 0 ? one(all, draw) : named(`new ${draw(1_000)}`))
    },
    key: (draw) => (keys.length > 0 && draw(2) === 0 ? hexBytes(one(keys, draw)) : one(NEW_KEYS, draw)),
    count: (max, draw) => Math.min(max, draw(2) === 0 ? circle.people.epoch + draw(2) : draw(4)),
  }
}

/** Ids that would follow from the keys an event brings: new ones, one's own, or ones that are somebody's already. */
function derivedBy(circle: Circle, who: Id, draw: Draw): By['derived'] {
  const which = draw(6)
  if (which === 0) return undefined
  const name = one(COMING, draw)
  const members = Object.values(circle.people.members)
  const taken = members.length === 0 ? null : one(members, draw)
  const member = which < 3 ? who : which === 3 && taken !== null ? taken.id : named(name)
  const device = draw(6) === 0 && taken !== null ? taken.device.id : named(`${member} device ${draw(9)}`)
  return { circle: named('circle'), member, device }
}

/** Who acts: each seat that somebody sits in is as likely as the next, so that the rare ones act too. */
function anybody(circle: Circle, draw: Draw): Id {
  const all = [...Object.keys(circle.people.members), MALLORY]
  const seat = one([...new Set(all.map((who) => seatOf(circle, who)))], draw)
  const sitting = all.filter((who) => seatOf(circle, who) === seat)
  return one(sitting, draw)
}

/** The events of each practice by their numbers: a module lists its own in another order in Node than under a bundler. */
export const PRACTICES = allSubjects.map(({ name, events }) => ({
  name,
  events: events.toSorted((a, b) => a.code - b.code),
}))

export const EVENTS: readonly EventDef<string, any>[] = PRACTICES.flatMap((practice) => practice.events)
const makes = new Map(EVENTS.map((def) => [def.code, learn(def.codec, def.name)]))

/** Parts of a text get a writer each so that they cover it; left to chance they hardly ever would. */
function mended(event: PracticeEvent, draw: Draw): PracticeEvent {
  if (event.type !== 'BlockOffered' || event.spans.length === 0 || draw(4) === 0) return event
  const [first, ...rest] = event.spans.slice(0, event.text.length)
  if (first === undefined) return event
  return {
    ...event,
    spans: [{ ...first, length: event.text.length - rest.length }, ...rest.map((r) => ({ ...r, length: 1 }))],
  }
}

/** Any content that an event's shape allows. */
export function contentOf(life: Life, def: EventDef<string, any>, draw: Draw): PracticeEvent {
  const make = makes.get(def.code) ?? learn(def.codec, def.name)
  return mended(must(readEvent(def.code, make(draw, larderOf(life))), def.name), draw)
}

/** Somebody's saying of an event as the next entry, from a device of theirs; they may not have seen the latest ones. */
export function saidBy({ circle, seq }: Life, who: Id, draw: Draw): By {
  const derived = derivedBy(circle, who, draw)
  const member = circle.people.members[who]
  const devices = member === undefined ? [] : devicesOf(member)
  return {
    member: who,
    device: devices.length === 0 ? named(`${who} device`) : one(devices, draw).id,
    seq: seq + 1,
    seenSeq: draw(4) === 0 ? draw(seq + 1) : seq,
    at: draw(1_000),
    entry: named(`entry ${seq + 1}`),
    ...(derived === undefined ? {} : { derived }),
  }
}

/** What stops writing and lets it go on. */
const STOPS = PRACTICES.find((practice) => practice.name === 'leaving')?.events ?? EVENTS

/** Events after which little else happens, drawn less often so that circles live on. */
const STOPPERS: readonly string[] = ['Paused', 'EndAsked', 'MemberLeft', 'MemberRemoved']

function anyEvent(circle: Circle, draw: Draw, rare: number): EventDef<string, any> {
  const stopped = !isWritable(circle) && draw(3) === 0
  const from = stopped ? STOPS : draw(2) === 0 ? EVENTS : one(PRACTICES, draw).events
  const def = one(from, draw)
  return STOPPERS.includes(def.name) && !stopped && draw(rare) !== 0 ? anyEvent(circle, draw, rare) : def
}

/** What comes of an act: the circle after it, or the refusal. */
export type Reduce = (circle: Circle, act: Act) => Result<Circle, Refusal>

export const asItIs: Reduce = (circle, { event, by }) => reduce(circle, event, by)

/** What is looked for: among how many events, each in how many contents, and under which constitution it has an effect. */
interface Look {
  readonly who: () => Id
  readonly events: number
  readonly contents: number
  readonly as: Reduce
}

/** Looks for an act that has an effect. Gives the last one tried if none has. */
function lookFor(life: Life, draw: Draw, { who, events, contents, as }: Look): Act {
  for (let left = events; ; left--) {
    const def = anyEvent(life.circle, draw, events === 1 ? 2 : 12)
    const author = who()
    for (let tries = contents; tries > 0; tries--) {
      const act = { event: contentOf(life, def, draw), by: saidBy(life, author, draw) }
      if (left <= 1 && tries === 1) return act
      if (as(life.circle, act).ok) return act
    }
  }
}

/** An act that a member means well: it nearly always has its effect. */
export function honestAct(life: Life, draw: Draw, as: Reduce = asItIs): Act {
  const { circle } = life
  const here = Object.keys(circle.people.members).filter((id) =>
    ['person', 'here', 'letIn'].includes(seatOf(circle, id)),
  )
  return lookFor(life, draw, { who: () => one(here, draw), events: 6, contents: 4, as })
}

/** The act that a number stands for: one in three is honest; of the hostile ones half are aimed at having an effect. */
export function actFrom(life: Life, seed: number, as: Reduce = asItIs): Act {
  const draw = drawing(seed)
  if (draw(3) === 0) return honestAct(life, draw, as)
  const aims = draw(2) === 0
  const who = () => anybody(life.circle, draw)
  return lookFor(life, draw, { who, events: aims ? 4 : 1, contents: aims ? 3 : 1, as })
}

/** Remembers the ids that an event names. */
function remember(said: Life['said'], event: PracticeEvent): Life['said'] {
  let next = said
  for (const [field, value] of Object.entries(event)) {
    if (typeof value !== 'string' || !/^[0-9a-f]{32}$/.test(value)) continue
    const before = next[field] ?? []
    if (!before.includes(value)) next = { ...next, [field]: [...before, value].slice(-6) }
  }
  return next
}

/** The life after an act had its effect (`circle` is what came of it), or was refused (`null`). */
export const after = (life: Life, { event }: Act, circle: Circle | null): Life =>
  circle === null ? { ...life, seq: life.seq + 1 } : { circle, seq: life.seq + 1, said: remember(life.said, event) }

/** A circle that honest members made, and what they said in it after its beginning. */
export interface Start {
  readonly from: Beginning
  readonly acts: readonly Act[]
  readonly life: Life
}

/** The ids that a circle's things have, by the names that events say them under. */
const idsIn = ({ encounter, ways }: Circle): Life['said'] => ({
  encounter: Object.keys(encounter.encounters),
  choice: Object.keys(ways.choices),
  way: Object.values(ways.choices).flatMap((choice) => choice.ways.map((way) => way.id)),
})

export const beginning = (from: Beginning): Life => {
  const { circle, seq } = BEGINNINGS[from]()
  return { circle, seq, said: idsIn(circle) }
}

export const ORDER = Object.keys(BEGINNINGS) as Beginning[]

/** The circle that a number stands for: young or with much in it, of either kind. */
export function circleFrom(seed: number): Start {
  const draw = drawing(seed)
  const from = one(ORDER, draw)
  let life = beginning(from)
  const acts: Act[] = []
  for (let left = draw(48); left > 0; left--) {
    const act = honestAct(life, draw)
    const next = asItIs(life.circle, act)
    life = after(life, act, next.ok ? next.value : null)
    acts.push(act)
  }
  return { from, acts, life }
}
