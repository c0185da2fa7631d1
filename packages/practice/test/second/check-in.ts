/** Check-ins, as the sentences CHK-1 to CHK-14 have it; the other CHK sentences are about devices and screens. */
import type { Id } from '@alongside/base/codec.ts'
import type { By } from '../../src/define.ts'
import { isOpenToLookBack } from './encounter.ts'
import { isHere, isOwn, isThePerson, memberOf } from './people.ts'
import { idsOf, type Named, saysSomething, type Verdict, type World } from './world.ts'

/** The table under one meeting, made when there is none. */
function under<T>(table: { [encounter: Id]: { [member: Id]: T } }, encounter: Id): { [member: Id]: T } {
  const found = table[encounter] ?? {}
  table[encounter] = found
  return found
}

/** CHK-2: the meeting was marked met while this member was in the circle. */
function wasThere(world: World, encounter: Id, member: Id): boolean {
  const metSeq = world.encounter.encounters[encounter]?.metSeq ?? null
  const since = memberOf(world, member)?.sinceSeq ?? null
  const until = memberOf(world, member)?.untilSeq ?? null
  return metSeq !== null && since !== null && since <= metSeq && (until === null || until > metSeq)
}

const hasSealed = (world: World, encounter: Id, member: Id): boolean =>
  world.checkIn.sealed[encounter]?.[member] !== undefined

/** CHK-9: a step of one's own has words, and only that has. */
const stepHasItsWords = (said: { readonly oneStep: string | null; readonly oneStepWords: string }): boolean =>
  said.oneStep === 'own' ? saysSomething(said.oneStepWords) : said.oneStepWords === ''

export function checkInSealed(world: World, event: Named<'CheckInSealed'>, by: By): Verdict {
  const { encounter, item, commitment, wrap } = event
  if (isOwn(world)) return 'CHK-1'
  if (!wasThere(world, encounter, by.member)) return 'CHK-2'
  if (hasSealed(world, encounter, by.member)) return 'CHK-3'
  if (!isThePerson(world, by.member) && !isOpenToLookBack(world, encounter)) return 'CHK-4'
  under(world.checkIn.sealed, encounter)[by.member] = { item, commitment, wrap, seq: by.seq, seenSeq: by.seenSeq }
  return null
}

export function checkInLaterView(world: World, event: Named<'CheckInLaterView'>, by: By): Verdict {
  const { encounter, answers } = event
  if (!hasSealed(world, encounter, by.member)) return 'CHK-10'
  const waitsFor = idsOf(world.people.members).filter(
    (member) => isHere(world, member) && wasThere(world, encounter, member) && !hasSealed(world, encounter, member),
  )
  if (waitsFor.length > 0 && isOpenToLookBack(world, encounter)) return 'CHK-10'
  const words = [answers.oneStepWords, answers.line, answers.power]
  const marks = Object.values(answers.items).filter((mark) => mark !== null)
  if (marks.length === 0 && answers.oneStep === null && !answers.nothingToChoose && !words.some(saysSomething))
    return 'CHK-10'
  const before = world.checkIn.later[encounter]?.[by.member] ?? []
  if (before.length >= 5) return 'CHK-10'
  if (!stepHasItsWords(answers)) return 'CHK-9'
  const later = under(world.checkIn.later, encounter)
  later[by.member] = [...before, { answers, seq: by.seq, at: by.at }]
  return null
}

export function checkInShown(world: World, event: Named<'CheckInShown'>, by: By): Verdict {
  const { encounter, what, key, topics, oneStep, oneStepWords } = event
  if (!hasSealed(world, encounter, by.member)) return 'CHK-6'
  if (what === 'answers' && (key === null || topics.length > 0)) return 'CHK-7'
  if (what === 'topics' && (key !== null || (topics.length === 0 && oneStep === null))) return 'CHK-7'
  if (new Set(topics).size !== topics.length) return 'CHK-7'
  if (!stepHasItsWords(event)) return 'CHK-9'
  const before = world.checkIn.shown[encounter]?.[by.member]
  if (before === undefined) {
    const asked = oneStep === null ? null : { seq: by.seq, at: by.at }
    const shown = { what, key, topics: [...topics], oneStep, oneStepWords, asked, seq: by.seq, at: by.at }
    under(world.checkIn.shown, encounter)[by.member] = shown
    return null
  }
  if (before.what === 'answers' || what === 'topics') return 'CHK-8'
  if (before.oneStep !== null && (before.oneStep !== oneStep || before.oneStepWords !== oneStepWords)) return 'CHK-8'
  if (before.oneStep === null && oneStep !== null) {
    before.oneStep = oneStep
    before.oneStepWords = oneStepWords
    before.asked = { seq: by.seq, at: by.at }
  }
  before.what = 'answers'
  before.key = key
  return null
}

export function changeAnswered(world: World, event: Named<'ChangeAnswered'>, by: By): Verdict {
  const { encounter, member } = event
  const shown = world.checkIn.shown[encounter]?.[member]
  if (shown === undefined || shown.oneStep === null) return 'CHK-14'
  if (shown.oneStep === 'dontKnow' || shown.oneStep === 'nothing') return 'CHK-14'
  if (isThePerson(world, by.member) === isThePerson(world, member)) return 'CHK-14'
  const replies = world.checkIn.replies[encounter]?.[member] ?? []
  if (replies.filter((reply) => reply.by === by.member).length >= 5) return 'CHK-14'
  if (!saysSomething(event.words)) return 'CHK-14'
  const reply = { by: by.member, what: event.what, words: event.words, seq: by.seq, at: by.at }
  under(world.checkIn.replies, encounter)[member] = [...replies, reply]
  return null
}

export function triggerSet(world: World, event: Named<'TriggerSet'>, by: By): Verdict {
  const { checkIn } = world
  if (!isThePerson(world, by.member)) return 'CHK-11'
  checkIn.triggers[event.trigger] = event.on
  checkIn.suggestions = checkIn.suggestions.filter((one) => one.trigger !== event.trigger)
  return null
}

export function triggerSuggested(world: World, event: Named<'TriggerSuggested'>, by: By): Verdict {
  const { checkIn } = world
  const { trigger, on, words } = event
  if (isThePerson(world, by.member)) return 'CHK-12'
  checkIn.suggestions = checkIn.suggestions.filter((one) => one.trigger !== trigger || one.by !== by.member)
  checkIn.suggestions.push({ by: by.member, trigger, on, words, seq: by.seq })
  return null
}
