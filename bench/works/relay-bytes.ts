/** Goal P9: bytes on the wire and at rest for each entry kept. */
import { startChild } from '../lib/child.ts'
import type { Appended } from '../children/relay-load.ts'
import { ENVELOPE_BYTES } from '../lib/append-frames.ts'
import { startRelayProcess } from '../lib/relay-process.ts'
import type { Figures, Work } from '../lib/work.ts'

const BOXES = 64
const ENTRIES = 512

const BURSTS = 'appends of 64'
const SINGLES = 'appends of 1'
const READING = 'read back'
const ENVELOPE = 'envelope'
const WIRE = 'bytes on the wire'
const REST = 'bytes at rest'

export const work: Work = {
  name: 'relay-bytes',
  what:
    `${BOXES} boxes of ${ENTRIES} entries that hold up to about 500 bytes each, in envelopes of ${ENVELOPE_BYTES}. On the ` +
    'wire: WebSocket bytes both ways, append and signed answer, without TLS and TCP. At rest: all files of a stopped relay.',
  figures: [
    { name: WIRE, unit: 'bytes' },
    { name: REST, unit: 'bytes' },
  ],
  ratios: [
    { goal: 'P9', figure: WIRE, ours: BURSTS, against: ENVELOPE, atMost: 1.05 },
    { goal: 'P9', figure: WIRE, ours: SINGLES, against: ENVELOPE, atMost: 1.05 },
    { goal: 'P9', figure: WIRE, ours: READING, against: ENVELOPE, atMost: 1.05 },
    { goal: 'P9', figure: REST, ours: BURSTS, against: ENVELOPE },
    { goal: 'P9', figure: REST, ours: SINGLES, against: ENVELOPE },
  ],
  rounds: 1,
  warmUp: false,
  async open() {
    const load = startChild('relay-load')
    const reader = startChild('relay-pull')
    let read: Figures = {}
    const turn = async (perAppend: number): Promise<Figures> => {
      const relay = await startRelayProcess()
      try {
        await load.call('openBoxes', { url: relay.url, count: BOXES, readers: false })
        const { bytesPerEntry } = await load.call<Appended>('appendAll', { entries: ENTRIES, perAppend, atOnce: 2 })
        const boxId = await load.call<string>('firstBox', null)
        await reader.call('startPulling', { url: relay.url, boxId })
        read = { [WIRE]: (await reader.call<{ bytesPerEntry: number }>('stopPulling', null)).bytesPerEntry }
        await load.call('closeBoxes', null)
        await relay.stop()
        return { [WIRE]: bytesPerEntry, [REST]: relay.bytesAtRest() / (BOXES * ENTRIES) }
      } finally {
        await relay.end()
      }
    }
    return {
      sides: [
        { name: BURSTS, turn: () => turn(64) },
        { name: SINGLES, turn: () => turn(1) },
        { name: READING, turn: async () => read },
        { name: ENVELOPE, turn: async () => ({ [WIRE]: ENVELOPE_BYTES, [REST]: ENVELOPE_BYTES }) },
      ],
      notes: ['An answer is 32 bytes of chain hash, a signature of 64, a position, and 5 + 2 bytes of frame.'],
      async close() {
        await load.end()
        await reader.end()
      },
    }
  },
}
