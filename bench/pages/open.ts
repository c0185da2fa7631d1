/** A page that opens a record it is given, in turns: with every check, as a device does; and as the raw limit does. */
import type { BeginChecker } from '@alongside/device/checkers.ts'
import { openCheckers } from '@alongside/device/checkers.ts'
import { openOurs, rawJobs, type Opened } from '../lib/cold-open.ts'

/** A record as text that crosses to a page: bytes in base64, envelopes one after another with their sizes. */
export interface RecordText {
  readonly circleId: string
  readonly boxId: string
  readonly secrets: readonly string[]
  readonly signers: readonly (readonly [string, string])[]
  readonly sizes: readonly number[]
  readonly envelopes: string
}

export type Turn = 'ours' | 'raw' | 'ours, one thread'

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (one) => one.charCodeAt(0))

const begin = (): Worker => new Worker(new URL('./open-thread.ts', import.meta.url), { type: 'module' })

const beginChecker: BeginChecker = (on) => {
  const thread = begin()
  thread.addEventListener('message', ({ data }) => on.answered(data))
  thread.addEventListener('error', on.ended)
  return { send: (job, give) => thread.postMessage(job, [...give]), end: () => thread.terminate() }
}

const checkers = openCheckers(beginChecker, () => () => undefined)
const threads = [begin(), begin()]
let record: Opened | null = null

function take({ circleId, boxId, secrets, signers, sizes, envelopes }: RecordText): void {
  const all = bytesOf(envelopes)
  let at = 0
  record = {
    circleId: bytesOf(circleId),
    boxId,
    secrets: secrets.map(bytesOf),
    signers: new Map(signers.map(([name, key]) => [name, bytesOf(key)])),
    envelopes: sizes.map((size) => all.slice(at, (at += size))),
  }
}

/** Milliseconds that one turn takes. */
async function turn(which: Turn): Promise<number> {
  const opened = record
  if (opened === null) throw new Error('no record was given')
  const jobs = which === 'raw' ? rawJobs(opened, threads.length) : []
  const began = performance.now()
  if (which !== 'raw') await openOurs(opened, which === 'ours' ? checkers.check : null)
  const counts = await Promise.all(
    jobs.map(
      (job, i) =>
        new Promise<number>((resolve) => {
          threads[i]?.addEventListener('message', ({ data }) => resolve(data), { once: true })
          threads[i]?.postMessage(job)
        }),
    ),
  )
  const ms = performance.now() - began
  if (which === 'raw' && counts.reduce((a, b) => a + b, 0) !== opened.envelopes.length)
    throw new Error('the raw limit read something else')
  return ms
}

export type Page = { readonly take: typeof take; readonly turn: typeof turn }
Object.assign(globalThis, { bench: { take, turn } satisfies Page })
