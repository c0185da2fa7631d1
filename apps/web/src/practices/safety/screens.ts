import type { CardDef, ScreenDef } from '../../shell/screen.ts'

export const screens: readonly ScreenDef[] = [
  {
    path: '/safety',
    tab: 'more',
    bare: true,
    needs: 'anyone',
    words: ['agreement'],
    load: () => import('./SafetyScreen.tsx').then((m) => m.SafetyScreen),
  },
]

export const cards: readonly CardDef[] = [
  { slot: 'more', order: 40, load: () => import('./SafetyCard.tsx').then((m) => m.SafetyCard) },
]
