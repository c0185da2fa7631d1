/**
 * Kills the relay's process with SIGKILL at random moments while devices write, starts it again on the same files, and asks
 * it for everything: what was acknowledged is there, once, at the place that was named, and what lay anywhere lies there still.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@alongside/base/bytes.ts'
import type { Draw } from '@alongside/base/testing/fuzz.ts'
import { envelope, found, knock, testKey, type TestConnection } from '../packages/relay/src/testing/device.ts'
import { startProcess, type Running } from './process.ts'

const MAIN = join(import.meta.dirname, '../packages/relay/src/main.ts')
const BOXES = 6
/** Boxes are founded anew after so many kills, so that reading everything back stays quick. */
const KILLS_A_LIFE = 40
/** The most messages of one device that wait for an answer at a time. */
const IN_FLIGHT = 8

interface Box {
  readonly id: string
  readonly key: ReturnType<typeof testKey>
  /** Every envelope ever sent, in the order in which it was first sent. */
  readonly sent: string[]
  /** Position by envelope, of those that were acknowledged. */
  readonly acknowledged: Map<string, number>
  /** What lay at each position when it was last read. */
  readonly read: Map<number, string>
}

export interface Found {
  readonly kills: number
  readonly sent: number
  readonly acknowledged: number
  readonly inTheMiddle: number
  readonly faults: readonly string[]
}

const nameOf = (bytes: Uint8Array): string =>
  /^(\w+\.\d+\.\d+);/.exec(new TextDecoder().decode(bytes.subarray(0, 64)))?.[1] ?? ''

/** Kills the relay `kills` times. `told` hears how far it is. */
export async function killRelay(kills: number, chance: Draw, told: (line: string) => void): Promise<Found> {
  let done = 0
  const sum = { sent: 0, acknowledged: 0, inTheMiddle: 0 }
  const faults: string[] = []
  while (done < kills && faults.length === 0) {
    const life = await oneLife(Math.min(KILLS_A_LIFE, kills - done), `l${done}`, chance)
    done += life.kills
    sum.sent += life.sent
    sum.acknowledged += life.acknowledged
    sum.inTheMiddle += life.inTheMiddle
    faults.push(...life.faults)
    told(`relay: ${done} of ${kills} kills, ${sum.acknowledged} acknowledged`)
  }
  return { kills: done, ...sum, faults }
}

async function oneLife(kills: number, life: string, chance: Draw): Promise<Found> {
  const folder = mkdtempSync(join(tmpdir(), 'crash-relay-'))
  const start = () =>
    startProcess(MAIN, [], { ALONGSIDE_PORT: '0', ALONGSIDE_DATA: folder, ALONGSIDE_WEB: '' }, /relay at (http:\S+)/)
  const boxes = Array.from({ length: BOXES }, (_, i): Box => {
    const key = testKey(i + 1)
    return { id: toHex(chance.bytes(16)), key, sent: [], acknowledged: new Map(), read: new Map() }
  })
  const faults: string[] = []
  let inTheMiddle = 0
  for (let kill = 0; kill <= kills && faults.length === 0; kill++) {
    const relay = await start()
    const url = relay.said
    if (kill === 0) for (const box of boxes) await found(url, { boxId: box.id, capPk: box.key.pk })
    for (const [i, box] of boxes.entries()) faults.push(...(await check(url, box, `${life} kill ${kill} box ${i}`)))
    if (kill < kills && faults.length === 0)
      inTheMiddle += await writeUntilKilled(relay, url, boxes, `${life}.${kill}`, chance)
    else await relay.kill()
  }
  rmSync(folder, { recursive: true, force: true })
  const count = (of: (box: Box) => number) => boxes.reduce((total, box) => total + of(box), 0)
  return {
    kills,
    sent: count((box) => box.sent.length),
    acknowledged: count((box) => box.acknowledged.size),
    inTheMiddle,
    faults,
  }
}

/** Writes to all boxes at once, first again what nobody knows the fate of; gives how many were in flight at the kill. */
async function writeUntilKilled(
  relay: Running,
  url: string,
  boxes: readonly Box[],
  run: string,
  chance: Draw,
): Promise<number> {
  const killAfter = 1 + chance.below(60)
  const delay = chance.below(8)
  let acknowledged = 0
  let waiting = 0
  let isKilled = false
  let goOn = (): void => undefined
  const gone = new Promise<void>((resolve) => (goOn = resolve))
  const kill = (): void => {
    if (!isKilled) setTimeout(() => void relay.kill().then(goOn), delay)
    isKilled = true
  }
  await Promise.all(
    boxes.map(async (box) => {
      const unsure = box.sent.filter((name) => !box.acknowledged.has(name))
      let next = 0
      let device: TestConnection
      try {
        device = await knock(url, { boxId: box.id, cap: box.key })
      } catch {
        return
      }
      const one = async (): Promise<void> => {
        for (;;) {
          const names = Array.from({ length: 1 + chance.below(3) }, () => {
            const again = unsure.shift()
            if (again !== undefined) return again
            const name = `${run}.${next++}`
            box.sent.push(name)
            return name
          })
          waiting++
          const answer = await device.ask('append', { envelopes: names.map((name) => envelope(`${name};`)) })
          waiting--
          if (answer.type !== 'appended') throw new Error(`the relay answered ${answer.type}`)
          for (const [i, name] of names.entries()) box.acknowledged.set(name, answer.body.seqs[i] ?? -1)
          if (++acknowledged >= killAfter) kill()
        }
      }
      await Promise.allSettled(Array.from({ length: IN_FLIGHT }, one))
      device.socket.terminate()
    }),
  )
  kill()
  await gone
  return waiting
}

/** Reads the whole box; every difference from what was known is a fault. */
async function check(url: string, box: Box, where: string): Promise<readonly string[]> {
  const faults: string[] = []
  const device = await knock(url, { boxId: box.id, cap: box.key })
  const last = device.welcome?.seq ?? 0
  const places = new Map<string, number>()
  const seen: string[] = []
  for (let from = 1; from <= last; ) {
    device.send('range', { from, limit: 256 })
    const { body: end } = await device.next('rangeEnd')
    while (device.waiting('entries') > 0) {
      const { body } = await device.next('entries')
      for (const [i, bytes] of body.envelopes.entries()) {
        const name = nameOf(bytes)
        const seq = body.firstSeq + i
        if (places.has(name)) faults.push(`${where}: ${name} stands twice, at ${places.get(name)} and ${seq}`)
        places.set(name, seq)
        seen[seq] = name
      }
    }
    from = end.next
  }
  await device.close()
  for (const [name, seq] of box.acknowledged)
    if (places.get(name) !== seq)
      faults.push(`${where}: ${name} was acknowledged at ${seq} and is at ${places.get(name) ?? 'no place'}`)
  for (const [seq, name] of box.read)
    if (seen[seq] !== name) faults.push(`${where}: ${seq} was ${name} and is ${seen[seq] ?? 'nothing'}`)
  const sent = new Set(box.sent)
  for (const [name, seq] of places) {
    if (!sent.has(name)) faults.push(`${where}: nobody sent what is at ${seq}`)
    box.read.set(seq, name)
    box.acknowledged.set(name, seq)
  }
  return faults
}
