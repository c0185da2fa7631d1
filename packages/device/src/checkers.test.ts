import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import type { Checked, CheckJob } from '@alongside/record/check.ts'
import { decodeEntry } from '@alongside/record/entry.ts'
import { openEnvelope, sealEnvelope } from '@alongside/record/envelope.ts'
import { epochKeys } from '@alongside/record/epoch.ts'
import { openFold, type Fold, type FoldOptions, type Outcome } from '@alongside/record/fold.ts'
import { knownEntry } from '@alongside/record/known-entry.ts'
import type { Circle } from '@alongside/practice/define.ts'
import { systemRandom } from '@alongside/base/world.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveChecks } from './check-thread.ts'
import { openCheckers, type BeginChecker, type Checkers } from './checkers.ts'
import { law, type Unlawful } from './constitution.ts'
import { writeRecord, type LongRecord } from './testing/long-record.ts'

const SEED = Number(process.env['TEST_SEED'] ?? 20_261_121)

/** A thread in this one: what is sent is copied or handed over, as between threads. */
const inThisThread: BeginChecker = (on) => {
  const { port1, port2 } = new MessageChannel()
  const serve = serveChecks((checked, give) => port2.postMessage(checked, [...give]))
  port2.addEventListener('message', ({ data }) => serve(data))
  port1.addEventListener('message', ({ data }: MessageEvent<Checked | null>) => on.answered(data))
  for (const port of [port1, port2]) port.start()
  return {
    send: (job, give) => port1.postMessage(job, [...give]),
    end: () => port1.close(),
  }
}

const never = () => () => undefined

describe('threads that read ahead', () => {
  let record: LongRecord
  let checkers: Checkers

  beforeAll(async () => {
    record = await writeRecord(320, 4)
    checkers = openCheckers(inThisThread, never)
  })
  afterAll(() => checkers.end())

  const fold = (more: Partial<FoldOptions<Circle, Unlawful>> = {}, epochs = record.secrets.length) =>
    openFold({
      law,
      circleId: record.circleId,
      boxId: record.boxId,
      secrets: new Map(record.secrets.slice(0, epochs).map((secret, epoch) => [epoch, secret])),
      own: record.writers.slice(0, 1).map((one) => ({ id: one.deviceId, secretKey: one.device.kem.secretKey })),
      ...more,
    })

  const short = ({ seq, entry, verdict }: Outcome<Unlawful>) => [seq, entry?.id ?? null, JSON.stringify(verdict)]
  async function read(into: Fold<Circle, Unlawful>, envelopes: readonly Bytes[], piece: number) {
    const outcomes: Outcome<Unlawful>[] = []
    const pieces = Array.from({ length: Math.ceil(envelopes.length / piece) }, (_, i) =>
      envelopes.slice(i * piece, (i + 1) * piece),
    )
    await into.take(pieces, (some) => outcomes.push(...some))
    return [outcomes.map(short), toHex(into.digest()), toHex(into.view().head), into.view().alarms]
  }

  it('what they read is what the device reads itself, entry for entry, whoever meddled with the record', async () => {
    const whole = record.envelopes
    const meddling = fc.record({
      what: fc.constantFrom('drop', 'twice', 'swap', 'flip', 'junk', 'old'),
      at: fc.nat({ max: whole.length - 2 }),
      bit: fc.nat({ max: 4_000 }),
    })
    const spoil = (all: readonly Bytes[], { what, at, bit }: { what: string; at: number; bit: number }): Bytes[] => {
      const next = [...all]
      const one = next[at] as Bytes
      if (what === 'drop') next.splice(at, 1)
      else if (what === 'twice') next.splice(at + 1 + (bit % 90), 0, one)
      else if (what === 'swap') [next[at], next[at + 1]] = [next[at + 1] as Bytes, one]
      else if (what === 'junk') next[at] = new Uint8Array(bit)
      else if (what === 'old') next.splice(at, 0, whole[bit % 12] as Bytes)
      else {
        next[at] = one.slice()
        const byte = bit % one.length
        next[at][byte] = (one[byte] ?? 0) ^ 1
      }
      return next
    }
    const ways = fc.tuple(
      fc.array(meddling, { maxLength: 4 }),
      fc.integer({ min: 50, max: 400 }),
      fc.integer({ min: 1, max: record.secrets.length }),
    )
    await fc.assert(
      fc.asyncProperty(ways, async ([meddlings, piece, epochs]) => {
        const spoilt = meddlings.reduce(spoil, whole)
        const here = await read(fold({}, epochs), spoilt, spoilt.length)
        expect(await read(fold({ check: checkers.check }, epochs), spoilt, piece)).toEqual(here)
      }),
      { numRuns: 12, seed: SEED },
    )
  })

  it('a signature that is wrong, or by a device the circle does not have, is set aside all the same', async () => {
    const keys = epochKeys(record.circleId, 3, record.secrets[3] as Bytes)
    const bend = (envelope: Bytes): Bytes => {
      const entry = must(openEnvelope(keys, envelope)).slice()
      entry[entry.length - 1] = (entry.at(-1) ?? 0) ^ 1 // the signature is last
      return must(sealEnvelope(keys, entry, systemRandom))
    }
    const spoilt = record.envelopes.map((envelope, i) => (i === 200 ? bend(envelope) : envelope))
    const told: string[] = []
    const open = fold({ check: checkers.check })
    await open.take([spoilt], (some) => {
      for (const { seq, verdict } of some)
        if (seq > 199 && verdict.type === 'setAside') told.push(`${seq} ${verdict.reason.type}`)
    })
    expect(told[0]).toBe('201 BadSignature')
    expect(told[1]).toMatch(/Fork$/)
  })

  it('a thread that cannot start, or dies on the way, changes nothing but the time', async () => {
    const here = await read(fold(), record.envelopes, 320)
    const without = openCheckers(() => null, never)
    expect(await read(fold({ check: without.check }), record.envelopes, 320)).toEqual(here)
    let answers = 0
    const dying = openCheckers((on) => {
      const line = inThisThread({ ...on, answered: (checked) => (++answers > 2 ? on.ended() : on.answered(checked)) })
      return line
    }, never)
    expect(await read(fold({ check: dying.check }), record.envelopes, 320)).toEqual(here)
    expect(answers).toBeGreaterThan(2)
    dying.end()
  })

  it('are not begun for the few entries that came since a record was put down', async () => {
    let begun = 0
    const some = openCheckers((on) => {
      begun++
      return inThisThread(on)
    }, never)
    const before = fold()
    await before.push(record.envelopes.slice(0, 290))
    const rest = record.envelopes.slice(290)
    expect(await read(fold({ check: some.check, saved: before.save() }), rest, 256)).toEqual(
      await read(before, rest, 256),
    )
    expect(begun).toBe(0)
    some.end()
  })

  it('end when there was nothing to read for a while, and begin again when there is', async () => {
    let begun = 0
    const timers = new Set<() => void>()
    const some = openCheckers(
      (on) => {
        begun++
        return inThisThread(on)
      },
      (_ms, run) => {
        timers.add(run)
        return () => timers.delete(run)
      },
    )
    await read(fold({ check: some.check }), record.envelopes, 320)
    expect([begun, timers.size]).toEqual([2, 1])
    for (const run of timers) run()
    await read(fold({ check: some.check }), record.envelopes, 320)
    expect(begun).toBe(4)
    some.end()
    expect(timers.size).toBe(0)
  })

  it('a circle that was shown in the middle of reading stays as it was shown', async () => {
    const open = fold()
    const shown: { readonly state: Circle; readonly was: string }[] = []
    await open.take([record.envelopes], () => {
      const { state } = shown.length % 2 === 0 ? open.view() : open.peek([]).view
      shown.push({ state, was: JSON.stringify(state) })
    })
    expect(shown.length).toBeGreaterThan(5)
    for (const { state, was } of shown) expect(JSON.stringify(state) === was).toBe(true)
  })

  it('an entry that was decoded elsewhere reads the same', () => {
    for (const [i, envelope] of record.envelopes.entries()) {
      const epoch = envelope[5] ?? 0
      const keys = epochKeys(record.circleId, epoch, record.secrets[epoch] as Bytes)
      const entry = must(decodeEntry(must(openEnvelope(keys, envelope))), `entry ${i}`)
      expect(knownEntry(entry.bytes, entry.hash)).toEqual(entry)
    }
  })

  it('a job that breaks a thread, or a platform that refuses one, leaves the reading to the device itself', async () => {
    const job = { envelopes: new Uint8Array(), sizes: new Uint32Array() } as unknown as CheckJob
    const broken = openCheckers(inThisThread, never)
    expect(await broken.check(job)).toBeNull()
    expect(await broken.check(job)).toBeNull()
    const refused = openCheckers(() => {
      throw new Error('no threads today')
    }, never)
    expect(await refused.check(job)).toBeNull()
  })
})
