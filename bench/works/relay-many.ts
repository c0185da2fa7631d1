/** Goal P12: many boxes at once, none of them starved. */
import { startChild } from '../lib/child.ts'
import type { Paced } from '../children/relay-load.ts'
import { startRelayProcess } from '../lib/relay-process.ts'
import type { Work } from '../lib/work.ts'

const BOXES = 5_000
const EVERY_MS = 10_000
const SECONDS = 10

const MANY = '5,000 boxes'
const ALONE = 'one box alone'

export const work: Work = {
  name: 'relay-many',
  what:
    `${BOXES} boxes with two devices each, one entry a box every ${EVERY_MS / 1000} s, against one box alone on another ` +
    'relay with 20 entries a second. From sending to the signed answer (ack) and to the other device (pass on); each durable.',
  figures: [
    { name: 'ack p99', unit: 'ms' },
    { name: 'ack p50', unit: 'ms' },
    { name: 'pass on p99', unit: 'ms' },
    { name: 'longest wait', unit: 'ms' },
    { name: 'boxes starved', unit: 'boxes' },
  ],
  ratios: [
    { goal: 'P12', figure: 'ack p99', ours: MANY, against: ALONE, atMost: 3 },
    { goal: 'P12', figure: 'pass on p99', ours: MANY, against: ALONE, atMost: 3 },
  ],
  rounds: 3,
  async open() {
    const sides = await Promise.all(
      [
        { name: MANY, count: BOXES, everyMs: EVERY_MS },
        { name: ALONE, count: 1, everyMs: 50 },
      ].map(async ({ name, count, everyMs }) => {
        const relay = await startRelayProcess()
        const load = startChild('relay-load')
        await load.call('openBoxes', { url: relay.url, count, readers: true })
        return {
          name,
          async turn() {
            const { ack, pass, starved } = await load.call<Paced>('appendPaced', { everyMs, seconds: SECONDS })
            return {
              'ack p99': ack.p99,
              'ack p50': ack.p50,
              'pass on p99': pass.p99,
              'longest wait': Math.max(ack.most, pass.most),
              'boxes starved': starved,
            }
          },
          async end() {
            await load.end()
            await relay.end()
          },
        }
      }),
    )
    return {
      sides,
      notes: [
        'Starved: a box that waited more than a second for one of its entries, or for ever.',
        `The ${BOXES * 2} lines stay open during both sides' turns; they come from one process over loopback, so two processes need as many open files.`,
      ],
      close: async () => void (await Promise.all(sides.map((side) => side.end()))),
    }
  },
}
