/** What the chapters of the story are told with, and which chapters there are. */
import type { Language } from '../../words/locale.ts'
import type { Player } from './player.ts'
import type { StoryWords } from './words.ts'

/** The parts of the story, in order, for whoever waits for it. */
export const CHAPTERS = ['page', 'comingIn', 'meeting', 'after'] as const
export type Chapter = (typeof CHAPTERS)[number]

export interface Telling {
  readonly amina: Player
  readonly rosa: Player
  readonly language: Language
  readonly words: StoryWords
  /** `YYYY-MM-DD`, some days from today. */
  readonly day: (fromToday: number) => string
  readonly newId: () => string
  /** Sets both devices' clocks so many days back. */
  readonly goBack: (days: number) => void
  readonly chapter: (now: Chapter) => void
}

/** How long ago the two met. */
export const MET_DAYS_AGO = 6
