/** The heads of a box after each position, kept in one growing piece of memory: 32 bytes a position, from position 0. */
import type { Bytes } from '@alongside/base/bytes.ts'

const SIZE = 32

export interface Heads {
  /** The last position. */
  readonly seq: number
  /** The head after a position (32 bytes), or null when the box is not that long. */
  at(position: number): Bytes | null
  add(head: Uint8Array): void
  /** All heads, one after the other. */
  all(): Bytes
}

/** Starts from heads one after the other; at least the one of position 0. */
export function headsFrom(start: Uint8Array): Heads {
  let memory = new Uint8Array(Math.max(start.length * 2, SIZE * 64))
  memory.set(start)
  let count = start.length / SIZE
  return {
    get seq() {
      return count - 1
    },
    at: (position) =>
      Number.isSafeInteger(position) && position >= 0 && position < count
        ? memory.slice(position * SIZE, (position + 1) * SIZE)
        : null,
    add: (head) => {
      if ((count + 1) * SIZE > memory.length) {
        const larger = new Uint8Array(memory.length * 2)
        larger.set(memory)
        memory = larger
      }
      memory.set(head, count * SIZE)
      count++
    },
    all: () => memory.slice(0, count * SIZE),
  }
}
