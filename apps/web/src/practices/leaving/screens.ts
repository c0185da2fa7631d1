import type { CardDef, ScreenDef } from '../../shell/screen.ts'

export const screens: readonly ScreenDef[] = [
  {
    path: '/leave',
    tab: 'more',
    words: ['failure'],
    load: () => import('./LeaveScreen.tsx').then((m) => m.LeaveScreen),
  },
]

export const cards: readonly CardDef[] = [
  { slot: 'today', order: 5, load: () => import('./StandstillCard.tsx').then((m) => m.StandstillCard) },
  { slot: 'today', order: 25, load: () => import('./Announced.tsx').then((m) => m.AnnouncedCard) },
  { slot: 'more', order: 30, load: () => import('./LeaveCard.tsx').then((m) => m.LeaveCard) },
]
