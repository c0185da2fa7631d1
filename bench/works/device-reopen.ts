/** A device opens a circle it had open before: what it put down itself, beside the least that reading it could cost. */
import { systemRandom } from '@alongside/base/world.ts'
import { must } from '@alongside/base/result.ts'
import { openCircle } from '@alongside/device/circle/circle.ts'
import { readPutDown } from '@alongside/device/circle/put-down.ts'
import { foldArea } from '@alongside/device/circle/rows.ts'
import { noExtras, viewOf } from '@alongside/device/circle/view.ts'
import { law } from '@alongside/device/constitution.ts'
import { openCheckers } from '@alongside/device/checkers.ts'
import { memoryStore, type Disk } from '@alongside/device/store/memory.ts'
import { layDown, metaOf, worldOn } from '@alongside/device/testing/long-circle.ts'
import { writeRecord } from '@alongside/device/testing/long-record.ts'
import { chainNext, chainStart, envelopeHash } from '@alongside/record/chain.ts'
import { idBytes } from '@alongside/record/entry.ts'
import { openFold } from '@alongside/record/fold.ts'
import { circleName } from '@alongside/record/keys.ts'
import { beginNodeChecker } from '../lib/checker-node.ts'
import type { Work } from '../lib/work.ts'

const ENTRIES = 10_000
const BUILD = 'bench'

export const work: Work = {
  name: 'device-reopen',
  what:
    'Opens a circle of 10,000 entries that this device had open before, from its sealed store (in memory) to the view of Today; ' +
    'stretching the passphrase is left out. Raw: reads, decrypts and parses what was put down, as JSON, and nothing else. ' +
    'Judging: the same store without it, all entries checked again on two threads. ' +
    'Confirming: what a snapshot of somebody else’s would cost besides, its digest and the chain under it.',
  figures: [{ name: 'time', unit: 'ms' }],
  ratios: [
    { goal: 'P6', figure: 'time', ours: 'ours', against: 'raw', atMost: 1.5 },
    { goal: 'P6', figure: 'time', ours: 'ours', against: 'judging', atMost: 0.1 },
    { goal: 'P8', figure: 'time', ours: 'ours', against: 'confirming', atMost: 0.5 },
  ],
  rounds: 7,
  open: async () => {
    const record = await writeRecord(ENTRIES)
    const meta = metaOf(record)
    const name = circleName(record.circleId)
    const lockKey = systemRandom.bytes(32)
    const disk: Disk = new Map()
    const checkers = openCheckers(beginNodeChecker, () => () => undefined)
    const world = worldOn(memoryStore(disk), lockKey, { build: BUILD, check: checkers.check })
    const judging = worldOn(memoryStore(disk), lockKey, { check: checkers.check })
    await layDown(world.store, meta, record.envelopes)
    must(await openCircle(meta, world)) // puts it down
    const row = must(await world.store.get(foldArea(name), 'fold'))
    const timed = async (work: () => Promise<unknown>) => {
      const began = performance.now()
      await work()
      return { time: performance.now() - began }
    }
    const openWith = async (through: typeof world) => {
      const circle = must(await openCircle(meta, through))
      const view = viewOf(circle, noExtras)
      if (view.sync.head !== ENTRIES) throw new Error(`opened ${view.sync.head} entries`)
    }
    return {
      sides: [
        { name: 'ours', turn: () => timed(() => openWith(world)) },
        {
          name: 'raw',
          turn: () =>
            timed(async () => {
              const stored = must(await world.store.get(foldArea(name), 'fold'))
              if (stored === null) throw new Error('nothing was put down')
              const end = 4 + new DataView(stored.buffer, stored.byteOffset).getUint32(0)
              return JSON.parse(new TextDecoder().decode(stored.subarray(4, end))) as unknown
            }),
        },
        { name: 'judging', turn: () => timed(() => openWith(judging)) },
        {
          name: 'confirming',
          turn: () =>
            timed(async () => {
              const stored = must(await world.store.get(foldArea(name), 'fold'))
              const found = stored === null ? null : readPutDown(stored, BUILD)
              if (found === null) throw new Error('nothing was put down')
              const { circleId, boxId, envelopes } = record
              openFold({ law, circleId, boxId, secrets: new Map(), own: [], saved: found.saved }).digest()
              let head = chainStart(idBytes(boxId))
              for (const [i, envelope] of envelopes.entries()) head = chainNext(head, i + 1, envelopeHash(envelope))
            }),
        },
      ],
      notes: [`put down: ${row?.length ?? 0} bytes, for ${record.bytes} bytes of envelopes`],
      close: async () => checkers.end(),
    }
  },
}
