/**
 * Kills a person's device with SIGKILL at random moments while it writes, opens it again on the same files, and compares
 * with the practitioner's device, which stays up: what `act` answered is there on both, once, in the order it was said, and
 * nobody is told that a device was copied or that something is missing.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must } from '@alongside/base/result.ts'
import type { Draw } from '@alongside/base/testing/fuzz.ts'
import { finishedPage, PASS } from '@alongside/device/testing/meet.ts'
import { someId } from '@alongside/device/testing/pair.ts'
import { startRelayProcess } from '../story/relay-process.ts'
import { Seat } from '../story/seat.ts'
import { killEarly, startProcess, type Running } from './process.ts'
import { seenBy, type Seen } from './seen.ts'

const CHILD = join(import.meta.dirname, 'device-child.ts')
const KILLS_A_LIFE = 50

export interface Told {
  readonly kills: number
  readonly said: number
  readonly arrived: number
  readonly faults: readonly string[]
}

/** Kills a device `kills` times. */
export async function killDevice(kills: number, chance: Draw, told: (line: string) => void): Promise<Told> {
  let done = 0
  const sum = { said: 0, arrived: 0 }
  const faults: string[] = []
  while (done < kills && faults.length === 0) {
    const life = await oneLife(Math.min(KILLS_A_LIFE, kills - done), chance)
    done += life.kills
    sum.said += life.said
    sum.arrived += life.arrived
    faults.push(...life.faults)
    told(`device: ${done} of ${kills} kills, ${sum.said} said`)
  }
  return { kills: done, ...sum, faults }
}

async function oneLife(kills: number, chance: Draw): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'crash-device-'))
  const file = join(folder, 'device.db')
  const relay = await startRelayProcess({
    ALONGSIDE_WEB: '',
    ALONGSIDE_ENTRIES_PER_DAY: '1000000',
    ALONGSIDE_BYTES_PER_DAY: '10000000000',
  })
  const bea = await new Seat('Bea', relay.url).start()
  must(await bea.api.create({ name: 'Bea', language: 'en', passphrase: PASS }))
  must(await bea.api.savePage(finishedPage()))
  const { link } = must(await bea.api.openPlace({ code: null }))
  const said = new Set<number>()
  let next = 1
  const start = (more: readonly string[] = []) =>
    startProcess(CHILD, [file, relay.url, String(next), ...more], {}, /^(ready|told .*)/)
  let device = await start([link])
  for (let kill = 0; kill < kills; kill++) {
    await killWhileSaying(device, said, chance)
    next = Math.max(next, ...said) + 10 // above all that it may have begun to say
    if (chance.below(5) === 0) {
      await killEarly(CHILD, [file, relay.url, String(next)], 20 + chance.below(600))
      next += 1_000 // it may have said some, and nobody heard which
    }
    device = await start()
  }
  await device.kill()
  next = -1
  const ending = await start()
  const faults = [...compare(JSON.parse(ending.said.slice('told '.length)) as Seen, said, 'the device itself')]
  await ending.kill()
  const last = Math.max(...said)
  if (!(await bea.until((seat) => seat.circle.state.commitment.promises[someId(last)] !== undefined)))
    faults.push(`the other device never heard ${last}`)
  const seen = seenBy(bea.circle)
  faults.push(...compare(seen, said, 'the other device'))
  await bea.api.lock()
  await relay.stop()
  rmSync(folder, { recursive: true, force: true })
  return { kills, said: said.size, arrived: seen.numbers.length, faults }
}

/** Lets it say some, and kills it some milliseconds later. */
function killWhileSaying(device: Running, said: Set<number>, chance: Draw): Promise<void> {
  const [after, delay] = [1 + chance.below(12), chance.below(15)]
  let count = 0
  const killed = new Promise<void>((gone, failed) =>
    device.listen((line) => {
      const number = /^said (\d+)$/.exec(line)?.[1]
      if (number === undefined) return
      said.add(Number(number))
      if (++count === after) setTimeout(() => void device.kill().then(gone, failed), delay)
    }),
  )
  return Promise.race([killed, device.stopped])
}

function compare({ numbers, alarms }: Seen, said: ReadonlySet<number>, who: string): readonly string[] {
  const has = new Set(numbers)
  return [
    ...[...said].filter((number) => !has.has(number)).map((number) => `${who} lost ${number}`),
    ...(has.size === numbers.length ? [] : [`${who} has something twice`]),
    ...numbers.flatMap((number, at) => ((numbers[at - 1] ?? 0) < number ? [] : [`${who} has ${number} out of order`])),
    ...alarms.map((alarm) => `${who} is told of ${alarm}`),
  ]
}
