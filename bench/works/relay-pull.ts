/** Goal P13: whoever reads a long record does not hold up those who write. */
import { startChild } from '../lib/child.ts'
import type { Appended, Paced } from '../children/relay-load.ts'
import { startRelayProcess } from '../lib/relay-process.ts'
import type { Figures, Work } from '../lib/work.ts'

const WRITERS = 50
const EVERY_MS = 100
const LONG = 50_048
const SECONDS = 5

const BESIDE = '50 writing beside a reader'
const ALONE = '50 writing alone'

export const work: Work = {
  name: 'relay-pull',
  what:
    `${WRITERS} boxes write ten entries a second each, while one device of another box reads ${LONG} entries of 590 bytes ` +
    'from start to end, over and over, against the same without the reader. From sending to the signed, durable answer.',
  figures: [
    { name: 'ack p99', unit: 'ms' },
    { name: 'ack p50', unit: 'ms' },
    { name: 'longest wait', unit: 'ms' },
    { name: 'read', unit: 'entries per s' },
  ],
  ratios: [{ goal: 'P13', figure: 'ack p99', ours: BESIDE, against: ALONE, atMost: 1.5 }],
  async open() {
    const relay = await startRelayProcess()
    const filler = startChild('relay-load')
    await filler.call('openBoxes', { url: relay.url, count: 1, readers: false })
    await filler.call<Appended>('appendAll', { entries: LONG, perAppend: 64, atOnce: 4 })
    const boxId = await filler.call<string>('firstBox', null)
    await filler.end()
    const load = startChild('relay-load')
    await load.call('openBoxes', { url: relay.url, count: WRITERS, readers: false })
    const reader = startChild('relay-pull')
    const write = async (): Promise<Figures> => {
      const { ack } = await load.call<Paced>('appendPaced', { everyMs: EVERY_MS, seconds: SECONDS })
      return { 'ack p99': ack.p99, 'ack p50': ack.p50, 'longest wait': ack.most }
    }
    return {
      sides: [
        {
          name: BESIDE,
          async turn() {
            await reader.call('startPulling', { url: relay.url, boxId })
            const written = await write()
            const { entriesPerSecond } = await reader.call<{ entriesPerSecond: number }>('stopPulling', null)
            return { ...written, read: entriesPerSecond }
          },
        },
        { name: ALONE, turn: write },
      ],
      notes: ['Relay, writers and reader are three processes on the same cores.'],
      async close() {
        await load.end()
        await reader.end()
        await relay.end()
      },
    }
  },
}
