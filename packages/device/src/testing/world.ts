/**
 * The world of a device under test: a disk that outlives it, time that passes only when told, and a real network whose
 * lines can be cut, made deaf, and told to repeat themselves. The double stands for the network, never for our own code.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { err } from '@alongside/base/result.ts'
import { systemRandom } from '@alongside/base/world.ts'
import type { World } from '../core.ts'
import { realNet, type Line, type LineEvents, type Net } from '../net.ts'
import { memoryStore, type Disk } from '../store/memory.ts'
import type { Store } from '../store/port.ts'
import type { Argon } from '../vault.ts'

export const WEAK_ARGON: Argon = { memoryKiB: 64, iterations: 1, lanes: 1 }

/** Time that a test lets pass; it starts in 2026. */
export class TestTime {
  ms = Date.UTC(2026, 2, 1)
  private waiting: { at: number; run: () => void }[] = []

  readonly schedule = (ms: number, run: () => void): (() => void) => {
    const one = { at: this.ms + ms, run }
    this.waiting.push(one)
    return () => {
      this.waiting = this.waiting.filter((other) => other !== one)
    }
  }

  pass(ms: number): void {
    this.ms += ms
    for (const one of this.waiting.filter((other) => other.at <= this.ms)) {
      this.waiting = this.waiting.filter((other) => other !== one)
      one.run()
    }
  }
}

/** What a network does to messages besides carrying them. `true` from a filter lets a message through. */
export class TestNet implements Net {
  isUp = true
  /** Messages carried so far, both ways. */
  carried = 0
  /** Cuts every line right before this message is carried. */
  cutAt: number | null = null
  /** Carries every message from the relay twice. */
  repeats = false
  fromRelay: (bytes: Bytes) => Bytes | null = (bytes) => bytes
  toRelay: (bytes: Bytes) => Bytes | null = (bytes) => bytes
  /** Where the relay is now, when that is no longer where devices know it to be. */
  movedTo: string | null = null
  private readonly lines = new Set<() => void>()

  cut(): void {
    for (const end of this.lines) end()
  }

  private route(url: string): string {
    return this.movedTo === null
      ? url
      : url.replace(/^\w+:\/\/[^/]+/, this.movedTo.replace(/^http/, url.slice(0, 2) === 'ws' ? 'ws' : 'http'))
  }

  private carry(): boolean {
    this.carried++
    if (this.cutAt === null || this.carried < this.cutAt) return true
    this.cutAt = null
    this.cut()
    return false
  }

  connect(url: string, on: LineEvents): Line {
    if (!this.isUp) {
      queueMicrotask(() => on.closed(1006))
      return { send: () => undefined, close: () => undefined }
    }
    let isOver = false
    const line = realNet.connect(this.route(url), {
      opened: () => !isOver && on.opened(),
      message: (bytes) => {
        if (isOver || !this.carry()) return
        const through = this.fromRelay(bytes)
        if (through === null) return
        on.message(through)
        if (this.repeats) on.message(through.slice())
      },
      closed: (code) => end(code),
    })
    const end = (code = 1006) => {
      this.lines.delete(end)
      if (isOver) return
      isOver = true
      line.close()
      on.closed(code)
    }
    this.lines.add(end)
    return {
      send: (bytes) => {
        if (isOver || !this.carry()) return
        const through = this.toRelay(bytes)
        if (through !== null) line.send(through)
      },
      close: () => {
        isOver = true
        this.lines.delete(end)
        line.close()
      },
    }
  }

  async ask(...request: Parameters<Net['ask']>) {
    return this.isUp ? realNet.ask(...request) : err({ type: 'Unreachable' } as const)
  }
}

export interface TestWorld extends World {
  readonly disk: Disk
  readonly net: TestNet
  readonly time: TestTime
}

/** A world on a disk; `wrap` puts faults around the store. */
export function testWorld(
  time: TestTime,
  disk: Disk = new Map(),
  wrap: (store: Store) => Store = (store) => store,
): TestWorld {
  return {
    store: wrap(memoryStore(disk)),
    disk,
    net: new TestNet(),
    time,
    clock: { now: () => time.ms },
    random: systemRandom,
    argon: WEAK_ARGON,
    schedule: time.schedule,
  }
}

/** Lets real messages and test time go by until something holds; stops the test when it never does. */
export async function until(time: TestTime, what: string, holds: () => boolean): Promise<void> {
  for (let i = 0; i < 4_000; i++) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 1))
    time.pass(20)
  }
  throw new Error(`never: ${what}`)
}
