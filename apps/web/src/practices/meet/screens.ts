/** What a visitor sees: the page behind a link, a question without details, a reply, and the yes that founds a circle. */
import type { ScreenDef } from '../../shell/screen.ts'

const common = { tab: 'today', bare: true, needs: 'anyone', words: ['failure', 'agreement'] } as const

export const screens: readonly ScreenDef[] = [
  { ...common, path: '/meet', load: () => import('./MeetScreen.tsx').then((m) => m.MeetScreen) },
  { ...common, path: '/meet/ask', load: () => import('./AskScreen.tsx').then((m) => m.AskScreen) },
  { ...common, path: '/meet/reply', load: () => import('./ReplyScreen.tsx').then((m) => m.ReplyScreen) },
  { ...common, path: '/meet/yes', load: () => import('./YesScreen.tsx').then((m) => m.YesScreen) },
]
