import type { CardDef, ScreenDef } from '../../shell/screen.ts'

export const screens: readonly ScreenDef[] = [
  { path: '/mine', tab: 'notes', load: () => import('./MineScreen.tsx').then((m) => m.MineScreen) },
]

export const cards: readonly CardDef[] = [
  { slot: 'notes', order: 80, load: () => import('./MineCard.tsx').then((m) => m.MineCard) },
]
