/**
 * `npm run story`: the first meeting, played headless with two real devices through a real relay process. Each step
 * prints what each person sees and, beside it, what the relay holds. The exit code is 1 if any step differs.
 *
 * All of it is invented: Amal, Bea, what they say and what they promise.
 */
import * as after from './scenes/after.ts'
import * as before from './scenes/before.ts'
import * as during from './scenes/during.ts'
import * as leaving from './scenes/leaving.ts'
import { startRelayProcess } from './relay-process.ts'
import { Seat } from './seat.ts'
import { Telling } from './tell.ts'
import { speak } from './words.ts'

await speak('en')
const relay = await startRelayProcess()
const telling = new Telling(relay, (line) => void process.stdout.write(`${line}\n`))
const seat = (name: string) => new Seat(name, relay.url).start()
const stage = { relay, telling, amal: await seat('Amal'), bea: await seat('Bea'), stranger: await seat('Cam') }

try {
  const page = await before.practicePage(stage)
  await before.choosing(stage, page)
  await before.comingIn(stage, page)
  await before.agreement(stage)
  const meeting = await before.plan(stage)
  await during.meet(stage, meeting)
  await during.note(stage, meeting)
  await during.waysAndPromises(stage, meeting)
  await after.checkIn(stage, meeting)
  await after.promises(stage)
  await after.today(stage)
  await leaving.offline(stage)
  await leaving.locked(stage)
  await leaving.takeOut(stage)
  await leaving.remove(stage)
  await leaving.end(stage)
} catch (error) {
  telling.expect(`the story goes on (${error instanceof Error ? error.message : String(error)})`, false)
} finally {
  for (const each of [stage.amal, stage.bea, stage.stranger]) await each.api.lock()
  await relay.stop()
}
process.exit(telling.end())
