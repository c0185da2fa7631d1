/** Somebody in the invented story: asks their device what a person would ask on screen, and waits until it shows something. */
import { proxy, type Remote } from 'comlink'
import type { Result } from '@alongside/base/result.ts'
import type { CircleView, DeviceApi, DeviceView, OpenView } from '@alongside/device/api.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'

/** Why the story could not go on: a failure of the device, or `TooSlow` when nothing came in time. */
export class Stopped extends Error {
  readonly why: string
  constructor(why: string) {
    super(why)
    this.why = why
  }
}

/** How long the other device may take to show something. */
const LIMIT_MS = 30_000

/** The value of something that must work; otherwise the story stops. */
export function get<T>(result: Result<T, { readonly type: string; readonly rule?: string }>): T {
  if (result.ok) return result.value
  throw new Stopped(result.error.rule ?? result.error.type)
}

export class Player {
  readonly api: Remote<DeviceApi>
  private view: DeviceView = { type: 'starting' }
  private readonly waiting = new Set<() => void>()

  constructor(api: Remote<DeviceApi>) {
    this.api = api
  }

  async begin(): Promise<void> {
    await this.api.watch(
      proxy((view: DeviceView) => {
        this.view = view
        for (const look of this.waiting) look()
      }),
    )
  }

  get open(): OpenView | null {
    return this.view.type === 'open' ? this.view : null
  }

  /** The circle the two are in. */
  get circle(): CircleView {
    const circle = this.open?.circles[0]
    if (circle === undefined) throw new Stopped('NoSuchCircle')
    return circle
  }

  get me(): string {
    return this.circle.me
  }

  /** Says something in the circle. */
  async says(...events: readonly PracticeEvent[]): Promise<void> {
    get(await this.api.act(this.circle.id, events))
  }

  /** Resolves when this device shows it. */
  until(shows: (circle: CircleView) => boolean): Promise<void> {
    return this.untilOpen((open) => open.circles.some(shows))
  }

  untilOpen(shows: (open: OpenView) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        this.waiting.delete(look)
        reject(new Stopped('TooSlow'))
      }, LIMIT_MS)
      const look = (): void => {
        if (this.open === null || !shows(this.open)) return
        clearTimeout(limit)
        this.waiting.delete(look)
        resolve()
      }
      this.waiting.add(look)
      look()
    })
  }
}
