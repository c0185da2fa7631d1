/**
 * The words of the check-in "How was it between us?": its items, the small steps that can be asked for, the answers of
 * one member, and what may be offered afterwards. Five questions written for this product, not tested as a measure; a
 * way to start a talk. There is no total and no score. Source: domain 3.3.
 */
import { bool, maybe, oneOf, record, text, uint, type Codec, type Id, type Of } from '@alongside/base/codec.ts'
import { isBlank } from '../shapes.ts'

/** The five items, in the order they are asked. */
export const ITEMS = ['worth', 'voice', 'open', 'choice', 'free'] as const
export type Item = (typeof ITEMS)[number]

/** The small change asked for, which comes first. `own` goes with words of one's own. */
export const STEPS = [
  'letMeStart',
  'slowDown',
  'plainWords',
  'showScreen',
  'askBeforeWrite',
  'tellWhy',
  'moreTime',
  'bringSomeone',
  'dontKnow',
  'nothing',
  'own',
] as const
export type Step = (typeof STEPS)[number]

/** Words of one's own for the step, in UTF-16 units. */
export const stepWords = text(300)

/** From 0 to 4 as the item's own answers say; null when it was skipped. */
const mark: Codec<number | null> = maybe(uint(4))

/** What one member answers about one meeting. Everything can be left out. */
export const checkInAnswers = record({
  oneStep: maybe(oneOf(STEPS)),
  oneStepWords: stepWords,
  items: record({ worth: mark, voice: mark, open: mark, choice: mark, free: mark }),
  /** "Nothing to choose this time", for the item `choice`. */
  nothingToChoose: bool,
  /** One line more, if they like. */
  line: text(600),
  /** Was there power here that could not move today? */
  power: text(300),
})
export type CheckInAnswers = Of<typeof checkInAnswers>

/** An answer of no answers: what goes into an item when somebody did not answer. */
export const noAnswers: CheckInAnswers = {
  oneStep: null,
  oneStepWords: '',
  items: { worth: null, voice: null, open: null, choice: null, free: null },
  nothingToChoose: false,
  line: '',
  power: '',
}

/** Whether nothing at all was answered. */
export const isEmpty = (answers: CheckInAnswers): boolean =>
  answers.oneStep === null &&
  !answers.nothingToChoose &&
  ITEMS.every((item) => answers.items[item] === null) &&
  isBlank(`${answers.oneStepWords}${answers.line}${answers.power}`)

/**
 * What can lead to an offer to talk. The person can switch each off. An offer says what it is about and nothing about
 * what it means; the answer to an offer may be silence.
 */
export const TRIGGERS = [
  'aboutAnItem',
  'aboutFree',
  'seenDifferently',
  'moreEqualThanFelt',
  'lessEqualThanFelt',
  'ownItFirst',
  'askedTwice',
] as const
export type Trigger = (typeof TRIGGERS)[number]

/** An offer to talk, made on one member's device and for that member's eyes. */
export interface TalkOffer {
  readonly trigger: Trigger
  /** `person` offers are private to the person; a device only ever makes offers for the side it is on. */
  readonly to: 'person' | 'practitioner' | 'both'
  readonly encounter: Id
  /** The item it is about, when it is about one. */
  readonly item: Item | null
  /** Whose view stands beside one's own, when the offer comes from two views. */
  readonly other: Id | null
}
