/** How the time and the memory to open a record grow with its length; each turn is a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from '../lib/child.ts'
import type { DiskFile, OpenedOnce } from '../children/open-once.ts'
import type { Work } from '../lib/work.ts'

const LENGTHS = [1_000, 10_000, 100_000]
const JOBS = 'open-once'
const nameOf = (length: number): string => `${length.toLocaleString('en')} entries`
const [small, middle, large] = LENGTHS.map(nameOf) as [string, string, string]
const ITSELF = 'the record itself'

async function inChild<R>(job: string, argument: unknown): Promise<R> {
  const child = startChild(JOBS, ['--expose-gc'])
  try {
    return await child.call<R>(job, argument)
  } finally {
    await child.end()
  }
}

export const work: Work = {
  name: 'device-growth',
  what:
    'Opens records of 1,000, 10,000 and 100,000 entries from the device’s sealed store in a file, every check done, two threads reading ahead, ' +
    'each time in a new process. Memory is the most that the process held beyond what it held before, with both threads begun.',
  figures: [
    { name: 'time', unit: 'µs an entry' },
    { name: 'memory', unit: '× the bytes of its envelopes' },
    { name: 'memory afterwards', unit: '× the bytes of its envelopes' },
  ],
  ratios: [
    { goal: 'P7', figure: 'time', ours: middle, against: small, atMost: 1.1 },
    { goal: 'P7', figure: 'time', ours: large, against: middle, atMost: 1.1 },
    { goal: 'P7', figure: 'memory', ours: large, against: ITSELF, atMost: 3 },
  ],
  rounds: 3,
  warmUp: false,
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'alongside-growth-'))
    const disks = await Promise.all(
      LENGTHS.map((length) => inChild<DiskFile>('prepare', { length, file: join(folder, String(length)) })),
    )
    const turn = (disk: DiskFile, length: number) => async () => {
      const { ms, most, rest } = await inChild<OpenedOnce>('openOnce', disk)
      return { time: (ms * 1000) / length, memory: most / disk.bytes, 'memory afterwards': rest / disk.bytes }
    }
    return {
      sides: [
        ...disks.map((disk, i) => ({ name: nameOf(LENGTHS[i] ?? 0), turn: turn(disk, LENGTHS[i] ?? 0) })),
        { name: ITSELF, turn: async () => ({ memory: 1 }) },
      ],
      notes: [`the longest has ${disks.at(-1)?.bytes ?? 0} bytes of envelopes`],
      close: async () => rmSync(folder, { recursive: true, force: true }),
    }
  },
}
