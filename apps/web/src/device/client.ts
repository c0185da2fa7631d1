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

/** Saves and locks what is open; resolves when the keys are gone from memory, at once if this tab holds no device. */
export async function lockDevice(): Promise<void> {
  if (shown.peek().type === 'open') await beforeLocking().catch(() => undefined)
  await remote?.lock()
}

/** Shows what a device shows; `opened` is called each time it opens. */
function follow(api: Remote<DeviceApi>, proxy: typeof Proxy, opened: () => void): void {
  remote = api
  void api.watch(
    proxy((next) => {
      if (remote !== api) return
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

/** The messaging library comes beside the worker, not with the first screen. */
async function startWorker(): Promise<() => void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('error', () => {
    // The worker could not start: an old browser, or its file is missing. What is stored is untouched.
    shown.value = { type: 'noStorage', why: 'missing' }
  })
  // Listened for before anything is awaited: the worker says it once, and a call made earlier would be lost.
  const ready = new Promise<void>((resolve) => {
    worker.addEventListener('message', () => resolve(), { once: true })
  })
  const [{ proxy, wrap }] = await Promise.all([import('comlink'), ready])
  // Asked from the page, because a worker may not: that the browser does not throw away what is kept.
  follow(wrap<DeviceApi>(worker), proxy, () => void navigator.storage?.persist?.())
  return () => {
    remote = null
    worker.terminate()
  }
}

async function hold(how: LockOptions): Promise<void> {
  await navigator.locks.request(LOCK, how, async (held) => {
    if (held === null) {
      shown.value = { type: 'elsewhere' }
      return
    }
    shown.value = { type: 'starting' }
    const stop = await startWorker()
    await new Promise<void>((resolve) => {
      letGo = resolve
    })
    letGo = null
    await lockDevice().catch(() => undefined)
    stop()
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
