/** Things said on a device, until they are durable there, beside signing, sealing and one write. */
import { toHex } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { systemRandom } from '@alongside/base/world.ts'
import { openCircle, type CircleOnDevice } from '@alongside/device/circle/circle.ts'
import { entryPartsOf } from '@alongside/device/constitution.ts'
import { memoryStore, type Disk } from '@alongside/device/store/memory.ts'
import { layDown, metaOf, worldOn } from '@alongside/device/testing/long-circle.ts'
import { writeRecord } from '@alongside/device/testing/long-record.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { signEntry } from '@alongside/record/entry.ts'
import { sealEnvelope } from '@alongside/record/envelope.ts'
import { epochKeys } from '@alongside/record/epoch.ts'
import type { Work } from '../lib/work.ts'

const LENGTHS = [10, 10_000]
const SAID = 50
const BUILD = 'bench'
const nameOf = (length: number): string => `ours, after ${length.toLocaleString('en')} entries`

let spoken = 0
function note(writer: string): PracticeEvent {
  const text = `${++spoken} ${'we talked about the letter and what helps '.repeat(8)}`
  return {
    type: 'BlockOffered',
    encounter: null,
    block: toHex(systemRandom.bytes(16)),
    kind: 'shared',
    text,
    language: 'en',
    spans: [{ member: writer, length: text.length }],
    replaces: null,
    readBy: null,
  }
}

export const work: Work = {
  name: 'device-write',
  what:
    `Says ${SAID} notes of 350 letters one after another in a shared circle, each waiting in the outbox behind those before, in a record of 10 and of 10,000 ` +
    'entries; each is judged, signed, sealed and written to the sealed store (in memory) before the next. Raw: sign, seal, one sealed write.',
  figures: [{ name: 'time', unit: 'ms a note' }],
  ratios: LENGTHS.map((length) => ({ goal: '–', figure: 'time', ours: nameOf(length), against: 'raw' })),
  open: async () => {
    const circles = await Promise.all(
      LENGTHS.map(async (length) => {
        const record = await writeRecord(length)
        const lockKey = systemRandom.bytes(32)
        const disk: Disk = new Map()
        const meta = metaOf(record)
        const world = () => worldOn(memoryStore(new Map(disk)), lockKey, { build: BUILD })
        await layDown(worldOn(memoryStore(disk), lockKey).store, meta, record.envelopes)
        must(await openCircle(meta, worldOn(memoryStore(disk), lockKey, { build: BUILD })))
        return { length, record, open: async (): Promise<CircleOnDevice> => must(await openCircle(meta, world())) }
      }),
    )
    const [first] = circles
    if (first === undefined) throw new Error('bug: nothing to write in')
    const { record } = first
    const keys = epochKeys(record.circleId, 1, record.secrets[1] ?? new Uint8Array(32))
    const world = worldOn(memoryStore(), systemRandom.bytes(32))
    return {
      sides: [
        ...circles.map(({ length, open }) => ({
          name: nameOf(length),
          turn: async () => {
            const circle = await open()
            const began = performance.now()
            for (let i = 0; i < SAID; i++) must(await circle.act([note(circle.me)]))
            return { time: (performance.now() - began) / SAID }
          },
        })),
        {
          name: 'raw',
          turn: async () => {
            const writer = record.writers[0]
            if (writer === undefined) throw new Error('bug: nobody wrote')
            const began = performance.now()
            for (let i = 0; i < SAID; i++) {
              const entry = await signEntry(
                {
                  rules: 1,
                  circleId: record.circleId,
                  deviceId: writer.deviceId,
                  ctr: i + 1,
                  prev: writer.last.hash,
                  seenSeq: record.envelopes.length,
                  seenHead: writer.last.hash,
                  t: 3_400_000,
                  ...entryPartsOf(note(writer.memberId)),
                },
                writer.device.signing.secretKey,
              )
              const value = must(sealEnvelope(keys, entry.bytes, systemRandom))
              must(await world.store.write([{ area: 'out', name: String(i), value }]))
            }
            return { time: (performance.now() - began) / SAID }
          },
        },
      ],
      notes: [],
      close: async () => undefined,
    }
  },
}
