/** Work D: lines on which nothing happens, each in a place of its own, and what they cost a server. */
import type { Opened, Work } from '../../lib/work.ts'
import { runClient, startServer } from '../running.ts'
import { describe, OURS, PEER_SYSTEMS, type System } from '../systems.ts'
import { sidesOf } from './taking-part.ts'

const COUNT = 500

async function idle({ side, server }: System) {
  const running = await startServer(server)
  const { port, pid } = running
  try {
    return await runClient(side, 'idle', { port, pid, count: COUNT })
  } finally {
    await running.stop()
  }
}

export const work: Work = {
  name: 'idle-lines',
  what: `${COUNT} lines, each in a place of its own, on which nothing happens.`,
  figures: [{ name: 'memory', unit: 'MiB of the server for 1,000 lines' }],
  ratios: [],
  rounds: 2,
  async open(): Promise<Opened> {
    const systems = [OURS, ...PEER_SYSTEMS]
    const notes = systems.map(describe)
    return { sides: sidesOf(systems, idle, notes), notes, close: async () => undefined }
  },
}
