import { systemRandom, type Random } from '@alongside/base/world.ts'
import { describe, expect, it } from 'vitest'
import { startAlongside } from './start.ts'
import { memoryStore, type Disk } from './store/memory.ts'
import { TestNet, TestTime, WEAK_ARGON } from './testing/world.ts'

const setting = { origin: 'http://127.0.0.1', persisted: () => false }

function worldWith(random: Random, disk: Disk) {
  const time = new TestTime()
  const clock = { now: () => time.ms }
  return { store: memoryStore(disk), net: new TestNet(), clock, random, argon: WEAK_ARGON, schedule: time.schedule }
}

describe('starting a device', () => {
  it('ADV-52 is refused where chance repeats itself, before anything is kept', () => {
    const disk: Disk = new Map()
    const stuck: Random = { bytes: (size) => new Uint8Array(size).fill(9) }
    expect(startAlongside(worldWith(stuck, disk), setting)).toEqual({
      ok: false,
      error: { type: 'RandomFailed', why: 'repeats' },
    })
    expect(disk.size).toBe(0)
  })

  it('gives the device where chance is chance', async () => {
    const started = startAlongside(worldWith(systemRandom, new Map()), setting)
    if (!started.ok) throw new Error('did not start')
    const seen: string[] = []
    await started.value.watch((view) => seen.push(view.type))
    expect(seen).toEqual(['empty'])
  })
})
