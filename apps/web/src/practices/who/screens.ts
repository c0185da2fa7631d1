import type { CardDef, ScreenDef } from '../../shell/screen.ts'

export const screens: readonly ScreenDef[] = [
  { path: '/who', tab: 'more', load: () => import('./WhoScreen.tsx').then((m) => m.WhoScreen) },
]

export const cards: readonly CardDef[] = [
  { slot: 'more', order: 10, load: () => import('./WhoCard.tsx').then((m) => m.WhoCard) },
]
