/** Goal P1, durable appends, with the relay's own processor time (P4, raw). */
import { startChild, type Child } from '../lib/child.ts'
import { cpuMicros } from '../lib/process-figures.ts'
import type { sqliteAppend } from '../children/raw-limits.ts'
import type { Appended } from '../children/relay-load.ts'
import { ENVELOPE_BYTES } from '../lib/append-frames.ts'
import { startRelayProcess } from '../lib/relay-process.ts'
import type { Figures, Side, Work } from '../lib/work.ts'

const BOXES = 64
const ENTRIES = 1_024
const PER_COMMIT = 100

/** One turn on a fresh relay: 64 boxes write, then the heads are asked to show that it is all there. */
async function write(load: Child, how: { readonly perAppend: number; readonly atOnce: number }): Promise<Figures> {
  const relay = await startRelayProcess()
  try {
    await load.call('openBoxes', { url: relay.url, count: BOXES, readers: false })
    const before = cpuMicros(relay.pid)
    const done = await load.call<Appended>('appendAll', { entries: ENTRIES, ...how })
    const after = cpuMicros(relay.pid)
    const heads = await load.call<readonly number[]>('heads', null)
    if (heads.some((seq) => seq !== ENTRIES)) throw new Error('not every acknowledged entry is there')
    return {
      'entries per s': done.entriesPerSecond,
      'ack p50': done.p50,
      'ack p99': done.p99,
      ...(before === null || after === null ? {} : { 'CPU per entry': (after - before) / (BOXES * ENTRIES) }),
    }
  } finally {
    await load.call('closeBoxes', null)
    await relay.end()
  }
}

const BURSTS = 'relay, appends of 64'
const SINGLES = 'relay, appends of 1'
const RAW = 'node:sqlite, groups of 100'

export const work: Work = {
  name: 'relay-append',
  what:
    `64 boxes, one device each, write ${ENTRIES} envelopes of ${ENVELOPE_BYTES} bytes; in appends of 64 with 2 on the ` +
    'way, or one by one with 16 on the way. Acknowledged means fsynced and signed. Raw: the same bytes into a bare table.',
  figures: [
    { name: 'entries per s', unit: 'per s' },
    { name: 'CPU per entry', unit: 'µs' },
    { name: 'ack p50', unit: 'ms' },
    { name: 'ack p99', unit: 'ms' },
  ],
  ratios: [
    { goal: 'P1', figure: 'entries per s', ours: BURSTS, against: RAW, atLeast: 0.5 },
    { goal: 'P1', figure: 'entries per s', ours: SINGLES, against: RAW, atLeast: 0.5 },
    { goal: 'P4', figure: 'CPU per entry', ours: BURSTS, against: RAW },
    { goal: 'P4', figure: 'CPU per entry', ours: SINGLES, against: RAW },
  ],
  async open() {
    const load = startChild('relay-load')
    const raw = startChild('raw-limits')
    const sides: Side[] = [
      { name: BURSTS, turn: () => write(load, { perAppend: 64, atOnce: 2 }) },
      { name: SINGLES, turn: () => write(load, { perAppend: 1, atOnce: 16 }) },
      {
        name: RAW,
        async turn() {
          const rows = Math.floor((BOXES * ENTRIES) / PER_COMMIT) * PER_COMMIT
          const done = await raw.call<ReturnType<typeof sqliteAppend>>('sqliteAppend', {
            rows,
            bytes: ENVELOPE_BYTES,
            perCommit: PER_COMMIT,
          })
          return { 'entries per s': done.rowsPerSecond, 'CPU per entry': done.cpuMicrosPerRow }
        },
      },
    ]
    return {
      sides,
      notes: [
        'Relay and load are two processes on the same cores; each turn of the relay starts with an empty folder.',
      ],
      async close() {
        await load.end()
        await raw.end()
      },
    }
  },
}
