/**
 * The worker that holds the device: keys and circles live here and never on the page. It only joins the parts, a
 * database and the platform's network, and says `ready` when it listens, or `unsafe` when it must not start; everything it
 * does is `@alongside/device`'s.
 * Under another name it holds a device of the walk-through world instead.
 */
import { expose } from 'comlink'
import { err } from '@alongside/base/result.ts'
import { systemClock, systemRandom } from '@alongside/base/world.ts'
import type { DeviceApi } from '@alongside/device/api.ts'
import type { BeginChecker } from '@alongside/device/checkers.ts'
import { realNet, realSchedule } from '@alongside/device/net.ts'
import { startAlongside } from '@alongside/device/start.ts'
import { openIndexedDb } from '@alongside/device/store/indexeddb.ts'
import type { Store } from '@alongside/device/store/port.ts'
import { ARGON_FLOOR } from '@alongside/device/vault.ts'
import { INVENTED } from './invented.ts'

const no = () => Promise.resolve(err({ type: 'StorageRefused' } as const))

/** Where the browser keeps nothing, a page can still be read and answered; whatever has to be kept is refused. */
const refused: Store = { get: no, entries: no, count: no, write: no, clear: no, close: () => undefined }

let isPersisted = false

/** Asks again each time, because the answer changes when the page has asked the person. */
function persisted(): boolean {
  void navigator.storage?.persisted?.().then((is) => {
    isPersisted = is
  })
  return isPersisted
}

/** Threads of this one. Where there is but one core, or a worker may begin none, the device reads by itself. */
const beginChecker: BeginChecker = (on) => {
  if (typeof Worker === 'undefined' || navigator.hardwareConcurrency < 2) return null
  const thread = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' })
  thread.addEventListener('message', ({ data }) => on.answered(data))
  thread.addEventListener('error', on.ended)
  thread.addEventListener('messageerror', on.ended)
  return { send: (job, give) => thread.postMessage(job, [...give]), end: () => thread.terminate() }
}

async function start(): Promise<void> {
  const opened = await openIndexedDb()
  const world = {
    store: opened.ok ? opened.value : refused,
    net: realNet,
    clock: systemClock,
    random: systemRandom,
    argon: ARGON_FLOOR,
    schedule: realSchedule,
    beginChecker,
    ...(import.meta.env.PROD ? { build: import.meta.url } : {}),
  }
  const started = startAlongside(world, { origin: self.location.origin, persisted })
  if (!started.ok) return postMessage('unsafe')
  // The inner device is for tools in the same process: the page gets the questions it may ask and nothing else.
  const { device: _inner, ...api } = started.value
  expose(api satisfies DeviceApi)
  postMessage('ready')
}

if (self.name === INVENTED) void import('../walk-through/walk-through-device.ts')
else void start()
