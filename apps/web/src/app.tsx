/**
 * Puts the app on the page: words first, then the frame, then the practices. Where its device comes from, and whether
 * anything may be kept, is the host's to say: the page itself is one, a seat of the walk-through world is the other.
 */
import { effect } from '@preact/signals'
import { render } from 'preact'
import { steady, systemClock } from '@alongside/base/world.ts'
import { lockDevice, open, view } from './device/client.ts'
import { provideCards } from './shell/cards.tsx'
import { Frame, focusHeading } from './shell/frame/Frame.tsx'
import { watchLock } from './shell/frame/lock-watch.ts'
import { watchNetwork } from './shell/frame/strips.tsx'
import { provideLock } from './shell/leave.ts'
import { addScreens, startOutlet } from './shell/outlet.ts'
import { startRoute } from './shell/route.ts'
import { register } from './shell/screen.ts'
import { shellScreens, standIns } from './shell/screens.ts'
import { direction, language, numerals, type Language } from './words/locale.ts'
import { provideBuiltWords } from './words/built.ts'
import { loadWords } from './words/t.ts'

export interface Host {
  /** The path under which every screen lives; empty for the app itself. */
  readonly base: string
  readonly language: Language
  /** Begins to follow the device. */
  readonly startDevice: () => void
  /** Whether the device locks when nobody touches it. */
  readonly locks: boolean
}

/** Follows the language in use on the page itself. */
export function followLanguage(): void {
  effect(() => {
    document.documentElement.lang = language.value
    document.documentElement.dir = direction.value
  })
}

/** Locks the device after a while without a touch, for as long as it is open. */
function watchTouches(): void {
  let stopWatching: (() => void) | null = null
  effect(() => {
    const isOpen = view.value.type === 'open'
    if (isOpen === (stopWatching !== null)) return
    stopWatching?.()
    stopWatching = isOpen
      ? watchLock({
          // somebody who sets the clock back keeps nothing open by it
          clock: steady(systemClock),
          lock: () => void lockDevice(),
          later: (ms, then) => {
            const timer = setTimeout(then, ms)
            return () => clearTimeout(timer)
          },
          page: document,
        })
      : null
  })
}

/** Starts everything; resolves when every screen is known. */
export async function startApp(place: Element, host: Host): Promise<void> {
  startRoute(host.base)
  provideBuiltWords()
  language.value = host.language
  followLanguage()
  watchNetwork()
  provideLock(lockDevice)
  // What is kept about the digits of numbers is inside what is locked; it is known once the device opens.
  effect(() => {
    const opened = open.value
    if (opened !== null) numerals.value = opened.settings.numerals ?? null
  })
  if (host.locks) watchTouches()
  host.startDevice()
  // What nearly every start shows first is small: it comes beside the words and the device, not after them.
  void Promise.allSettled([standIns.welcome.load(), standIns.unlock.load()])
  await loadWords(['shell', 'components'])
  startOutlet(shellScreens, standIns, focusHeading)
  render(<Frame />, place)
  const { practices } = await import('./practices.ts')
  const { screens, cards } = register(practices)
  provideCards(cards)
  addScreens(screens)
}
