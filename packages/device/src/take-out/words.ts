/**
 * The words of the page that is taken out. They come with the request, in the language it is made in, because all text on
 * a screen or on paper lives in message files. Each is a whole word or sentence; none is built from parts.
 */
import type { Item } from '@alongside/practice/check-in/answers.ts'

export const TAKE_OUT_WORDS = [
  'title',
  'about',
  'madeOn',
  'whoIsHere',
  'person',
  'practitioner',
  'supporter',
  'interpreter',
  'proposed',
  'admitted',
  'here',
  'left',
  'removed',
  'page',
  'how',
  'why',
  'who',
  'what',
  'controls',
  'cannotMove',
  'whoseSide',
  'whoPays',
  'whoGains',
  'givesBack',
  'training',
  'oversight',
  'complaint',
  'place',
  'limits',
  'cost',
  'agreement',
  'section',
  'lineProposed',
  'lineLive',
  'lineUnderReview',
  'lineChanged',
  'lineOff',
  'lineEnded',
  'meetings',
  'planned',
  'met',
  'notMet',
  'agenda',
  'open',
  'parked',
  'talked',
  'takenOff',
  'notes',
  'outsideMeetings',
  'shared',
  'ownWords',
  'noticed',
  'offered',
  'kept',
  'corrected',
  'struck',
  'signed',
  'differs',
  'noWord',
  'ways',
  'chosen',
  'notNow',
  'good',
  'hard',
  'unknown',
  'promises',
  'promiseMade',
  'promiseKept',
  'promiseChanged',
  'promiseOwned',
  'promiseLetGo',
  'checkIns',
  'notTested',
  'oneStep',
  'worth',
  'voice',
  'openItem',
  'choice',
  'free',
  'skipped',
  'line',
  'power',
  'private',
  'topics',
  'answers',
  'outside',
  'privateNotes',
  'record',
  'setAside',
  'nothing',
] as const
export type TakeOutWord = (typeof TAKE_OUT_WORDS)[number]
export type TakeOutWords = { readonly [W in TakeOutWord]: string }

/** Texts that come from the app and are bound in the record by id only. */
export interface TakeOutTexts {
  readonly words: TakeOutWords
  /** Names of the agreement's fifteen sections, in order. */
  readonly sections: readonly string[]
  /** Ready lines by id. */
  readonly ready: { readonly [id: string]: string }
  /** The small steps of a check-in by id. */
  readonly steps: { readonly [id: string]: string }
  /** The five items of a check-in: each one's own answers, from the mark 0 to 4. */
  readonly answers: { readonly [I in Item]: readonly string[] }
  readonly nothingToChoose: string
}
