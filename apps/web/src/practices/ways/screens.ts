import type { CardDef, ScreenDef } from '../../shell/screen.ts'

const open = () => import('./OpenScreen.tsx').then((m) => m.OpenScreen)

export const screens: readonly ScreenDef[] = [
  {
    path: '/plan/ways',
    tab: 'plan',
    words: ['failure'],
    load: () => import('./WaysScreen.tsx').then((m) => m.WaysScreen),
  },
  { path: '/plan/ways/new', tab: 'plan', words: ['failure'], load: open },
  { path: '/plan/ways/new/:encounter', tab: 'plan', words: ['failure'], load: open },
  {
    path: '/plan/ways/:choice',
    tab: 'plan',
    words: ['failure'],
    load: () => import('./ChoiceScreen.tsx').then((m) => m.ChoiceScreen),
  },
]

export const cards: readonly CardDef[] = [
  { slot: 'plan', order: 20, load: () => import('./WaysCard.tsx').then((m) => m.WaysCard) },
]
