/**
 * The page's end of the device: `view` is everything there is to show, `device` everything one can ask. The
 * device itself runs in one worker for the whole browser profile, under a Web Lock; a second tab shows
 * “use it here”, and taking over asks the first one to lock and let go.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals'
import type { proxy as Proxy, Remote } from 'comlink'
import type { CircleView, DeviceApi, DeviceView, OpenView } from '@alongside/device/api.ts'
import { isGone } from './people.ts'

/** Also `elsewhere`: another tab of this browser holds the device. */
export type ClientView = DeviceView | { readonly type: 'elsewhere' }

const LOCK = 'alongside-device'
const CHANNEL = 'alongside-tabs'

const shown = signal<ClientView>({ type: 'starting' })

export const view: ReadonlySignal<ClientView> = shown

/** The view when the device is open, else `null`. */
export const open: ReadonlySignal<OpenView | null> = computed(() => (shown.value.type === 'open' ? shown.value : null))

/** Which circle the screens are about, when a practitioner has several; the first one until another is chosen. */
export const chosenCircle = signal<string | null>(null)

/** The circle the screens are about, or `null` when there is none yet. */
export const circle: ReadonlySignal<CircleView | null> = computed(() => {
  const circles = open.value?.circles ?? []
  return (
    circles.find((each) => each.id === chosenCircle.value) ??
    circles.find((each) => !isGone(each)) ??
    circles[0] ??
    null
  )
})

let remote: Remote<DeviceApi> | null = null
let letGo: (() => void) | null = null

/** The device. Asking it before this tab holds it is a bug of the caller: screens that ask are only shown when it does. */
export function device(): Remote<DeviceApi> {
  if (remote === null) throw new Error('bug: this tab does not hold the device')
  return remote
}

let beforeLocking: () => Promise<void> = () => Promise.resolve()

/** Says what is saved before the device locks: once, by whoever holds what is being typed. */
export function saveBeforeLocking(save: () => Promise<void>): void {
  beforeLocking = save
}

/** How long saving, and then locking, may take before the worker is ended as it is. */
const PATIENCE_MS = 2_000

const within = (ms: number, work: Promise<unknown> | undefined): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))]).catch(() => undefined)

let locking: Promise<void> | null = null
/** A device that is being locked for good: what it still shows is past. */
let ended: Remote<DeviceApi> | null = null

/**
 * Saves what is typed, locks what is open, and ends the worker that held it, so that nothing it knew is left in memory; a
 * new one takes its place. Resolves when the keys are gone, whatever the worker is busy with; at once if this tab holds none.
 */
export function lockDevice(): Promise<void> {
  locking ??= lockNow().finally(() => {
    locking = null
  })
  return locking
}

async function lockNow(): Promise<void> {
  if (shown.peek().type !== 'open') return void (await within(PATIENCE_MS, remote?.lock()))
  await within(PATIENCE_MS, beforeLocking())
  if (worker === null) return remote?.lock() // held by somebody else: theirs to end
  ended = remote
  shown.value = { type: 'starting' }
  await within(PATIENCE_MS, remote?.lock())
  void startWorker()
}

/** Shows what a device shows; `opened` is called each time it opens. */
function follow(api: Remote<DeviceApi>, proxy: typeof Proxy, opened: () => void): void {
  remote = api
  void api.watch(
    proxy((next) => {
      if (remote !== api || ended === api) return
      if (next.type === 'open' && shown.peek().type !== 'open') opened()
      shown.value = next
    }),
  )
}

/** Follows a device that somebody else holds, through a port to it: no lock, no storage, nothing of this browser's own. */
export async function useDeviceAt(port: MessagePort): Promise<void> {
  const { proxy, wrap } = await import('comlink')
  follow(wrap<DeviceApi>(port), proxy, () => undefined)
}

let worker: Worker | null = null

/** Starts the worker, in the place of one that is there. The messaging library comes beside it, not with the first screen. */
async function startWorker(): Promise<void> {
  worker?.terminate()
  const mine = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  worker = mine
  mine.addEventListener('error', () => {
    // It could not start: an old browser, or its file is missing, as after an update. What is stored is untouched.
    if (worker !== mine) return
    if (ended === null) shown.value = { type: 'noStorage', why: 'missing' }
    else location.reload()
  })
  // Listened for before anything is awaited: the worker says it once, and a call made earlier would be lost.
  const first = new Promise<unknown>((resolve) => {
    mine.addEventListener('message', (event) => resolve(event.data), { once: true })
  })
  const [{ proxy, wrap }, said] = await Promise.all([import('comlink'), first])
  if (worker !== mine) return
  ended = null
  // It failed its own test: it has opened nothing, and is asked nothing.
  if (said === 'unsafe') return void (shown.value = { type: 'noStorage', why: 'unsafe' })
  // Asked from the page, because a worker may not: that the browser does not throw away what is kept.
  follow(wrap<DeviceApi>(mine), proxy, () => void navigator.storage?.persist?.())
}

function stopWorker(): void {
  remote = null
  worker?.terminate()
  worker = null
}

async function hold(how: LockOptions): Promise<void> {
  await navigator.locks.request(LOCK, how, async (held) => {
    if (held === null) {
      shown.value = { type: 'elsewhere' }
      return
    }
    shown.value = { type: 'starting' }
    await startWorker()
    await new Promise<void>((resolve) => {
      letGo = resolve
    })
    letGo = null
    await lockDevice().catch(() => undefined)
    stopWorker()
    shown.value = { type: 'elsewhere' }
  })
}

/**
 * Starts the device in this tab, or shows that another tab has it. Where the browser gives nothing to keep
 * a record with, the view says which of the three reasons it is.
 */
export function startDevice(): void {
  if (!globalThis.isSecureContext) shown.value = { type: 'noStorage', why: 'insecure' }
  else if (typeof indexedDB === 'undefined' || !('locks' in navigator))
    shown.value = { type: 'noStorage', why: 'missing' }
  else {
    new BroadcastChannel(CHANNEL).addEventListener('message', (event) => {
      if (event.data === 'let go') letGo?.()
    })
    void hold({ ifAvailable: true })
  }
}

/** “Use it here”: asks the other tab to save, lock and let go, and takes over when it has. */
export function useItHere(): void {
  shown.value = { type: 'starting' }
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage('let go')
  channel.close()
  void hold({})
}
