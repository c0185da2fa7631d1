import type { CardDef, ScreenDef } from '../../shell/screen.ts'

const make = () => import('./MakeScreen.tsx').then((m) => m.MakeScreen)

export const screens: readonly ScreenDef[] = [
  {
    path: '/plan/promises',
    tab: 'plan',
    words: ['failure'],
    load: () => import('./PromisesScreen.tsx').then((m) => m.PromisesScreen),
  },
  { path: '/plan/promises/new', tab: 'plan', words: ['failure'], load: make },
  { path: '/plan/promises/new/:encounter', tab: 'plan', words: ['failure'], load: make },
  {
    path: '/plan/promises/:promise',
    tab: 'plan',
    words: ['failure'],
    load: () => import('./PromiseScreen.tsx').then((m) => m.PromiseScreen),
  },
]

export const cards: readonly CardDef[] = [
  { slot: 'plan', order: 30, load: () => import('./PromisesCard.tsx').then((m) => m.PromisesCard) },
]
