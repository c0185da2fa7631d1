/**
 * What a system under comparison must be able to do. Every side does the same: one writer says texts, one reader hears
 * them, over a server that is another process; and a new device opens what is there. The sides of the peers are plain
 * modules in `sides/`, run from the folder where the peers are installed.
 */

/** Where the server is. */
export interface At {
  readonly port: number
}

/** A writer and a reader of one place, both connected. */
export interface Pair {
  /** Says a text. Where the system tells that it is kept on this device, the promise resolves then. */
  write(text: string): void | Promise<void>
  /** Calls `told` with each text that the reader can read, in any order, none twice. */
  heard(told: (text: string) => void): void
  /** What another device needs to open the same place. */
  token(): string
  close(): void | Promise<void>
}

export interface PeerSide {
  /** `kind`: whether each text stands by itself in the end, or takes the place of the one before where that is cheaper. */
  pair(at: At, kind: 'stream' | 'promises'): Promise<Pair>
  /** A new device opens the place and resolves when it can read `count` texts. Absent where that makes no sense. */
  open?(at: At, token: string, count: number): Promise<void>
  /** Opens a line that stays idle in a place of its own; absent where it was not made. */
  idle?(at: At): Promise<void>
}

/** Texts of a size in bytes that do not compress, the same ones for everybody; their number stands in front. */
export function textAt(number: number, size: number): string {
  let state = (number + 1) * 2_654_435_761
  let text = `${number} `
  while (text.length < size) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    text += state.toString(36)
  }
  return text.slice(0, size)
}

export const numberOf = (text: string): number => Number(text.slice(0, text.indexOf(' ')))
