/** Begins threads for the Node benchmarks, as the browser's worker begins its own. */
import { Worker } from 'node:worker_threads'
import type { BeginChecker } from '@alongside/device/checkers.ts'

export const beginNodeChecker: BeginChecker = (on) => {
  const thread = new Worker(new URL('./checker-thread.ts', import.meta.url))
  thread.on('message', on.answered)
  thread.on('error', on.ended)
  return { send: (job, give) => thread.postMessage(job, [...give]), end: () => void thread.terminate() }
}
