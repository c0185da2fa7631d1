import type { CardDef, ScreenDef } from '../../shell/screen.ts'

const line = () => import('./LineScreen.tsx').then((m) => m.LineScreen)

export const screens: readonly ScreenDef[] = [
  { path: '/plan/agreement', tab: 'plan', load: () => import('./AgreementScreen.tsx').then((m) => m.AgreementScreen) },
  { path: '/plan/agreement/new/:section', tab: 'plan', load: line },
  { path: '/plan/agreement/change/:replaces', tab: 'plan', load: line },
]

export const cards: readonly CardDef[] = [
  { slot: 'plan', order: 10, load: () => import('./AgreementCard.tsx').then((m) => m.AgreementCard) },
]
