/**
 * Bounds on open WebSockets, in memory only: how many there are in all and from one network, and how much one may send
 * before it was admitted. A handshake is a few hundred bytes, so a stranger never makes the relay hold a large frame.
 */
import type { Duplex } from 'node:stream'
import { networkOf } from './limits.ts'

const MOST_LINES = 20_000
/** Enough for a house full of people behind one address, and not for one of them to take every line there is. */
const MOST_FROM_ONE_NETWORK = 200
/** What a line may send before it was admitted: the handshake, and requests that came in the same reading behind it. */
const MOST_STRANGER_BYTES = 131_072

export interface Lines {
  /** Counts one more line, until the function given back is called; null when there is no room. Null: count no network. */
  enter(address: string | null): (() => void) | null
}

export function createLines(): Lines {
  const networks = new Map<string, number>()
  let lines = 0
  return {
    enter(address) {
      const network = address === null ? null : networkOf(address)
      const before = network === null ? 0 : (networks.get(network) ?? 0)
      if (lines >= MOST_LINES || before >= MOST_FROM_ONE_NETWORK) return null
      lines += 1
      if (network !== null) networks.set(network, before + 1)
      return () => {
        lines -= 1
        if (network === null) return
        const left = (networks.get(network) ?? 1) - 1
        if (left === 0) networks.delete(network)
        else networks.set(network, left)
      }
    },
  }
}

/** Drops a line that sends too much before the function given back is called. */
export function boundStranger(socket: Duplex): () => void {
  let size = 0
  const count = (data: Uint8Array) => {
    size += data.length
    if (size > MOST_STRANGER_BYTES) socket.destroy()
  }
  socket.on('data', count)
  return () => socket.off('data', count)
}
