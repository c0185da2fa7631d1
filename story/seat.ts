/**
 * One person with one device: the real device code on a memory store, over a real network that can be lost. `open` is
 * what their screen would show; `until` waits for it to show something, with a limit.
 */
import type { Id } from '@alongside/base/codec.ts'
import { err, type Result } from '@alongside/base/result.ts'
import { systemClock, systemRandom } from '@alongside/base/world.ts'
import type { CircleView, DeviceApi, DeviceView, OpenView } from '@alongside/device/api.ts'
import { createAlongside } from '@alongside/device/alongside.ts'
import { realNet, realSchedule, type Line, type Net } from '@alongside/device/net.ts'
import { memoryStore, type Disk } from '@alongside/device/store/memory.ts'
import { ARGON_FLOOR } from '@alongside/device/vault.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'

const LIMIT_MS = 30_000

/** The platform's network with a switch: off, every line ends and every request fails, as on a train. */
class SwitchedNet implements Net {
  private on = true
  private readonly lines = new Set<() => void>()

  set(on: boolean): void {
    this.on = on
    if (!on) for (const end of this.lines) end()
  }

  connect(...[url, events]: Parameters<Net['connect']>): Line {
    if (!this.on) {
      setTimeout(() => events.closed(1006), 0)
      return { send: () => undefined, close: () => undefined }
    }
    const line = realNet.connect(url, events)
    const end = (): void => {
      this.lines.delete(end)
      line.close()
    }
    this.lines.add(end)
    return { send: (bytes) => line.send(bytes), close: end }
  }

  async ask(...[request]: Parameters<Net['ask']>): ReturnType<Net['ask']> {
    return this.on ? realNet.ask(request) : err({ type: 'Unreachable' } as const)
  }
}

export class Seat {
  readonly name: string
  readonly disk: Disk = new Map()
  readonly api: DeviceApi
  private readonly net = new SwitchedNet()
  private view: DeviceView = { type: 'starting' }
  private waiting: (() => void)[] = []

  constructor(name: string, origin: string) {
    this.name = name
    this.api = createAlongside(
      {
        store: memoryStore(this.disk),
        net: this.net,
        clock: systemClock,
        random: systemRandom,
        argon: ARGON_FLOOR,
        schedule: realSchedule,
      },
      { origin, persisted: () => true },
    )
  }

  async start(): Promise<this> {
    await this.api.watch((view) => {
      this.view = view
      const woken = this.waiting
      this.waiting = []
      for (const wake of woken) wake()
    })
    return this
  }

  network(on: boolean): void {
    this.net.set(on)
  }

  get shown(): DeviceView {
    return this.view
  }

  get open(): OpenView {
    if (this.view.type !== 'open') throw new Error(`${this.name}'s device is ${this.view.type}`)
    return this.view
  }

  /** The first circle with others. */
  get circle(): CircleView {
    const circle = this.open.circles[0]
    if (circle === undefined) throw new Error(`${this.name} has no circle`)
    return circle
  }

  get me(): Id {
    return this.circle.me
  }

  get other(): Id {
    const other = Object.keys(this.circle.state.people.members).find((id) => id !== this.me)
    if (other === undefined) throw new Error(`${this.name} is alone`)
    return other
  }

  /** Says something in the circle; it must be accepted. */
  async says(...events: readonly PracticeEvent[]): Promise<void> {
    const done = await this.api.act(this.circle.id, events)
    if (!done.ok) throw new Error(`${this.name} was refused: ${JSON.stringify(done.error)}`)
  }

  /** Tries to say something; gives the rule that stands in the way, or the kind of failure, or null. */
  async tries(...events: readonly PracticeEvent[]): Promise<string | null> {
    const done = await this.api.act(this.circle.id, events)
    if (done.ok) return null
    return done.error.type === 'RuleRefused' ? done.error.rule : done.error.type
  }

  /** Resolves true as soon as it is shown, false when the limit is over. */
  async until(shows: (seat: this) => boolean): Promise<boolean> {
    const end = Date.now() + LIMIT_MS
    while (Date.now() < end) {
      try {
        if (shows(this)) return true
      } catch {
        // nothing to look at yet
      }
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, 250)
        this.waiting.push(() => {
          clearTimeout(timer)
          wake()
        })
      })
    }
    return false
  }
}

/** The value of something that must work in this story. */
export function get<T>(result: Result<T, { readonly type: string }>): T {
  if (!result.ok) throw new Error(`did not work: ${JSON.stringify(result.error)}`)
  return result.value
}
