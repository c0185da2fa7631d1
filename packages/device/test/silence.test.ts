/**
 * Silence is safe: what the relay, and the other side, can see of a meeting's aftermath is the same whether the person did
 * not answer, skipped everything, or answered and kept it private. Three kinds of windows take turns between the same two
 * devices over a real relay, and every message on both lines is written down: sizes, counts and order must be the same,
 * and the moments at which the item leaves must come from one distribution.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { noAnswers, type CheckInAnswers } from '@alongside/practice/check-in/answers.ts'
import { sealedItem } from '@alongside/practice/check-in/state.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { ENVELOPE_SIZES } from '@alongside/record/envelope.ts'
import { circleOf, close, inStep, metBy, type Meeting } from '../src/testing/meet.ts'
import { someId } from '../src/testing/pair.ts'
import { until } from '../src/testing/world.ts'
import { rankTest } from './rank-test.ts'

const WINDOWS = Number(process.env['SILENCE_WINDOWS'] ?? 24)

const everything: CheckInAnswers = {
  ...noAnswers,
  oneStep: 'own',
  oneStepWords: 'Turn the screen to me, please. '.repeat(9),
  items: { worth: 0, voice: 1, open: 2, choice: 3, free: 4 },
  line: 'It was loud, and I said yes to make it stop. '.repeat(13),
  power: 'The form. '.repeat(30),
}

type Kind = 'not answered' | 'skipped' | 'kept private'
const ANSWERS: Readonly<Record<Kind, CheckInAnswers | null>> = {
  'not answered': null,
  skipped: noAnswers,
  'kept private': everything,
}
const KINDS = Object.keys(ANSWERS) as readonly Kind[]

interface Frame {
  readonly line: 'amal' | 'bea'
  readonly way: 'to relay' | 'from relay'
  readonly size: number
  readonly at: number
}

let relay: TestRelay
let meeting: Meeting
let frames: Frame[]

beforeEach(async () => {
  relay = await startTestRelay()
  meeting = await metBy(relay)
  frames = []
  for (const line of ['amal', 'bea'] as const) {
    const { net } = meeting[line].world
    const tap = (way: Frame['way']) => (bytes: Bytes) => {
      frames.push({ line, way, size: bytes.length, at: performance.now() })
      return bytes
    }
    net.toRelay = tap('to relay')
    net.fromRelay = tap('from relay')
  }
})
afterEach(async () => {
  await close(meeting)
  await relay.remove()
})

/** Bea marks a meeting met; that ends the window of the one before. Resolves when both have everything. */
async function meet(encounter: string): Promise<void> {
  const planned = { type: 'EncounterPlanned', encounter, day: null, time: null, place: '', way: 'visit' } as const
  must(await meeting.bea.api.act(circleOf(meeting.bea).id, [planned, { type: 'EncounterMet', encounter }]))
  await inStep(meeting)
}

const itemIsHere = (encounter: string): boolean =>
  sealedItem(circleOf(meeting.bea).state, encounter, circleOf(meeting.amal).me) !== null

/** One window from its meeting to its end, as the lines saw it. */
async function windowOf(kind: Kind, encounter: string, next: string) {
  const answers = ANSWERS[kind]
  frames = []
  if (answers !== null) must(await meeting.amal.api.sealCheckIn(circleOf(meeting.amal).id, encounter, answers))
  await inStep(meeting)
  const before = frames.length
  await meet(next)
  await until(meeting.time, 'the item is there', () => itemIsHere(encounter))
  await inStep(meeting)
  const [told, left] = [
    frames.find((one, at) => at >= before && one.line === 'amal' && one.way === 'from relay'),
    frames.findLast((one) => one.line === 'amal' && one.way === 'to relay' && one.size > 4_096),
  ]
  return {
    beforeTheEnd: before,
    amal: frames.filter((one) => one.line === 'amal').map((one) => `${one.way} ${one.size}`),
    bea: frames.filter((one) => one.line === 'bea').map((one) => `${one.way} ${one.size}`),
    delay: (left?.at ?? Number.NaN) - (told?.at ?? Number.NaN),
  }
}

describe('silence', () => {
  it('not answered, skipped and kept private: the same sizes, counts and order on both lines, and one distribution of moments', async () => {
    const seen = new Map(KINDS.map((kind) => [kind, [] as Awaited<ReturnType<typeof windowOf>>[]]))
    await meet(someId(1_000))
    // kinds take turns, so that a slow moment of the machine falls on all of them alike
    for (let i = 0; i < WINDOWS * KINDS.length; i++) {
      const kind = KINDS[i % KINDS.length] as Kind
      seen.get(kind)?.push(await windowOf(kind, someId(1_000 + i), someId(1_001 + i)))
    }
    const [silent = [], ...others] = KINDS.map((kind) => seen.get(kind))
    expect(silent).toHaveLength(WINDOWS)
    for (const one of silent) {
      expect(one.beforeTheEnd, 'nothing leaves while the window is open').toBe(0)
      expect(one.delay).toBeGreaterThan(0)
    }
    for (const other of others) {
      expect(other?.map(({ amal }) => amal)).toEqual(silent.map(({ amal }) => amal))
      expect(other?.map(({ bea }) => bea)).toEqual(silent.map(({ bea }) => bea))
      expect(other?.map(({ beforeTheEnd }) => beforeTheEnd)).toEqual(silent.map(({ beforeTheEnd }) => beforeTheEnd))
      const { p } = rankTest(
        silent.map(({ delay }) => delay),
        (other ?? []).map(({ delay }) => delay),
      )
      // were the two alike, a smaller number would come up once in ten thousand runs
      expect(p).toBeGreaterThan(0.0001)
    }
  })

  it('the rank test tells two distributions apart that differ, so that it could fail', () => {
    const some = Array.from({ length: 24 }, (_, i) => (i * 7) % 24)
    expect(rankTest(some, some).p).toBeGreaterThan(0.9)
    expect(
      rankTest(
        some,
        some.map((value) => value + 20),
      ).p,
    ).toBeLessThan(0.0001)
  })

  it('an answer that is shown leaves at once as two entries, its item of the one size there is, and nothing is left for the end', async () => {
    const [first, next, last] = [someId(1), someId(2), someId(3)]
    await meet(first)
    const quiet = await windowOf('not answered', first, next)
    frames = []
    must(await meeting.amal.api.sealCheckIn(circleOf(meeting.amal).id, next, everything))
    expect(frames).toEqual([])
    must(await meeting.amal.api.showCheckIn(circleOf(meeting.amal).id, next, 'answers'))
    await until(meeting.time, 'the item is there', () => itemIsHere(next))
    await inStep(meeting)
    const leaving = frames.filter((one) => one.line === 'amal' && one.way === 'to relay').map((one) => one.size)
    const quietItem = Math.max(...quiet.amal.filter((one) => one.startsWith('to')).map((one) => Number(one.slice(9))))
    // one message with both: the item, of the one size, and what opens it, in an envelope of a common size
    const both = leaving.filter((size) => size >= quietItem)
    expect(both).toHaveLength(1)
    expect(ENVELOPE_SIZES.some((size) => Math.abs((both[0] ?? 0) - quietItem - size) <= 64)).toBe(true)
    frames = []
    await meet(last)
    expect(frames.filter((one) => one.line === 'amal' && one.way === 'to relay' && one.size >= quietItem)).toEqual([])
  })
})
