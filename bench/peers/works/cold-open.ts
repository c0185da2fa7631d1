/** Work C: a device that has nothing opens a long record, while the server has it at hand. */
import type { Opened, Side, Work } from '../../lib/work.ts'
import { runClient, startFiller, startServer } from '../running.ts'
import { describe, OURS, PEER_SYSTEMS, type System } from '../systems.ts'
import { sidesOf } from './taking-part.ts'

const COUNT = 10_000
const BYTES = 350

interface Filled {
  readonly port: number
  readonly pid: number
  readonly token: string
  readonly close: () => Promise<void>
}

async function fill({ side, server }: System): Promise<Filled> {
  const running = await startServer(server)
  const { port, pid } = running
  try {
    const filler = await startFiller(side, { port, pid, count: COUNT, bytes: BYTES, window: 256 })
    const close = async () => {
      await filler.leave()
      await running.stop()
    }
    return { port, pid, token: filler.token, close }
  } catch (error) {
    await running.stop()
    throw error
  }
}

export const work: Work = {
  name: 'cold-open',
  what: 'A new Node process opens 10,000 texts of 350 bytes and can read all of them; modules are loaded beforehand.',
  figures: [{ name: 'time', unit: 'ms' }],
  ratios: [{ goal: 'P5b', figure: 'time', ours: 'ours', against: 'jazz', atMost: 0.8 }],
  rounds: 3,
  async open(): Promise<Opened> {
    const systems = [OURS, ...PEER_SYSTEMS].filter((one) => (one.part ?? 1) === 1)
    const notes = systems.map(describe)
    for (const { name } of PEER_SYSTEMS.filter((one) => (one.part ?? 1) < 1))
      notes.push(`${name} is not among them: it would take many minutes to fill`)
    const filled = new Map<System, Promise<Filled>>()
    const open = async (system: System) => {
      const known = filled.get(system) ?? fill(system)
      filled.set(system, known)
      const { port, pid, token } = await known
      return runClient(system.side, 'open', { port, pid, token, count: COUNT })
    }
    const sides: readonly Side[] = sidesOf(systems, open, notes)
    const close = async () => {
      for (const one of await Promise.allSettled(filled.values()))
        if (one.status === 'fulfilled') await one.value.close()
    }
    return { sides, notes, close }
  },
}
