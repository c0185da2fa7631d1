/** Lines that are open and do nothing, run in a process of its own by `child.ts`. */
import type { Id } from '@alongside/base/codec.ts'
import { openRaw, type RawSocket } from '../lib/raw-socket.ts'
import { foundBoxes, inTurn, openLine } from '../lib/relay-line.ts'

let idle: readonly RawSocket[] = []

/** So many lines that do nothing: to boxes of a relay, two a box and following it, or to whatever listens there. */
export async function openIdle({
  url,
  count,
  isRelay,
}: {
  url: string
  count: number
  isRelay: boolean
}): Promise<void> {
  const ids = isRelay ? await foundBoxes(url, count / 2) : []
  idle = await inTurn(count, 50, (index) =>
    isRelay ? openLine(url, ids[Math.floor(index / 2)] as Id, true) : openRaw(url, () => undefined),
  )
}

export async function closeIdle(): Promise<void> {
  for (const line of idle) line.close()
  await Promise.all(idle.map((line) => line.closed))
  idle = []
}
