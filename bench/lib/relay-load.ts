/**
 * What loads a relay, run in a process of its own by `child.ts`. Each function keeps what it opened for the next call.
 * Latencies are from the moment an append is handed to the socket until its answer is read, in milliseconds.
 */
import { randomBytes } from 'node:crypto'
import type { Id } from '@alongside/base/codec.ts'
import { encodeDeviceFrame, encodeRelayFrame } from '@alongside/wire/messages.ts'
import { bodyAt, masked } from './raw-socket.ts'
import { foundBoxes, inTurn, openLine, type Line } from './relay-line.ts'

/** The smallest envelope, which holds up to about 500 bytes of text. */
export const ENVELOPE_BYTES = 590

const placed = { seqs: [1], hash: new Uint8Array(32), receipt: new Uint8Array(64) }
const APPENDED = encodeRelayFrame({ type: 'appended', request: 1, body: placed })[0]
const ARRIVED = encodeRelayFrame({
  type: 'arrived',
  request: 0,
  body: { firstSeq: 1, envelopes: [new Uint8Array(ENVELOPE_BYTES)] },
})[0]
const RANGE_END = encodeRelayFrame({ type: 'rangeEnd', request: 1, body: { next: 1, seq: 1 } })[0]

/** A masked `append` of so many envelopes that can be sent again and again, new each time. */
function appendTemplate(envelopes: number): () => Buffer {
  const body = { envelopes: Array.from({ length: envelopes }, () => new Uint8Array(randomBytes(ENVELOPE_BYTES))) }
  const template = masked(encodeDeviceFrame({ type: 'append', request: 1, body }))
  const first = bodyAt(template) + 5 + 2
  let made = randomBytes(4).readUInt32BE() * 65_536
  return () => {
    const frame = Buffer.from(template)
    for (let i = 0; i < envelopes; i++) frame.writeUIntBE(made++, first + i * (ENVELOPE_BYTES + 2) + 8, 6)
    return frame
  }
}

/** The value below which this share of the (sorted) values lies. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

export interface Latencies {
  readonly p50: number
  readonly p99: number
  readonly most: number
  readonly count: number
}

function latencies(values: readonly number[]): Latencies {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    most: sorted.at(-1) ?? Number.NaN,
    count: values.length,
  }
}

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

export { ARRIVED, RANGE_END }
