/** What the two people of the story say and write, in the language it is begun in. */
import { textFor } from '../../words/t.ts'

const PARTS = [
  'amina',
  'rosa',
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
  'limit.child',
  'limit.relyOnCare',
  'limit.endLife',
  'limit.hurtOther',
  'source',
  'costFull',
  'costFree',
  'room',
  'library',
  'lockItem',
  'formItem',
  'cousinItem',
  'offered',
  'offeredWhy',
  'note',
  'ownWords',
  'differs',
  'question',
  'ifNot',
  'letter',
  'letterGood',
  'letterHard',
  'letterUnknown',
  'notNow',
  'callAid',
  'bringLetter',
  'power',
  'checkInLine',
  'willDo',
] as const
export type StoryPart = (typeof PARTS)[number]
export type StoryWords = Readonly<Record<StoryPart, string>>

/** Every part; the messages of `walk-through` must be loaded. */
export function storyWords(): StoryWords {
  const words = Object.fromEntries(PARTS.map((part) => [part, textFor(`walk-through.story.${part}`) ?? '']))
  return words as Record<StoryPart, string>
}
