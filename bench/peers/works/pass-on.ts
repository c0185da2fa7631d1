/** Work A: what one device says, another reads; as fast as it goes, and at the pace of people. */
import type { Figures, Opened, Side, Work } from '../../lib/work.ts'
import { runClient, startServer } from '../running.ts'
import { describe, OURS, PEER_SYSTEMS, type System } from '../systems.ts'
import { sidesOf } from './taking-part.ts'

const COUNT = 5_000
const BYTES = 500
const PACED = { pacedCount: 400, pacedMs: 10 }

async function passOn({ side, server, window, part = 1 }: System): Promise<Figures> {
  const running = await startServer(server)
  const { port, pid } = running
  try {
    const count = Math.round(COUNT * part)
    const pacedCount = Math.round(PACED.pacedCount * Math.min(1, part * 10))
    return await runClient(side, 'passOn', { ...PACED, port, pid, window, count, pacedCount, bytes: BYTES })
  } finally {
    await running.stop()
  }
}

export const work: Work = {
  name: 'pass-on',
  what: '5,000 texts of 500 bytes from one writer to one reader over one server process, then 400 more at 100 a second.',
  figures: [
    { name: 'rate', unit: 'texts per s' },
    { name: 'p50', unit: 'ms paced' },
    { name: 'p99', unit: 'ms paced' },
    { name: 'cpu', unit: 'µs of the server per text' },
    { name: 'memory', unit: 'MiB of the server' },
  ],
  ratios: [
    { goal: 'P2', figure: 'rate', ours: 'ours', against: 'y-websocket', atLeast: 1 },
    { goal: 'P2', figure: 'p99', ours: 'ours', against: 'y-websocket', atMost: 1.5 },
    { goal: 'P3', figure: 'rate', ours: 'ours', against: 'jazz', atLeast: 2 },
    { goal: 'P3', figure: 'p50', ours: 'ours', against: 'jazz', atMost: 0.7 },
    { goal: 'P4', figure: 'cpu', ours: 'ours', against: 'y-websocket', atMost: 0.15 },
  ],
  rounds: 3,
  async open(): Promise<Opened> {
    const notes = [OURS, ...PEER_SYSTEMS].map(describe)
    for (const { name, part = 1 } of PEER_SYSTEMS)
      if (part < 1) notes.push(`${name}: ${Math.round(COUNT * part)} texts instead of ${COUNT}`)
    const sides: readonly Side[] = sidesOf([OURS, ...PEER_SYSTEMS], passOn, notes)
    return { sides, notes, close: async () => undefined }
  },
}
