/** Goal P15: how long a relay takes to be there, and how much memory it has when nobody asks anything of it. */
import { join } from 'node:path'
import { PATHS } from '@alongside/wire/http.ts'
import { residentMiB } from '../lib/process-figures.ts'
import { RELAY, startRelayProcess } from '../lib/relay-process.ts'
import type { Figures, Work } from '../lib/work.ts'

const SETTLE_MS = 2_000

const OURS = 'relay'
const BARE = 'bare node, ws and node:sqlite'
const TIME = 'start to healthy'
const MEMORY = 'idle memory'

async function start(program: string): Promise<Figures> {
  const from = performance.now()
  const running = await startRelayProcess({}, program)
  try {
    const response = await fetch(running.url + PATHS.health)
    await response.arrayBuffer()
    const seconds = (performance.now() - from) / 1000
    if (!response.ok) throw new Error(`health was answered with ${response.status}`)
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    const memory = residentMiB(running.pid)
    return { [TIME]: seconds, ...(memory === null ? {} : { [MEMORY]: memory }) }
  } finally {
    await running.end()
  }
}

export const work: Work = {
  name: 'relay-start',
  what:
    'From starting the process on an empty folder until /health answers, and the memory it has in RAM two seconds later. ' +
    'Not the first start after an installation, which also compiles.',
  figures: [
    { name: TIME, unit: 's' },
    { name: MEMORY, unit: 'MiB' },
  ],
  ratios: [
    { goal: 'P15', figure: TIME, ours: OURS, against: BARE },
    { goal: 'P15', figure: MEMORY, ours: OURS, against: BARE },
  ],
  published: [
    { goal: 'P15', side: OURS, figure: TIME, source: 'CryptPad server', value: 1.8, atMost: 0.4 },
    { goal: 'P15', side: OURS, figure: TIME, source: 'GlobaLeaks', value: 1.3, atMost: 0.4 },
    { goal: 'P15', side: OURS, figure: MEMORY, source: 'CryptPad server', value: 79, atMost: 1 },
    { goal: 'P15', side: OURS, figure: MEMORY, source: 'GlobaLeaks', value: 94, atMost: 1 },
  ],
  open: async () => ({
    sides: [
      { name: OURS, turn: () => start(RELAY) },
      { name: BARE, turn: () => start(join(import.meta.dirname, '../children/bare-server.mjs')) },
    ],
    notes: [],
    close: async () => undefined,
  }),
}
