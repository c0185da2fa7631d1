/** Choosing together, as the sentences WAY-1 to WAY-12 have it. */
import type { Id } from '@alongside/base/codec.ts'
import type { By } from '../../src/define.ts'
import { isMeetingHere } from './encounter.ts'
import { isHere, isOwn, isThePerson } from './people.ts'
import { type Named, roomFor, saysSomething, valuesOf, type Verdict, type World } from './world.ts'

type Choice = World['ways']['choices'][string]
type Way = Choice['ways'][number]

const wayThere = (choice: Choice, id: Id): Way | undefined => choice.ways.find((way) => way.id === id && !way.takenOff)
/** WAY-7: those whose choice it is and who are here. */
const choosersOf = (world: World, choice: Choice): Id[] => choice.whose.filter((member) => isHere(world, member))

export function choiceOpened(world: World, event: Named<'ChoiceOpened'>, by: By): Verdict {
  const { choices } = world.ways
  if (isOwn(world)) return 'WAY-12'
  if (choices[event.choice] !== undefined) return 'WAY-1'
  if (!saysSomething(event.question)) return 'WAY-11'
  if (!isMeetingHere(world, event.encounter)) return 'WAY-10'
  const { whose } = event
  if (whose.length < 1 || whose.length > 4 || new Set(whose).size !== whose.length) return 'WAY-2'
  if (!whose.every((member) => isHere(world, member))) return 'WAY-2'
  if (!roomFor(world, by, choices)) return 'GEN-11'
  choices[event.choice] = {
    id: event.choice,
    openedBy: by.member,
    seq: by.seq,
    encounter: event.encounter,
    question: event.question,
    whose: [...whose],
    byWhen: event.byWhen,
    ifNot: event.ifNot,
    ways: [],
    picks: {},
    status: 'open',
    made: null,
    looks: [],
    undone: null,
  }
  return null
}

/** WAY-3: a choice that is not made. */
function unmade(world: World, id: Id): Choice | null {
  const choice = world.ways.choices[id]
  return choice === undefined || choice.status === 'made' ? null : choice
}

export function wayAdded(world: World, event: Named<'WayAdded'>, by: By): Verdict {
  const choice = unmade(world, event.choice)
  if (choice === null) return 'WAY-3'
  if (choice.ways.some((way) => way.id === event.way) || choice.ways.length >= 20) return 'WAY-4'
  const fromOthers = choice.ways.filter((way) => !isThePerson(world, way.author)).length
  if (!isThePerson(world, by.member) && fromOthers >= 10) return 'WAY-4'
  if (!saysSomething(event.text)) return 'WAY-11'
  choice.ways.push({
    id: event.way,
    author: by.member,
    seq: by.seq,
    text: event.text,
    notNow: event.notNow,
    takenOff: false,
    weighings: {},
  })
  return null
}

export function wayWeighed(world: World, event: Named<'WayWeighed'>, by: By): Verdict {
  const choice = unmade(world, event.choice)
  if (choice === null) return 'WAY-3'
  const way = wayThere(choice, event.way)
  if (way === undefined) return 'WAY-5'
  const { good, hard, unknown } = event
  if (![good, hard, unknown].some(saysSomething)) return 'WAY-11'
  way.weighings[by.member] = { good, hard, unknown, seq: by.seq }
  return null
}

export function wayTakenOff(world: World, event: Named<'WayTakenOff'>, by: By): Verdict {
  const choice = unmade(world, event.choice)
  if (choice === null) return 'WAY-3'
  const way = wayThere(choice, event.way)
  if (way?.author !== by.member) return 'WAY-9'
  if (valuesOf(choice.picks).some((pick) => pick.way === event.way)) return 'WAY-9'
  way.takenOff = true
  return null
}

export function choiceMade(world: World, event: Named<'ChoiceMade'>, by: By): Verdict {
  const choice = unmade(world, event.choice)
  if (choice === null) return 'WAY-3'
  const choosers = choosersOf(world, choice)
  if (!choosers.includes(by.member)) return 'WAY-7'
  const there = choice.ways.filter((way) => !way.takenOff)
  if (!there.some((way) => way.notNow) || !there.some((way) => !way.notNow)) return 'WAY-6'
  if (wayThere(choice, event.way) === undefined) return 'WAY-5'
  choice.picks[by.member] = { way: event.way, undo: event.undo, lookAgain: event.lookAgain, seq: by.seq, at: by.at }
  for (const chooser of choosers) if (choice.picks[chooser]?.way !== event.way) return null
  choice.status = 'made'
  choice.made = { way: event.way, seq: by.seq, at: by.at }
  choice.looks = []
  return null
}

/** What stands in the way of looking again at a choice, or undoing it. */
function notTheirsToUndo(world: World, choice: Choice | undefined, by: By): Verdict {
  if (choice?.status !== 'made') return 'WAY-8'
  return choosersOf(world, choice).includes(by.member) ? null : 'WAY-7'
}

export function choiceUndone(world: World, event: Named<'ChoiceUndone'>, by: By): Verdict {
  const choice = world.ways.choices[event.choice]
  const refused = notTheirsToUndo(world, choice, by)
  if (refused !== null || choice === undefined || choice.made === null) return refused
  choice.undone = { by: by.member, why: event.why, way: choice.made.way, seq: by.seq }
  choice.status = 'undone'
  choice.made = null
  choice.picks = {}
  return null
}

export function choiceLookedAgain(world: World, event: Named<'ChoiceLookedAgain'>, by: By): Verdict {
  const choice = world.ways.choices[event.choice]
  const refused = notTheirsToUndo(world, choice, by)
  if (refused !== null || choice === undefined) return refused
  choice.looks.push({ by: by.member, words: event.words, lookAgain: event.lookAgain, seq: by.seq, at: by.at })
  while (choice.looks.length > 20) choice.looks.shift()
  return null
}
