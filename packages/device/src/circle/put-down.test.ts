import { must } from '@alongside/base/result.ts'
import { systemRandom } from '@alongside/base/world.ts'
import { toHex } from '@alongside/base/bytes.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { faultyStore, type Fault } from '../store/faults.ts'
import { memoryStore, type Disk } from '../store/memory.ts'
import type { Store } from '../store/port.ts'
import { layDown, metaOf, worldOn } from '../testing/long-circle.ts'
import { writeRecord, type LongRecord } from '../testing/long-record.ts'
import { PASS, deviceIn, someId } from '../testing/pair.ts'
import { testWorld, TestTime } from '../testing/world.ts'
import { openCircle, type CircleOnDevice } from './circle.ts'
import { foldFor } from './held.ts'
import { putDownWrite, readPutDown } from './put-down.ts'

const BUILD = 'this build'

/** Counts what is read, by key. */
function counted(store: Store): { readonly store: Store; readonly reads: string[] } {
  const reads: string[] = []
  const get: Store['get'] = (key) => {
    reads.push(key)
    return store.get(key)
  }
  return { store: { ...store, get }, reads }
}

describe('a record that was judged', () => {
  let record: LongRecord
  const lockKey = systemRandom.bytes(32)

  beforeAll(async () => {
    record = await writeRecord(900, 3)
  })

  const open = async (disk: Disk, build: string | null, wrap = (store: Store) => store) =>
    must(await openCircle(metaOf(record), worldOn(wrap(memoryStore(disk)), lockKey, { build })))

  async function laid(envelopes = record.envelopes): Promise<Disk> {
    const disk: Disk = new Map()
    await layDown(worldOn(memoryStore(disk), lockKey).store, metaOf(record), envelopes, 70)
    return disk
  }

  const all = (circle: CircleOnDevice) => {
    const { confirmed, state, outcomes, phase, meta } = circle.now()
    const { seq, head, alarms, epoch, capIndex, stopped } = confirmed
    const authors = record.writers.map((one) => confirmed.author(one.deviceId))
    return { seq, head: toHex(head), alarms, epoch, capIndex, stopped, authors, state, outcomes, phase, meta }
  }

  it('is taken up again as it was, without reading or judging what it covers', async () => {
    const disk = await laid()
    const judged = await open(disk, null)
    const first = await open(disk, BUILD)
    expect(all(first)).toEqual(all(judged))
    let reads: string[] = []
    const again = await open(disk, BUILD, (store) => {
      const counting = counted(store)
      reads = counting.reads
      return counting.store
    })
    expect(all(again)).toEqual(all(judged))
    expect(again.secrets()).toEqual(judged.secrets())
    // the row, then the pieces of the last segment, once to compare and once to go on; never the three full ones before
    expect(reads.length).toBeLessThan(12)
    expect(must(await again.history()).length).toBe(900)
    expect((await again.act([{ type: 'NameChosen', name: 'Amal B', language: 'en' }])).ok).toBe(true)
    expect(again.state().people.members[again.me]?.name).toBe('Amal B')
  })

  it('is not taken up by another build, nor when its row was damaged, and is then judged and put down anew', async () => {
    const disk = await laid()
    const judged = all(await open(disk, BUILD))
    expect(all(await open(disk, 'another build'))).toEqual(judged)
    const before = new Map(disk)
    for (const [key, value] of before) {
      if (value.length < 10_000) continue
      const largest = [...before.values()].every((one) => one.length <= value.length)
      if (!largest) continue
      const bent = value.slice()
      bent[5_000] = (bent[5_000] ?? 0) ^ 1
      disk.set(key, bent)
    }
    expect([...disk].some(([key, value]) => before.get(key) !== value)).toBe(true)
    expect(all(await open(disk, 'another build'))).toEqual(judged)
    expect([...disk].some(([key, value]) => before.get(key) === value)).toBe(true)
  })

  it('reads for the build that put it down and for no other, nor cut short', async () => {
    const judged = foldFor(metaOf(record), () => Promise.resolve(null))
    await judged.push(record.envelopes.slice(0, 50))
    const { value } = putDownWrite('circle', BUILD, { saved: judged.save(), recent: [] })
    if (value === null) throw new Error('something is written')
    const again = readPutDown(value, BUILD)
    expect(again?.saved).toEqual(judged.save())
    expect(readPutDown(value, 'another build')).toBeNull()
    for (const size of [0, 3, 4, 1_000]) expect(readPutDown(value.subarray(0, size), BUILD)).toBeNull()
  })

  it('is judged again when the log is shorter than what was put down, or another', async () => {
    const disk = await laid()
    await open(disk, BUILD)
    const short = await laid(record.envelopes.slice(0, 700))
    const other = await laid([...record.envelopes.slice(0, 899), record.envelopes[3] ?? new Uint8Array()])
    for (const older of [short, other]) {
      const known = new Set(older.keys())
      // what was put down lies in the one row that only the whole one has, and in none of the log's
      const mixed: Disk = new Map([
        ...older,
        ...[...disk].filter(([key, value]) => !known.has(key) && value.length > 90_000),
      ])
      expect(mixed.size).toBe(older.size + 1)
      expect(all(await open(mixed, BUILD))).toEqual(all(await open(older, null)))
    }
  })

  it('lets nothing be missing when a piece of the log is gone', async () => {
    const disk = await laid()
    await open(disk, BUILD)
    const sizes = [...disk].sort(([, a], [, b]) => b.length - a.length)
    const segment = sizes[1]?.[0] ?? ''
    disk.delete(segment)
    const opened = await openCircle(metaOf(record), worldOn(memoryStore(disk), lockKey, { build: BUILD }))
    expect(opened).toEqual({ ok: false, error: { type: 'StorageRefused' } })
  })
})

describe('a device that stops at any write', () => {
  const notes = (from: number): PracticeEvent[] =>
    Array.from({ length: 100 }, (_, i) => ({
      type: 'PrivateNoteKept',
      note: someId(from + i),
      text: `note ${from + i}`,
      about: null,
    }))

  it('opens with everything it acknowledged and nothing else, wherever it was putting its record down', async () => {
    const time = new TestTime()
    const faults: Fault[] = ['diesBefore', 'diesAfter', 'full']
    for (const fault of faults)
      for (let nth = 1; nth <= 6; nth++) {
        const world = { ...testWorld(time), build: BUILD }
        const first = deviceIn(world)
        const core = must(await first.begin({ name: 'Amal', language: 'en', passphrase: PASS, side: 'practitioner' }))
        const empty = core.own.now().confirmed.seq
        await first.lock()
        const faulty = faultyStore(world.store, nth, fault)
        const second = deviceIn({ ...world, store: faulty })
        const opening = second.unlock(PASS)
        let said = 0
        const work = opening.then(async () => {
          const own = second.core()?.own
          for (const from of [0, 100, 200, 300]) if ((await own?.act(notes(from)))?.ok === true) said++
          await second.lock()
        })
        await Promise.race([work, died(faulty.dead)])
        const third = deviceIn({ ...world, build: BUILD })
        must(await third.unlock(PASS))
        const own = third.core()?.own.now()
        const kept = Object.keys(own?.state.own.notes ?? {}).length
        expect([said * 100, said * 100 + 100]).toContain(kept)
        expect(own?.confirmed.seq).toBe(empty + kept)
        await third.lock()
      }
  })
})

async function died(isDead: () => boolean): Promise<void> {
  while (!isDead()) await new Promise((resolve) => setImmediate(resolve))
}
