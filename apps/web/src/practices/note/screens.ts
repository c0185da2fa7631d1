import type { CardDef, ScreenDef } from '../../shell/screen.ts'

export const screens: readonly ScreenDef[] = [
  {
    path: '/notes/:encounter',
    tab: 'notes',
    words: ['failure'],
    load: () => import('./NoteScreen.tsx').then((m) => m.NoteScreen),
  },
]

export const cards: readonly CardDef[] = [
  { slot: 'notes', order: 10, load: () => import('./NotesCard.tsx').then((m) => m.NotesCard) },
]
