/** The shell's own screens, each fetched when it is first needed. Nothing here needs Yjs or a key. */
import type { StandIns } from './outlet.ts'
import type { Registered, ScreenDef } from './screen.ts'

const own = (screen: ScreenDef): Registered<ScreenDef> => ({ ...screen, features: screen.words ?? [] })

export const standIns: StandIns = {
  starting: own({
    path: '/starting',
    tab: 'today',
    bare: true,
    load: () => import('./screens/StartingScreen.tsx').then((m) => m.StartingScreen),
  }),
  noStorage: own({
    path: '/no-storage',
    words: ['begin'],
    tab: 'today',
    bare: true,
    load: () => import('./begin/NoStorageScreen.tsx').then((m) => m.NoStorageScreen),
  }),
  elsewhere: own({
    path: '/elsewhere',
    tab: 'today',
    bare: true,
    load: () => import('./screens/ElsewhereScreen.tsx').then((m) => m.ElsewhereScreen),
  }),
  welcome: own({
    path: '/welcome',
    tab: 'today',
    bare: true,
    load: () => import('./screens/WelcomeScreen.tsx').then((m) => m.WelcomeScreen),
  }),
  unlock: own({
    path: '/unlock',
    words: ['failure'],
    tab: 'today',
    bare: true,
    load: () => import('./screens/UnlockScreen.tsx').then((m) => m.UnlockScreen),
  }),
  notFound: own({
    path: '/not-found',
    tab: 'today',
    load: () => import('./screens/NotFoundScreen.tsx').then((m) => m.NotFoundScreen),
  }),
}

/** The four tab screens come last, so that a practice may put its own screen in place of one. */
export const shellScreens: readonly Registered<ScreenDef>[] = [
  own({
    path: '/start',
    words: ['begin', 'failure'],
    tab: 'today',
    bare: true,
    needs: 'anyone',
    load: () => import('./begin/StartScreen.tsx').then((m) => m.StartScreen),
  }),
  own({
    path: '/link',
    words: ['begin'],
    tab: 'today',
    bare: true,
    needs: 'anyone',
    load: () => import('./begin/LinkScreen.tsx').then((m) => m.LinkScreen),
  }),
  own({
    path: '/about',
    words: ['about'],
    tab: 'more',
    needs: 'anyone',
    load: () => import('./about/AboutScreen.tsx').then((m) => m.AboutScreen),
  }),
  own({
    path: '/settings',
    words: ['settings'],
    tab: 'more',
    needs: 'anyone',
    load: () => import('./settings/SettingsScreen.tsx').then((m) => m.SettingsScreen),
  }),
  own({ path: '/', tab: 'today', load: () => import('./screens/TodayScreen.tsx').then((m) => m.TodayScreen) }),
  own({ path: '/notes', tab: 'notes', load: () => import('./screens/HubScreen.tsx').then((m) => m.NotesHub) }),
  own({ path: '/plan', tab: 'plan', load: () => import('./screens/HubScreen.tsx').then((m) => m.PlanHub) }),
  own({
    path: '/more',
    words: ['about', 'settings'],
    tab: 'more',
    load: () => import('./screens/MoreScreen.tsx').then((m) => m.MoreScreen),
  }),
]
