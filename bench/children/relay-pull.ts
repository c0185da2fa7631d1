/** A device that reads a long box from its start to its end, run in a process of its own by `child.ts`. */
import type { Id } from '@alongside/base/codec.ts'
import { must } from '@alongside/base/result.ts'
import { MAX_RANGE } from '@alongside/wire/limits.ts'
import { decodeRelayFrame } from '@alongside/wire/messages.ts'
import { RANGE_END } from '../lib/append-frames.ts'
import { openLine, type Line } from '../lib/relay-line.ts'

let pulling: Line | null = null
let isStopping = false
let pulled = { entries: 0, bytes: 0, startedAt: 0 }

/** One device reads the first box from its start to its end, over and over, until `stopPulling` is called. */
export async function startPulling({ url, boxId }: { url: string; boxId: Id }): Promise<void> {
  const line = await openLine(url, boxId, true)
  let from = 1
  let isLast = false
  const ask = () => line.send({ type: 'range', request: 1, body: { from, limit: MAX_RANGE } })
  line.heard = (message) => {
    pulled.bytes += message.length
    if (message[0] !== RANGE_END) return
    const frame = must(decodeRelayFrame(new Uint8Array(message)))
    if (frame.type !== 'rangeEnd') return
    pulled.entries += frame.body.next - from
    isLast = frame.body.next > frame.body.seq
    from = isLast ? 1 : frame.body.next
    if (!isStopping) return ask()
    line.close()
  }
  isStopping = false
  pulled = { entries: 0, bytes: 0, startedAt: performance.now() }
  pulling = line
  ask()
}

/** Lets the answer under way come to its end; gives how many entries came a second, and in how many bytes each. */
export async function stopPulling(): Promise<{ readonly entriesPerSecond: number; readonly bytesPerEntry: number }> {
  isStopping = true
  await pulling?.closed
  const { entries, bytes, startedAt } = pulled
  return { entriesPerSecond: entries / ((performance.now() - startedAt) / 1000), bytesPerEntry: bytes / entries }
}
