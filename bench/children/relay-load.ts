/**
 * What loads a relay, run in a process of its own by `child.ts`. Each function keeps what it opened for the next call.
 * Latencies are from the moment an append is handed to the socket until its answer is read, in milliseconds.
 */
import type { Id } from '@alongside/base/codec.ts'
import { APPENDED, appendTemplate, ARRIVED } from '../lib/append-frames.ts'
import { latencies, type Latencies } from '../lib/latencies.ts'
import { foundBoxes, inTurn, openLine, type Line } from '../lib/relay-line.ts'

interface Box {
  readonly boxId: Id
  readonly writer: Line
  readonly reader: Line | null
}

let boxes: readonly Box[] = []

/** Founds so many boxes and connects a writer to each, and a reader that follows it when wanted. */
export async function openBoxes({
  url,
  count,
  readers,
}: {
  url: string
  count: number
  readers: boolean
}): Promise<void> {
  const ids = await foundBoxes(url, count)
  boxes = await inTurn(count, 50, async (index) => {
    const boxId = ids[index] as Id
    return {
      boxId,
      writer: await openLine(url, boxId),
      reader: readers ? await openLine(url, boxId, true) : null,
    }
  })
}

export interface Appended extends Latencies {
  readonly entriesPerSecond: number
  readonly seconds: number
  readonly bytesPerEntry: number
}

/** Each box writes so many entries, so many an append, with so many appends unanswered, as fast as it goes. */
export async function appendAll(wish: { entries: number; perAppend: number; atOnce: number }): Promise<Appended> {
  const { entries, perAppend, atOnce } = wish
  const took: number[] = []
  const appends = entries / perAppend
  const moved = () => boxes.reduce((sum, { writer }) => sum + writer.moved().sent + writer.moved().received, 0)
  const before = moved()
  const start = performance.now()
  await Promise.all(
    boxes.map(({ writer }) => {
      const next = appendTemplate(perAppend)
      const sentAt: number[] = []
      let sent = 0
      let answered = 0
      const send = () => {
        sent += 1
        sentAt.push(performance.now())
        writer.sendMasked(next())
      }
      return new Promise<void>((resolve, reject) => {
        writer.heard = (message) => {
          if (message[0] !== APPENDED) return reject(new Error(`an append was answered with kind ${message[0]}`))
          took.push(performance.now() - (sentAt[answered++] as number))
          if (answered === appends) resolve()
          else if (sent < appends) send()
        }
        void writer.closed.then(() => reject(new Error('the relay closed a line')))
        for (let i = 0; i < Math.min(atOnce, appends); i++) send()
      })
    }),
  )
  const seconds = (performance.now() - start) / 1000
  const written = boxes.length * entries
  return {
    ...latencies(took),
    seconds,
    entriesPerSecond: written / seconds,
    bytesPerEntry: (moved() - before) / written,
  }
}

/** The last position of each box, as the relay says it; so that a turn can show that everything it counts is there. */
export async function heads(): Promise<readonly number[]> {
  return Promise.all(
    boxes.map(async ({ writer }) => {
      const answer = writer.next('headIs')
      writer.send({ type: 'head', request: 2, body: {} })
      return (await answer).body.seq
    }),
  )
}

/** Closes all lines. */
export async function closeBoxes(): Promise<void> {
  const lines = boxes.flatMap(({ writer, reader }) => (reader === null ? [writer] : [writer, reader]))
  boxes = []
  for (const line of lines) line.close()
  await Promise.all(lines.map((line) => line.closed))
}

export interface Paced {
  /** From sending an entry to reading its receipt. */
  readonly ack: Latencies
  /** From sending an entry to reading it on the box's other line; count 0 where there is none. */
  readonly pass: Latencies
  /** Boxes that had to wait more than a second for an entry, or never got an answer. */
  readonly starved: number
}

const STARVED_MS = 1_000

/** Each box writes an entry every so many milliseconds, the boxes evenly after one another, for so many seconds. */
export async function appendPaced({ everyMs, seconds }: { everyMs: number; seconds: number }): Promise<Paced> {
  const acks: number[] = []
  const passes: number[] = []
  const slowest = boxes.map(() => 0)
  const sentAt = boxes.map((): number[] => [])
  const heard = boxes.map(() => ({ acked: 0, passed: 0 }))
  const next = appendTemplate(1)
  const took = (index: number, from: number, list: number[]): void => {
    const ms = performance.now() - (sentAt[index]?.[from] as number)
    list.push(ms)
    slowest[index] = Math.max(slowest[index] as number, ms)
  }
  boxes.forEach(({ writer, reader }, index) => {
    const count = heard[index] as { acked: number; passed: number }
    writer.heard = (message) => {
      if (message[0] === APPENDED) took(index, count.acked++, acks)
    }
    if (reader !== null)
      reader.heard = (message) => {
        if (message[0] === ARRIVED) took(index, count.passed++, passes)
      }
  })
  const total = Math.floor((seconds * 1000 * boxes.length) / everyMs)
  const step = everyMs / boxes.length
  const start = performance.now()
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor((performance.now() - start) / step) + 1)
    for (; sent < due; sent++) {
      const index = sent % boxes.length
      sentAt[index]?.push(performance.now())
      boxes[index]?.writer.sendMasked(next())
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const wanted = total * (boxes[0]?.reader === null ? 1 : 2)
  for (let i = 0; i < 500 && acks.length + passes.length < wanted; i++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  const starved = boxes.filter(({ reader }, index) => {
    const { acked, passed } = heard[index] as { acked: number; passed: number }
    const sent = sentAt[index]?.length ?? 0
    return acked < sent || (reader !== null && passed < sent) || (slowest[index] as number) > STARVED_MS
  }).length
  return { ack: latencies(acks), pass: latencies(passes), starved }
}

/** The box opened first. */
export const firstBox = (): Id => (boxes[0] as Box).boxId
