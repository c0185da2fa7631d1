/** Starts the app: words first, then the frame; the device starts beside it in its worker. */
import { effect } from '@preact/signals'
import { render } from 'preact'
import { words } from 'virtual:words'
import { systemClock } from '@alongside/base/world.ts'
import { lockDevice, open, startDevice, view } from './device/client.ts'
import { provideCards } from './shell/cards.tsx'
import { Frame, focusHeading } from './shell/frame/Frame.tsx'
import { watchLock } from './shell/frame/lock-watch.ts'
import { watchNetwork } from './shell/frame/strips.tsx'
import { watchInstall } from './shell/install.ts'
import { provideLock } from './shell/leave.ts'
import { addScreens, startOutlet } from './shell/outlet.ts'
import { openStorage, readPreferences } from './shell/preferences.ts'
import { startRoute } from './shell/route.ts'
import { register } from './shell/screen.ts'
import { shellScreens, standIns } from './shell/screens.ts'
import { keepShell } from './shell/shell-worker.ts'
import { chosenLanguage, direction, language, numerals } from './words/locale.ts'
import { loadWords, provideWords } from './words/t.ts'

startRoute()
provideWords(async (each, feature) => {
  const { features } = await words[each]()
  const load = features[feature]
  return load === undefined ? null : (await load()).default
})
const storage = openStorage()
readPreferences(storage)
language.value = chosenLanguage(storage, navigator.languages)
effect(() => {
  document.documentElement.lang = language.value
  document.documentElement.dir = direction.value
  keepShell(language.value)
})
watchNetwork()
watchInstall()
provideLock(lockDevice)

// What is kept about the digits of numbers is inside what is locked; it is known once the device opens.
effect(() => {
  const opened = open.value
  if (opened !== null) numerals.value = opened.settings.numerals ?? null
})

let stopWatching: (() => void) | null = null
effect(() => {
  const isOpen = view.value.type === 'open'
  if (isOpen === (stopWatching !== null)) return
  stopWatching?.()
  stopWatching = isOpen
    ? watchLock({
        clock: systemClock,
        lock: () => void lockDevice(),
        later: (ms, then) => {
          const timer = setTimeout(then, ms)
          return () => clearTimeout(timer)
        },
        page: document,
      })
    : null
})

async function start(place: Element): Promise<void> {
  startDevice()
  await loadWords(['shell', 'components'])
  startOutlet(shellScreens, standIns, focusHeading)
  render(<Frame />, place)
  const { practices } = await import('./practices.ts')
  const { screens, cards } = register(practices)
  provideCards(cards)
  addScreens(screens)
}

const place = document.getElementById('app')
if (place !== null) void start(place)
