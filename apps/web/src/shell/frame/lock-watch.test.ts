// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { locksAt, meeting, watchLock } from './lock-watch.ts'

/** A clock moved by hand, with its timers. */
function fakeTime() {
  let now = 0
  let timers: { readonly at: number; readonly run: () => void }[] = []
  return {
    clock: { now: () => now },
    later: (ms: number, run: () => void) => {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((each) => each !== timer)
      }
    },
    pass(ms: number) {
      const end = now + ms
      for (;;) {
        const next = timers.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        timers = timers.filter((each) => each !== next)
        now = Math.max(now, next.at)
        next.run()
      }
      now = end
    },
    waiting: () => timers.length,
  }
}

describe('watching for idleness', () => {
  let time = fakeTime()
  let locked = 0
  let stop = (): void => undefined
  beforeEach(() => {
    time = fakeTime()
    locked = 0
    stop = watchLock({ clock: time.clock, later: time.later, lock: () => locked++, page: document })
  })
  afterEach(() => stop())

  it('locks after two minutes without a touch, and warns before', () => {
    time.pass(110_000)
    expect(locksAt.value).toBe(120_000)
    expect(locked).toBe(0)
    time.pass(10_000)
    expect(locked).toBe(1)
  })
  it('goes on after a touch, also in the warning', () => {
    time.pass(110_000)
    document.dispatchEvent(new Event('pointerdown'))
    expect(locksAt.value).toBeNull()
    time.pass(110_000)
    expect(locked).toBe(0)
    time.pass(10_000)
    expect(locked).toBe(1)
  })
  it('waits twenty minutes in a meeting', () => {
    meeting.value = true
    time.pass(19 * 60_000)
    expect(locked).toBe(0)
    time.pass(60_000)
    expect(locked).toBe(1)
  })
  it('leaves no timer and no meeting behind when it stops', () => {
    meeting.value = true
    stop()
    expect(time.waiting()).toBe(0)
    expect(meeting.value).toBe(false)
  })
})
