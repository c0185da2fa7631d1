import type { CardDef, ScreenDef } from '../../shell/screen.ts'

export const screens: readonly ScreenDef[] = [
  { path: '/meeting/new', tab: 'today', load: () => import('./PlanScreen.tsx').then((m) => m.PlanScreen) },
  { path: '/meeting/:encounter', tab: 'today', load: () => import('./MeetingScreen.tsx').then((m) => m.MeetingScreen) },
  { path: '/agenda', tab: 'today', load: () => import('./AgendaScreen.tsx').then((m) => m.AgendaScreen) },
]

export const cards: readonly CardDef[] = [
  { slot: 'today', order: 10, load: () => import('./NextCard.tsx').then((m) => m.NextCard) },
  { slot: 'today', order: 30, load: () => import('./LastCard.tsx').then((m) => m.LastCard) },
]
