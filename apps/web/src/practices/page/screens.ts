/** The practitioner's page and the places that lead to it. */
import type { CardDef, ScreenDef } from '../../shell/screen.ts'

const words = ['meet', 'agreement', 'failure']

export const screens: readonly ScreenDef[] = [
  { path: '/page', tab: 'more', words, load: () => import('./PageScreen.tsx').then((m) => m.PageScreen) },
  { path: '/page/see', tab: 'more', words, load: () => import('./SeeScreen.tsx').then((m) => m.SeeScreen) },
  {
    path: '/page/limits',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./LimitsScreen.tsx').then((m) => m.LimitsScreen),
  },
  {
    path: '/page/limits/:kind',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./LimitScreen.tsx').then((m) => m.LimitScreen),
  },
  {
    path: '/page/warn',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./WarnScreen.tsx').then((m) => m.WarnScreen),
  },
  {
    path: '/page/cost',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./CostScreen.tsx').then((m) => m.CostScreen),
  },
  {
    path: '/page/offer',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./OfferScreen.tsx').then((m) => m.OfferScreen),
  },
  {
    path: '/page/offer/:section',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./OfferLineScreen.tsx').then((m) => m.OfferLineScreen),
  },
  {
    path: '/page/second',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./SecondScreen.tsx').then((m) => m.SecondScreen),
  },
  {
    path: '/page/:part',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./PartScreen.tsx').then((m) => m.PartScreen),
  },
  { path: '/places', tab: 'more', words, load: () => import('./PlacesScreen.tsx').then((m) => m.PlacesScreen) },
  { path: '/places/:place', tab: 'more', words, load: () => import('./PlaceScreen.tsx').then((m) => m.PlaceScreen) },
  {
    path: '/places/:place/sheet',
    tab: 'more',
    bare: true,
    words,
    load: () => import('./SheetScreen.tsx').then((m) => m.SheetScreen),
  },
]

export const cards: readonly CardDef[] = [
  { slot: 'today', order: 60, load: () => import('./PageCards.tsx').then((m) => m.PageTodayCard) },
  { slot: 'more', order: 20, load: () => import('./PageCards.tsx').then((m) => m.PageMoreCard) },
]
