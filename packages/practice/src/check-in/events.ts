/** What of a check-in is in the record: sealed items of one size, what their authors show, and what follows from it. */
import { bool, bytes, hex, id, list, maybe, oneOf, text } from '@alongside/base/codec.ts'
import { defineEvent } from '../define.ts'
import { checkInAnswers, ITEMS, STEPS, stepWords, TRIGGERS } from './answers.ts'

/** Every item has this size, answered or empty. */
export const ITEM_BYTES = 4096
/** The item's key sealed to the person: 32 bytes of encapsulation, key and tag. Random bytes when it is not sealed to anybody. */
export const WRAP_BYTES = 80

/** A member's answers about a meeting, or an empty item that looks the same. */
export const CheckInSealed = defineEvent(80, 'CheckInSealed', {
  encounter: id,
  item: bytes(ITEM_BYTES),
  /** Binds the key, so that an item opens in one way only. */
  commitment: hex(32),
  wrap: bytes(WRAP_BYTES),
})

/** How a member sees the meeting now. What they sealed stays as it was. */
export const CheckInLaterView = defineEvent(81, 'CheckInLaterView', { encounter: id, answers: checkInAnswers })

/** A member shows their answers by giving the item's key, or only what there is to talk about. */
export const CheckInShown = defineEvent(82, 'CheckInShown', {
  encounter: id,
  what: oneOf(['answers', 'topics']),
  key: maybe(hex(32)),
  topics: list(oneOf(ITEMS), ITEMS.length),
  /** The change asked for, as in the answers, so that it can be replied to. */
  oneStep: maybe(oneOf(STEPS)),
  oneStepWords: stepWords,
})

/** The other side replies to a change that was asked for. */
export const ChangeAnswered = defineEvent(83, 'ChangeAnswered', {
  encounter: id,
  /** Who asked. */
  member: id,
  what: oneOf(['willDo', 'cannot']),
  words: text(1000, 1),
})

/** The person switches one kind of offer on or off. */
export const TriggerSet = defineEvent(84, 'TriggerSet', { trigger: oneOf(TRIGGERS), on: bool })

/** Somebody else suggests it. */
export const TriggerSuggested = defineEvent(85, 'TriggerSuggested', {
  trigger: oneOf(TRIGGERS),
  on: bool,
  words: text(500),
})
