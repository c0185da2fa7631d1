/** A circle of several devices at an evil relay, and what people can be promised of it whatever the relay does. */
import { must } from '@alongside/base/result.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { startEvilRelay, type EvilRelay } from './evil-relay.ts'
import type { CircleView } from '../api.ts'
import { noExtras, viewOf } from '../circle/view.ts'
import { agenda, letIn, pair, reopen, someId, type Side } from './pair.ts'
import { testWorld, until, type TestTime } from './world.ts'

export interface Person extends Side {
  /** As the relay knows it. */
  readonly name: string
  /** The texts this device has said. */
  readonly said: string[]
}

export interface EvilCircle {
  readonly evil: EvilRelay
  readonly time: TestTime
  readonly people: readonly Person[]
  /** Amal, whose circle it is. */
  readonly amal: Person
  readonly bea: Person
  readonly box: string
}

const OTHERS = ['Cleo', 'Dina', 'Ezra', 'Fadi']

/** Amal, Bea and as many others as make `count`, in one circle, in step, each known to the relay by name. */
export async function evilCircle(count = 2): Promise<EvilCircle> {
  const evil = await startEvilRelay()
  const both = await pair({ ...evil.honest, url: evil.url })
  const sides: Side[] = [both.amal, both.bea]
  for (const name of OTHERS.slice(0, count - 2)) sides.push(await letIn(both, name))
  const names = ['amal', 'bea', ...OTHERS.map((name) => name.toLowerCase())]
  const people = sides.map((side, i): Person => Object.assign(side, { name: names[i] as string, said: [] }))
  const [amal, bea] = people as [Person, Person]
  const circle: EvilCircle = { evil, time: both.time, people, amal, bea, box: amal.circle.boxId }
  for (const person of people) evil.know(person.name, person.world.net)
  await inStep(circle)
  return circle
}

/** Ends every device and the relay. */
export async function endCircle({ evil, people }: EvilCircle): Promise<void> {
  for (const { core } of people) await core.close()
  await evil.remove()
}

let number = 0

/** Says a text as an item of the agenda. */
export async function say(person: Person, text: string): Promise<void> {
  const event: PracticeEvent = { type: 'AgendaItemAdded', item: someId(++number), text, opening: false }
  must(await person.circle.act([event]))
  person.said.push(text)
}

/** What this person's screens are shown of the circle. */
export const viewed = (person: Side): CircleView => viewOf(person.circle, noExtras)
export const alarmsOf = (person: Side): readonly string[] => [...new Set(viewed(person).alarms.map(({ type }) => type))]
export const headOf = (person: Side): number => viewed(person).sync.head

/** Cuts a device off, or gives it its network back. */
export function isAway(person: Side, away: boolean): void {
  person.world.net.isUp = !away
  if (away) person.world.net.cut()
}

/** Locks a device, which finishes what it was writing, and opens it again on what it keeps. */
export async function relock({ evil, time }: EvilCircle, person: Person): Promise<void> {
  const world = testWorld(time, person.world.disk)
  evil.know(person.name, world.net)
  await person.device.lock()
  await reopen(person, time, world)
}

export const isSent = (person: Side): boolean => viewed(person).sync.waiting === 0

/** Waits until these, or all, have nothing waiting and stand at one head, on live lines. */
export async function inStep({ time, people }: EvilCircle, only: readonly Side[] = people): Promise<void> {
  await until(time, 'all are in step', () => {
    const views = only.map(viewed)
    const heads = new Set(views.map(({ sync }) => sync.head))
    return heads.size === 1 && views.every(({ sync }) => sync.waiting === 0 && sync.connection === 'live')
  })
}

/** Whether two devices hold the very same record and made the same of it. */
export function areSame(one: Side, other: Side): boolean {
  const [a, b] = [one.circle.now().confirmed, other.circle.now().confirmed]
  return Buffer.from(a.head).equals(Buffer.from(b.head)) && JSON.stringify(a.state) === JSON.stringify(b.state)
}

/** The texts a device said and does not show any more; there must never be any. */
export const lostBy = (person: Person): readonly string[] => {
  const shown = agenda(person.circle)
  return person.said.filter((text) => !shown.includes(text))
}
