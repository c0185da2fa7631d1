import type { CardDef, ScreenDef } from '../../shell/screen.ts'

export const screens: readonly ScreenDef[] = [
  {
    path: '/rights',
    tab: 'more',
    words: ['agreement'],
    load: () => import('./RightsScreen.tsx').then((m) => m.RightsScreen),
  },
]

export const cards: readonly CardDef[] = [
  { slot: 'more', order: 20, load: () => import('./RightsCard.tsx').then((m) => m.RightsCard) },
]
