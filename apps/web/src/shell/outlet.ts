/**
 * Which screen stands on the page now. Follows the path and the state of the device, loads the screen with
 * its words, and changes over only when both are there, so nobody sees half a screen. What the device's
 * state asks for (unlock, “use it here”) stands in place of a screen without changing the address.
 */
import { effect, signal } from '@preact/signals'
import { view, type ClientView } from '../device/client.ts'
import { loadWords } from '../words/t.ts'
import { path } from './route.ts'
import { match, type Registered, type ScreenComponent, type ScreenDef } from './screen.ts'

export interface Standing {
  readonly screen: Registered<ScreenDef>
  readonly Component: ScreenComponent
  readonly params: Readonly<Record<string, string>>
  /** Differs for every arrival, so that going to the same screen again starts it afresh. */
  readonly key: string
}

/** `null` while the first screen loads; `failed` when a screen's file could not be fetched. */
export const standing = signal<Standing | null>(null)
export const failed = signal(false)

/** The shell screens that stand in for others while the device is not open. */
export interface StandIns {
  readonly starting: Registered<ScreenDef>
  readonly noStorage: Registered<ScreenDef>
  readonly elsewhere: Registered<ScreenDef>
  readonly welcome: Registered<ScreenDef>
  readonly unlock: Registered<ScreenDef>
  readonly notFound: Registered<ScreenDef>
}

interface Chosen {
  readonly screen: Registered<ScreenDef>
  readonly params: Readonly<Record<string, string>>
}

/** The screen for a path in a state of the device. */
export function chooseScreen(
  screens: readonly Registered<ScreenDef>[],
  standIns: StandIns,
  at: string,
  device: ClientView,
): Chosen {
  const found = match(screens, at)
  const alone = (screen: Registered<ScreenDef>): Chosen => ({ screen, params: {} })
  // A practice page can be read where the browser refuses to keep anything; not where the device cannot run at all.
  const canAsk = device.type !== 'elsewhere' && (device.type !== 'noStorage' || device.why === 'refused')
  if (found !== null && found.screen.needs === 'anyone' && canAsk) return found
  switch (device.type) {
    case 'starting':
      return alone(standIns.starting)
    case 'noStorage':
      return alone(standIns.noStorage)
    case 'elsewhere':
      return alone(standIns.elsewhere)
    case 'empty':
      return alone(standIns.welcome)
    case 'locked':
      return alone(standIns.unlock)
    case 'open':
      return found ?? alone(standIns.notFound)
  }
}

/** The screens known so far; `complete` when the practices have brought theirs. */
const known = signal<{ readonly screens: readonly Registered<ScreenDef>[]; readonly complete: boolean }>({
  screens: [],
  complete: false,
})

/** Whether some practice has a screen there; for links that are only offered when they lead somewhere. */
export function hasScreen(at: string): boolean {
  return match(known.value.screens, at) !== null
}

/** Adds the practices' screens, which come before the shell's own. */
export function addScreens(screens: readonly Registered<ScreenDef>[]): void {
  known.value = { screens: [...screens, ...known.peek().screens], complete: true }
}

/** Before the practices' screens are known, only what no practice could change is shown. */
function isSettled(chosen: Chosen, at: string, device: ClientView['type']): boolean {
  if (device === 'starting' || device === 'elsewhere') return true
  return device === 'open' ? chosen.screen.needs === 'anyone' : at === '/' || chosen.screen.needs === 'anyone'
}

/** Begins to follow path and device. `arrived` is called after a new screen is drawn in place of another. */
export function startOutlet(shell: readonly Registered<ScreenDef>[], standIns: StandIns, arrived: () => void): void {
  known.value = { screens: shell, complete: false }
  let turn = 0
  let last: { readonly screen: ScreenDef; readonly at: string } | null = null
  effect(() => {
    const at = path.value
    const device = view.value
    const { screens, complete } = known.value
    if (at === '') return
    const chosen = chooseScreen(screens, standIns, at, device)
    if (!complete && !isSettled(chosen, at, device.type)) return
    // The stand-ins stay as they are while the address changes behind them.
    if (last !== null && last.screen === chosen.screen && last.at === at) return
    last = { screen: chosen.screen, at }
    const mine = ++turn
    Promise.all([chosen.screen.load(), loadWords(['shell', 'components', ...chosen.screen.features])]).then(
      ([Component]) => {
        if (mine !== turn) return
        const first = standing.peek() === null
        failed.value = false
        standing.value = { screen: chosen.screen, Component, params: chosen.params, key: `${mine}` }
        if (!first) arrived()
      },
      () => {
        if (mine !== turn) return
        last = null
        failed.value = true
      },
    )
  })
}
