/** The sentences of note/SPEC.md. Each rule's name says it in short; the sentence is in the specification. */
import type { EventOf, PracticeEvent, Rule } from '../define.ts'
import { encounterOf } from '../encounter/state.ts'
import { isHere, isPerson } from '../people/state.ts'
import { isBlank } from '../shapes.ts'
import type { BlockOffered } from './events.ts'
import { blockOf, covers, waitsOn, writersOf } from './state.ts'

type Offered = EventOf<typeof BlockOffered>
type OnBlock = { readonly block: string }

/** NOTE-1: an own circle has no shared note. */
export const notAlone: Rule<PracticeEvent> = { id: 'NOTE-1', holds: (circle) => circle.people.kind !== 'own' }

/** NOTE-2: a block's id is used once. */
export const blockIsNew: Rule<OnBlock> = {
  id: 'NOTE-2',
  holds: (circle, event) => blockOf(circle, event.block) === null,
}

/** NOTE-3: every part of the text has a writer who is here. */
export const everyPartHasWriter: Rule<Offered> = {
  id: 'NOTE-3',
  holds: (circle, event) =>
    covers(event.spans, event.text) && writersOf(event.spans).every((member) => isHere(circle, member)),
}

/** NOTE-4: own words are offered by their owner, hold nobody else's, and are corrected only by own words of theirs. */
export const ownWordsAreOwn: Rule<Offered> = {
  id: 'NOTE-4',
  holds: (circle, event, by) => {
    const old = event.replaces === null ? null : blockOf(circle, event.replaces)
    if (old !== null && (old.kind === 'ownWords') !== (event.kind === 'ownWords')) return false
    if (event.kind !== 'ownWords') return true
    return event.spans.every((span) => span.member === by.member) && (old === null || old.offeredBy === by.member)
  },
}

/** NOTE-6: only those a block waits for say yes to it. */
export const waitsForAuthor: Rule<OnBlock> = {
  id: 'NOTE-6',
  holds: (circle, event, by) => {
    const block = blockOf(circle, event.block)
    return block !== null && waitsOn(block).includes(by.member)
  },
}

/** NOTE-7: whoever offered a block or has words in it takes it back, until it is kept. */
export const mayTakeBack: Rule<OnBlock> = {
  id: 'NOTE-7',
  holds: (circle, event, by) => {
    const block = blockOf(circle, event.block)
    return block?.status === 'offered' && (block.offeredBy === by.member || block.needs.includes(by.member))
  },
}

/** NOTE-8: a word is said on a block as it stands, by somebody who did not write all of it. */
export const hasWordToSay: Rule<OnBlock> = {
  id: 'NOTE-8',
  holds: (circle, event, by) => {
    const block = blockOf(circle, event.block)
    return block?.status === 'kept' && block.struck === null && block.spans.some((span) => span.member !== by.member)
  },
}

const standsInPlace = (circle: Parameters<typeof blockOf>[0], replaces: string | null, encounter: string | null) => {
  if (replaces === null) return true
  const old = blockOf(circle, replaces)
  return old?.status === 'kept' && old.struck === null && old.encounter === encounter
}

/** NOTE-9: what is corrected is kept, is in the same meeting, and was neither struck nor corrected. */
export const correctsWhatStands: Rule<Offered> = {
  id: 'NOTE-9',
  holds: (circle, event) => standsInPlace(circle, event.replaces, event.encounter),
}

/** NOTE-9: that is still so when a yes is said. */
export const stillCorrects: Rule<OnBlock> = {
  id: 'NOTE-9',
  holds: (circle, event) => {
    const block = blockOf(circle, event.block)
    return block !== null && standsInPlace(circle, block.replaces, block.encounter)
  },
}

/** NOTE-10: the person strikes any kept block, its owner their own words. */
export const mayStrike: Rule<OnBlock> = {
  id: 'NOTE-10',
  holds: (circle, event, by) => {
    const block = blockOf(circle, event.block)
    if (block === null || block.struck !== null || (block.status !== 'kept' && block.status !== 'corrected'))
      return false
    return isPerson(circle, by.member) || (block.kind === 'ownWords' && block.offeredBy === by.member)
  },
}

/** NOTE-11: a block that names a meeting names one of this circle. */
export const meetingIsOurs: Rule<{ readonly encounter: string | null }> = {
  id: 'NOTE-11',
  holds: (circle, event) => event.encounter === null || encounterOf(circle, event.encounter) !== null,
}

/** NOTE-12: a block says something. */
export const textSaysSomething: Rule<{ readonly text: string }> = {
  id: 'NOTE-12',
  holds: (_circle, event) => !isBlank(event.text),
}

/** NOTE-12: a differing says something. */
export const wordsSaySomething: Rule<{ readonly words: string }> = {
  id: 'NOTE-12',
  holds: (_circle, event) => !isBlank(event.words),
}
