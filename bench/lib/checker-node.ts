/** Begins threads for the Node benchmarks, as the browser's worker begins its own. */
import { Worker } from 'node:worker_threads'
import type { BeginChecker } from '@alongside/device/checkers.ts'
import type { RawJob } from './raw-open.ts'

const thread = (): Worker => new Worker(new URL('./checker-thread.ts', import.meta.url))

export const beginNodeChecker: BeginChecker = (on) => {
  const checker = thread()
  checker.on('message', on.answered)
  checker.on('error', on.ended)
  return { send: (job, give) => checker.postMessage(job, [...give]), end: () => void checker.terminate() }
}

/** Threads that do what `rawOpen` does, one job each at a time. */
export function rawThreads(count: number) {
  const threads = Array.from({ length: count }, thread)
  return {
    /** Resolves to how many entries were right, when every thread has done its job. */
    open: async (jobs: readonly RawJob[]): Promise<number> => {
      const counts = await Promise.all(
        jobs.map(
          (job, i) =>
            new Promise<number>((resolve) => {
              threads[i]?.once('message', resolve)
              threads[i]?.postMessage(job)
            }),
        ),
      )
      return counts.reduce((a, b) => a + b, 0)
    },
    end: () => Promise.all(threads.map((one) => one.terminate())),
  }
}
