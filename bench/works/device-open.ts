/** A device opens a whole record, every check done, beside the least that any reader of these bytes would have to do. */
import { openCheckers } from '@alongside/device/checkers.ts'
import { writeRecord } from '@alongside/device/testing/long-record.ts'
import { beginNodeChecker, rawThreads } from '../lib/checker-node.ts'
import { openable, openOurs, rawJobs } from '../lib/cold-open.ts'
import type { Work } from '../lib/work.ts'

const ENTRIES = 10_000

export const work: Work = {
  name: 'device-open',
  what:
    'Opens 10,000 entries (a person and a practitioner, two epochs, half of them notes of 350 letters) from memory in Node. ' +
    'Ours: every check, in order, to the state; two threads read ahead, Node’s own Ed25519 first. ' +
    'Raw: two threads derive each key, open, parse and verify with the same libraries, and nothing else.',
  figures: [
    { name: 'time', unit: 'ms' },
    { name: 'processor', unit: 'µs an entry' },
  ],
  ratios: [
    { goal: 'P5', figure: 'time', ours: 'ours', against: 'raw', atMost: 1.25 },
    { goal: 'P5', figure: 'processor', ours: 'ours', against: 'raw' },
    { goal: '–', figure: 'time', ours: 'ours', against: 'ours, one thread' },
  ],
  open: async () => {
    const record = await writeRecord(ENTRIES)
    const opened = openable(record)
    const checkers = openCheckers(beginNodeChecker, () => () => undefined)
    const raw = rawThreads(2)
    const timed = async (work: () => Promise<unknown>) => {
      globalThis.gc?.()
      const used = process.cpuUsage()
      const began = performance.now()
      await work()
      const time = performance.now() - began
      const { user, system } = process.cpuUsage(used)
      return { time, processor: (user + system) / ENTRIES }
    }
    return {
      sides: [
        { name: 'ours', turn: () => timed(() => openOurs(opened, checkers.check)) },
        {
          name: 'raw',
          turn: () => {
            const jobs = rawJobs(opened, 2)
            return timed(async () => {
              if ((await raw.open(jobs)) !== ENTRIES) throw new Error('the raw limit read something else')
            })
          },
        },
        { name: 'ours, one thread', turn: () => timed(() => openOurs(opened, null)) },
      ],
      notes: [`${record.bytes} bytes of envelopes, ${record.textBytes} bytes of words in them`],
      close: async () => {
        checkers.end()
        await raw.end()
      },
    }
  },
}
