/** Goal P14: what it costs a relay that many devices are connected and say nothing. */
import { startChild, type Child } from '../lib/child.ts'
import { residentMiB } from '../lib/process-figures.ts'
import { startRelayProcess } from '../lib/relay-process.ts'
import type { Figures, Work } from '../lib/work.ts'

const LINES = 10_000
const SETTLE_MS = 3_000

const OURS = 'relay'
const BARE = 'bare ws server'
const EACH = 'memory per 1,000 lines'

/** Memory before and after so many lines were opened, once both had time to settle. */
async function opened(load: Child, pid: number, wish: { url: string; isRelay: boolean }): Promise<Figures> {
  const settle = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  await settle()
  const before = residentMiB(pid)
  await load.call('openIdle', { ...wish, count: LINES })
  await settle()
  const after = residentMiB(pid)
  await load.call('closeIdle', null)
  return before === null || after === null ? {} : { [EACH]: (after - before) / (LINES / 1_000), 'memory in all': after }
}

export const work: Work = {
  name: 'relay-idle',
  what:
    `${LINES} open lines that say nothing: devices that were admitted to ${LINES / 2} boxes and follow them, against a ` +
    'bare ws server that knows nothing of its lines. Memory of the process in RAM, each turn in a fresh one.',
  figures: [
    { name: EACH, unit: 'MiB' },
    { name: 'memory in all', unit: 'MiB' },
  ],
  ratios: [
    { goal: 'P14', figure: EACH, ours: OURS, against: BARE, atMost: 1.3 },
    { goal: 'P14', figure: 'memory in all', ours: OURS, against: BARE, atMost: 1.3 },
  ],
  rounds: 3,
  warmUp: false,
  async open() {
    const load = startChild('idle-lines')
    return {
      sides: [
        {
          name: OURS,
          async turn() {
            const relay = await startRelayProcess()
            try {
              return await opened(load, relay.pid, { url: relay.url, isRelay: true })
            } finally {
              await relay.end()
            }
          },
        },
        {
          name: BARE,
          async turn() {
            const bare = startChild('raw-limits')
            try {
              const url = await bare.call<string>('serveBare', null)
              return await opened(load, bare.pid, { url, isRelay: false })
            } finally {
              await bare.end()
            }
          },
        },
      ],
      notes: [`Two processes need ${LINES} open files each: ulimit -n.`],
      close: () => load.end(),
    }
  },
}
