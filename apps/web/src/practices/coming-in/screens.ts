/** Coming in: what is yours already, a way back, and knowing that nobody stands between. */
import type { CardDef, ScreenDef } from '../../shell/screen.ts'

const words = ['agreement', 'failure']

export const screens: readonly ScreenDef[] = [
  {
    path: '/welcome-in',
    tab: 'today',
    bare: true,
    words,
    load: () => import('./WelcomeInScreen.tsx').then((m) => m.WelcomeInScreen),
  },
  {
    path: '/compare/:member',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./CompareScreen.tsx').then((m) => m.CompareScreen),
  },
  {
    path: '/way-back',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./WayBackScreen.tsx').then((m) => m.WayBackScreen),
  },
  {
    path: '/come-back',
    tab: 'today',
    bare: true,
    needs: 'anyone',
    words,
    load: () => import('./ComeBackScreen.tsx').then((m) => m.ComeBackScreen),
  },
]

export const cards: readonly CardDef[] = [
  {
    slot: 'today',
    order: 5,
    words: ['failure'],
    load: () => import('./NewDeviceCard.tsx').then((m) => m.NewDeviceCard),
  },
  { slot: 'today', order: 50, load: () => import('./ComingInCards.tsx').then((m) => m.CompareCard) },
  { slot: 'more', order: 10, load: () => import('./ComingInCards.tsx').then((m) => m.KeysCard) },
]
