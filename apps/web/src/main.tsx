/**
 * The one entry. It starts the app with this browser's device, or leads to the walk-through world, whose pages never
 * touch that device: what belongs to it is loaded only there, and the app itself runs in no frame.
 */
import { effect } from '@preact/signals'
import { startApp } from './app.tsx'
import { startDevice } from './device/client.ts'
import { watchInstall } from './shell/install.ts'
import { openStorage, readPreferences } from './shell/preferences.ts'
import { WALK_PATH } from './shell/route.ts'
import { chosenLanguage, language } from './words/locale.ts'

const place = document.getElementById('app')
const storage = openStorage()
readPreferences(storage)
const wanted = chosenLanguage(storage, navigator.languages)

if (place === null) {
  // not our page
} else if (`${location.pathname}/`.startsWith(`${WALK_PATH}/`)) {
  void import('./walk-through/walk-through.ts').then(({ arrive }) => arrive(place, wanted))
} else if (window.top === window) {
  watchInstall()
  void startApp(place, { base: '', language: wanted, startDevice, locks: true })
  // Beside the first screen, not before it.
  void import('./shell/shell-worker.ts').then(({ keepShell }) => effect(() => keepShell(language.value)))
}
