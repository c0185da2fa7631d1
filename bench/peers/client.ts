/**
 * The process of the devices: `client.ts <side> <work> <settings>`. It plays one work with one side against a server that
 * is already there, and prints one line of JSON with what it measured. A fresh process for every turn, so that nobody pays
 * for, or profits from, what another left behind.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { cpuMicroseconds, memoryMiB } from './process-figures.ts'
import { numberOf, textAt, type Pair, type PeerSide } from './side.ts'

interface Settings {
  readonly port: number
  readonly pid: number
  readonly count: number
  readonly bytes: number
  /** Texts said and not yet heard, at most. */
  readonly window: number
  readonly pacedCount: number
  readonly pacedMs: number
  readonly token: string
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const turn = () => new Promise((resolve) => setImmediate(resolve))
const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN

/** Says texts from number `from` on, never more than `window` ahead of what was heard. Resolves when all were heard. */
async function flood(pair: Pair, hearing: Hearing, from: number, { count, bytes, window }: Settings): Promise<void> {
  const failures: unknown[] = []
  for (let sent = 0; sent < count; sent++) {
    while (sent - (hearing.count - from) >= window) await hearing.more()
    const said = pair.write(textAt(from + sent, bytes))
    if (said !== undefined) said.catch((error: unknown) => failures.push(error))
    if (sent % 16 === 15) await turn()
    if (failures.length > 0) throw failures[0]
  }
  while (hearing.count < from + count) await hearing.more()
}

class Hearing {
  count = 0
  readonly at = new Map<number, number>()
  private woken: (() => void)[] = []

  constructor(pair: Pair) {
    pair.heard((text) => {
      const number = numberOf(text)
      if (this.at.has(number)) return
      this.at.set(number, performance.now())
      this.count++
      const all = this.woken
      this.woken = []
      for (const wake of all) wake()
    })
  }

  more(): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`nothing was heard for 60 s after ${this.count} texts`)), 60_000)
      this.woken.push(() => {
        clearTimeout(late)
        resolve()
      })
    })
  }
}

/** Work A: as fast as it goes, then one text every few milliseconds. */
async function passOn(side: PeerSide, settings: Settings): Promise<Record<string, number>> {
  const { pid, count, bytes, pacedCount, pacedMs } = settings
  const pair = await side.pair(settings, 'stream')
  const hearing = new Hearing(pair)
  const cpuBefore = cpuMicroseconds(pid)
  const begun = performance.now()
  await flood(pair, hearing, 0, settings)
  const seconds = (performance.now() - begun) / 1000
  await pause(500)
  const cpu = (cpuMicroseconds(pid) - cpuBefore) / count
  const memory = memoryMiB(pid)
  const saidAt: number[] = []
  const start = performance.now()
  for (let i = 0; i < pacedCount; i++) {
    const wait = start + i * pacedMs - performance.now()
    if (wait > 0) await pause(wait)
    saidAt.push(performance.now())
    await pair.write(textAt(count + i, bytes))
  }
  while (hearing.count < count + pacedCount) await hearing.more()
  const late = saidAt.map((at, i) => (hearing.at.get(count + i) ?? Number.NaN) - at).sort((a, b) => a - b)
  await pair.close()
  return { rate: count / seconds, p50: percentile(late, 0.5), p99: percentile(late, 0.99), cpu, memory }
}

/** Fills a place and stays in it, so that the server has it at hand, until standard input ends. */
async function fill(side: PeerSide, settings: Settings): Promise<void> {
  const pair = await side.pair(settings, 'promises')
  await flood(pair, new Hearing(pair), 0, settings)
  process.stdout.write(`${JSON.stringify({ token: pair.token() })}\n`)
  await new Promise((resolve) => process.stdin.on('end', resolve).resume())
  await pair.close()
}

/** Work C: a device that has nothing opens everything. */
async function open(side: PeerSide, { port, token, count }: Settings): Promise<Record<string, number>> {
  const begun = performance.now()
  await side.open?.({ port }, token, count)
  return { time: performance.now() - begun }
}

/** Work D: many idle lines; what each costs the server. */
async function idle(side: PeerSide, { port, pid, count }: Settings): Promise<Record<string, number>> {
  const before = memoryMiB(pid)
  for (let i = 0; i < count; i++) await side.idle?.({ port })
  await pause(1_000)
  return { memory: ((memoryMiB(pid) - before) * 1000) / count }
}

const [file = '', work = '', json = '{}'] = process.argv.slice(2)
const settings = JSON.parse(json.startsWith('{') ? json : readFileSync(json, 'utf8')) as Settings
const { side } = (await import(pathToFileURL(file).href)) as { readonly side: PeerSide }
if (work === 'fill') await fill(side, settings)
else {
  const works = { passOn, open, idle }
  const figures = await works[work as keyof typeof works](side, settings)
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}
process.exit(0)
