/**
 * What a practice tells the shell about its screens. A practice is one folder under `src/practices/`; its
 * `screens.ts` exports `screens` (and, if it wants, `cards`), and nothing else has to know that it exists.
 */
import type { ComponentType } from 'preact'

/** The four tabs; every screen belongs to one, which is marked as current while the screen is open. */
export type TabName = 'today' | 'notes' | 'plan' | 'more'

export const TABS: readonly { readonly name: TabName; readonly path: string }[] = [
  { name: 'today', path: '/' },
  { name: 'notes', path: '/notes' },
  { name: 'plan', path: '/plan' },
  { name: 'more', path: '/more' },
]

export interface ScreenProps {
  /** The parts of the path that the screen's pattern names: `/notes/:note` gives `note`. */
  readonly params: Readonly<Record<string, string>>
}

export type ScreenComponent = ComponentType<ScreenProps>

/**
 * When a screen may be shown. `open`: only with the device unlocked (otherwise the unlock screen stands in
 * its place, and the screen follows after). `anyone`: at any time, such as a practice page behind a link.
 */
export type ScreenNeeds = 'open' | 'anyone'

export interface ScreenDef {
  /** `/plan/agreement` or `/notes/:note`. */
  readonly path: string
  /** `() => import('./AgreementScreen.tsx').then((m) => m.AgreementScreen)`. */
  readonly load: () => Promise<ScreenComponent>
  readonly tab: TabName
  /** Hides the tabs: for a task that needs attention. */
  readonly bare?: boolean
  readonly needs?: ScreenNeeds
  /** Message folders it speaks with besides its own, `components` and `shell`. */
  readonly words?: readonly string[]
}

/** A card on one of the four tab screens; drawn in ascending `order` (leave gaps: 10, 20, 30). */
export interface CardDef {
  readonly slot: TabName
  readonly order: number
  readonly load: () => Promise<ComponentType>
  /** Takes the whole width on wide screens. */
  readonly full?: boolean
  /** As of a screen. */
  readonly words?: readonly string[]
}

/** A screen or card together with the message folders it needs. */
export type Registered<T> = T & { readonly features: readonly string[] }

export interface PracticeModule {
  readonly screens?: readonly ScreenDef[]
  readonly cards?: readonly CardDef[]
}

/** `../practices/agreement/screens.ts` → `agreement`. */
function folderOf(path: string): string {
  return path.split('/').at(-2) ?? ''
}

/** All screens and cards of the practices found, each with the words it needs. */
export function register(modules: Readonly<Record<string, PracticeModule>>): {
  readonly screens: readonly Registered<ScreenDef>[]
  readonly cards: readonly Registered<CardDef>[]
} {
  const screens: Registered<ScreenDef>[] = []
  const cards: Registered<CardDef>[] = []
  for (const [path, module] of Object.entries(modules)) {
    const own = folderOf(path)
    for (const screen of module.screens ?? []) screens.push({ ...screen, features: [own, ...(screen.words ?? [])] })
    for (const card of module.cards ?? []) cards.push({ ...card, features: [own, ...(card.words ?? [])] })
  }
  return { screens, cards: cards.sort((a, b) => a.order - b.order) }
}

/** The first screen whose pattern fits a path, with what its named parts hold. */
export function match<T extends { readonly path: string }>(
  screens: readonly T[],
  path: string,
): { readonly screen: T; readonly params: Readonly<Record<string, string>> } | null {
  const parts = path.split('/').filter((part) => part !== '')
  for (const screen of screens) {
    const wanted = screen.path.split('/').filter((part) => part !== '')
    if (wanted.length !== parts.length) continue
    const params: Record<string, string> = {}
    const fits = wanted.every((want, at) => {
      const part = parts[at] ?? ''
      if (!want.startsWith(':')) return want === part
      try {
        params[want.slice(1)] = decodeURIComponent(part)
        return true
      } catch {
        return false
      }
    })
    if (fits) return { screen, params }
  }
  return null
}
