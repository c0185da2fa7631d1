import type { CardDef } from '../../shell/screen.ts'

export const cards: readonly CardDef[] = [
  { slot: 'today', order: 5, full: true, load: () => import('./PeopleCard.tsx').then((m) => m.PeopleCard) },
  { slot: 'today', order: 20, load: () => import('./TurnCard.tsx').then((m) => m.TurnCard) },
  { slot: 'today', order: 90, full: true, load: () => import('./WhoReads.tsx').then((m) => m.WhoReads) },
]
