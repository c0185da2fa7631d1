/**
 * A person's device as a process that is going to be killed. The first time it comes in through a link; then it
 * says numbered promises, several at a time, and prints each number
 * when its `act` was answered: from then on it must never be lost.
 *
 *   device-child.ts <store file> <relay> <first number> [link]
 *
 * A first number below zero says nothing more: when all is sent it prints what it shows, and waits.
 */
import { must } from '@alongside/base/result.ts'
import { systemClock, systemRandom } from '@alongside/base/world.ts'
import { createAlongside } from '@alongside/device/alongside.ts'
import type { CircleView } from '@alongside/device/api.ts'
import { realNet, realSchedule } from '@alongside/device/net.ts'
import { asAmal, PASS } from '@alongside/device/testing/meet.ts'
import { someId } from '@alongside/device/testing/pair.ts'
import { WEAK_ARGON } from '@alongside/device/testing/world.ts'
import { seenBy } from './seen.ts'
import { sqliteStore } from './sqlite-store.ts'

const [file = '', relay = '', first = '', link] = process.argv.slice(2)
const world = {
  store: sqliteStore(file),
  net: realNet,
  clock: systemClock,
  random: systemRandom,
  argon: WEAK_ARGON,
  schedule: realSchedule,
}
const api = createAlongside(world, { origin: relay, persisted: () => true })
let changed = (): void => undefined
await api.watch(() => changed())
/** The circle once it is open, as the screen would show it. */
const circle = async (): Promise<CircleView> => {
  for (;;) {
    const view = api.device.view()
    const one = view.type === 'open' ? view.circles[0] : undefined
    if (one?.phase === 'open') return one
    await new Promise<void>((wake) => (changed = wake))
  }
}
if (link === undefined) must(await api.unlock(PASS))
else {
  const { visit } = must(await api.readLink(link))
  must(await api.sayYes(visit, asAmal))
}
const { id } = await circle()
let next = Number(first)
if (next < 0) {
  while ((await circle()).sync.waiting > 0) await new Promise<void>((wake) => (changed = wake))
  process.stdout.write(`told ${JSON.stringify(seenBy(await circle()))}\n`)
}
process.stdout.write('ready\n')
const sayOn = async (): Promise<never> => {
  for (;;) {
    const number = next++
    must(
      await api.act(id, [
        { type: 'PromiseMade', promise: someId(number), text: `promise ${number}`, due: null, encounter: null },
      ]),
    )
    process.stdout.write(`said ${number}\n`)
  }
}
if (next > 0) await Promise.all([sayOn(), sayOn(), sayOn()])
