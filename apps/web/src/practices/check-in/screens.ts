import type { CardDef, ScreenDef } from '../../shell/screen.ts'

export const screens: readonly ScreenDef[] = [
  {
    path: '/check-in/:encounter',
    tab: 'today',
    bare: true,
    words: ['encounter', 'failure'],
    load: () => import('./CheckInScreen.tsx').then((m) => m.CheckInScreen),
  },
  {
    path: '/check-ins',
    tab: 'today',
    words: ['encounter', 'failure'],
    load: () => import('./CheckInsScreen.tsx').then((m) => m.CheckInsScreen),
  },
]

export const cards: readonly CardDef[] = [
  { slot: 'today', order: 40, load: () => import('./CheckInCard.tsx').then((m) => m.CheckInCard) },
]
