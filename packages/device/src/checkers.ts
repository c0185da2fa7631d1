/**
 * Threads that read envelopes ahead of their turn, so that opening a long record uses more than one core. The platform says
 * how a thread is begun; where it cannot begin one, or one dies, everything is read by the device itself, with the same
 * outcome. Threads are given the keys of epochs and nothing that lies under the second lock, are begun when there is much
 * to read, and are ended when there is nothing more or the device locks.
 */
import type { Checked, CheckJob } from '@alongside/record/check.ts'
import type { CheckElsewhere } from '@alongside/record/reading.ts'
import type { Schedule } from './net.ts'

/** A line to one thread. Whatever is sent is answered once, in order, until it ends. */
export interface CheckerLine {
  readonly send: (job: CheckJob, give: readonly ArrayBuffer[]) => void
  readonly end: () => void
}

export interface CheckerEvents {
  /** What a job found; null when it broke, which ends the thread. */
  readonly answered: (checked: Checked | null) => void
  /** It could not start, or broke; it answers nothing more. */
  readonly ended: () => void
}

/** Begins a thread; null where the platform has none to give. */
export type BeginChecker = (on: CheckerEvents) => CheckerLine | null

export interface Checkers {
  /** What a thread found; null when there is none to ask. */
  readonly check: CheckElsewhere
  readonly end: () => void
}

/** How many threads are begun. More read no faster on a phone, and each takes memory. */
const THREADS = 2
const IDLE_MS = 5_000

interface Thread {
  readonly line: CheckerLine
  readonly waiting: ((checked: Checked | null) => void)[]
}

/** Threads that are begun at the first job and ended when there was none for a while. */
export function openCheckers(begin: BeginChecker, schedule: Schedule): Checkers {
  let threads: readonly Thread[] = []
  let cancelIdle: (() => void) | null = null
  /** Whether a thread failed; then no other is tried. */
  let isBroken = false

  function beginOne(): Thread[] {
    const waiting: Thread['waiting'] = []
    const ended = (): void => {
      isBroken = true
      end()
    }
    const answered = (checked: Checked | null): void => {
      if (checked === null) return ended()
      waiting.shift()?.(checked)
      if (threads.every((one) => one.waiting.length === 0)) rest()
    }
    try {
      const line = begin({ answered, ended })
      return line === null ? [] : [{ line, waiting }]
    } catch {
      isBroken = true // a platform that promises threads and refuses them
      return []
    }
  }

  function rest(): void {
    cancelIdle?.()
    cancelIdle = schedule(IDLE_MS, end)
  }

  function end(): void {
    cancelIdle?.()
    cancelIdle = null
    const ending = threads
    threads = []
    for (const { line, waiting } of ending) {
      line.end()
      for (const answer of waiting) answer(null)
    }
  }

  return {
    check: (job) => {
      cancelIdle?.()
      if (threads.length === 0 && !isBroken) threads = Array.from({ length: THREADS }, beginOne).flat()
      const [first, ...others] = threads
      if (first === undefined) return Promise.resolve(null)
      const least = others.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a), first)
      return new Promise((resolve) => {
        least.waiting.push(resolve)
        least.line.send(job, [job.envelopes.buffer, job.sizes.buffer])
      })
    },
    end,
  }
}
