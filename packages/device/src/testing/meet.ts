/** Two whole devices and a relay: a practitioner with a finished page, and somebody with a link. */
import { must } from '@alongside/base/result.ts'
import { emptyPage, type PracticePage } from '@alongside/practice/page/page.ts'
import type { TestRelay } from '@alongside/relay/testing/relay.ts'
import { createAlongside, type Alongside } from '../alongside.ts'
import type { CircleView, OpenView } from '../api.ts'
import type { Store } from '../store/port.ts'
import type { Disk } from '../store/memory.ts'
import { testWorld, TestTime, until, type TestWorld } from './world.ts'

export const PASS = 'three blue boats'

export interface Seat {
  readonly world: TestWorld
  readonly api: Alongside
}

/** A page that can be published, with one line of a draft agreement. */
export const finishedPage = (name = 'Bea'): PracticePage => ({
  ...emptyPage(name, 'en'),
  controls: 'I write the file.',
  whoseSide: 'Yours.',
  limits: [
    {
      kind: 'child',
      duty: 'must',
      text: 'If a child is in danger I must say so.',
      first: 'I tell you first.',
      youCan: 'Be there when I do.',
      source: 'Child Act 12',
      checkedOn: '2026-02-01',
      checkedBy: 'Bea',
    },
  ],
  dutyToWarn: { duty: 'may', source: 'Act 3', checkedOn: '2026-02-01' },
  draft: [{ section: 1, text: 'We start on time.', asks: 'both', refusable: true, why: '', ready: null }],
})

export function seat(time: TestTime, relay: TestRelay, disk: Disk = new Map(), wrap?: (store: Store) => Store): Seat {
  const world = testWorld(time, disk, wrap)
  return { world, api: createAlongside(world, { origin: relay.url, persisted: () => true }) }
}

/** The same disk under a new start of the app, unlocked. */
export async function restart(old: Seat, time: TestTime, relay: TestRelay): Promise<Seat> {
  old.world.net.isUp = false
  old.world.net.cut()
  await old.api.lock()
  const again = seat(time, relay, old.world.disk)
  must(await again.api.unlock(PASS))
  return again
}

export function openView({ api }: Seat): OpenView {
  const view = api.device.view()
  if (view.type !== 'open') throw new Error(`the device is ${view.type}`)
  return view
}

export function circleOf(one: Seat): CircleView {
  const circle = openView(one).circles[0]
  if (circle === undefined) throw new Error('there is no circle')
  return circle
}

export interface Meeting {
  readonly relay: TestRelay
  readonly time: TestTime
  amal: Seat
  bea: Seat
  readonly link: string
  readonly place: string
}

/** Bea has opened one place; Amal has the link and nothing else. */
export async function invitedBy(relay: TestRelay, code: string | null = null): Promise<Meeting> {
  const time = new TestTime()
  const bea = seat(time, relay)
  must(await bea.api.create({ name: 'Bea', language: 'en', passphrase: PASS }))
  must(await bea.api.savePage(finishedPage()))
  const { link, place } = must(await bea.api.openPlace({ code }))
  return { relay, time, amal: seat(time, relay), bea, link, place }
}

export const asAmal = { name: 'Amal', language: 'en', passphrase: PASS, limits: 'heard' } as const

/** Amal has said yes, and both are in the circle. */
export async function metBy(relay: TestRelay, code: string | null = null): Promise<Meeting> {
  const meeting = await invitedBy(relay, code)
  const { visit } = must(await meeting.amal.api.readLink(meeting.link))
  must(await meeting.amal.api.sayYes(visit, asAmal))
  await bothIn(meeting)
  return meeting
}

/** Waits until both are members and nothing waits. */
export async function bothIn(meeting: Meeting): Promise<void> {
  await until(meeting.time, 'both are in the circle', () => {
    const open = [meeting.amal, meeting.bea].map((one) => one.api.device.view())
    return open.every(
      (view) =>
        view.type === 'open' &&
        view.circles.length === 1 &&
        view.circles[0]?.phase === 'open' &&
        view.circles[0].sync.waiting === 0 &&
        Object.values(view.circles[0].state.people.members).filter((member) => member.status === 'here').length === 2,
    )
  })
  await inStep(meeting)
}

export async function inStep({ time, amal, bea }: Meeting): Promise<void> {
  await until(time, 'both are in step', () => {
    const [a, b] = [circleOf(amal), circleOf(bea)]
    return a.sync.waiting === 0 && b.sync.waiting === 0 && a.sync.head === b.sync.head
  })
}

export async function close(meeting: Meeting): Promise<void> {
  await meeting.amal.api.lock()
  await meeting.bea.api.lock()
}
