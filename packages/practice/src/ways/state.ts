/** The choices of a circle with their ways forward, and what screens and rules ask about them. */
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '../define.ts'
import { isHere } from '../people/state.ts'

/** How one member sees one way; theirs alone, beside the others'. */
export interface Weighing {
  readonly good: string
  readonly hard: string
  readonly unknown: string
  readonly seq: number
}

export interface Way {
  readonly id: Id
  readonly author: Id
  readonly seq: number
  readonly text: string
  readonly notNow: boolean
  readonly takenOff: boolean
  readonly weighings: { readonly [member: Id]: Weighing }
}

/** What one of those whose choice it is took. */
export interface Pick {
  readonly way: Id
  readonly undo: string
  readonly lookAgain: string | null
  readonly seq: number
  readonly at: number
}

export interface Look {
  readonly by: Id
  readonly words: string
  readonly lookAgain: string | null
  readonly seq: number
  readonly at: number
}

export interface Choice {
  readonly id: Id
  readonly openedBy: Id
  readonly seq: number
  readonly encounter: Id | null
  readonly question: string
  readonly whose: readonly Id[]
  readonly byWhen: string | null
  readonly ifNot: string
  /** In the order they were added; those taken off stay marked as such. */
  readonly ways: readonly Way[]
  /** What each of those whose choice it is took; emptied when it is undone. */
  readonly picks: { readonly [member: Id]: Pick }
  /** `undone`: was made and taken back; it can be made again. */
  readonly status: 'open' | 'made' | 'undone'
  /** The way that was chosen, and where; null while none is. */
  readonly made: { readonly way: Id; readonly seq: number; readonly at: number } | null
  /** The latest looks at it since it was made, at most twenty. */
  readonly looks: readonly Look[]
  /** The latest undoing; stays when the choice is made anew. */
  readonly undone: { readonly by: Id; readonly why: string; readonly way: Id; readonly seq: number } | null
}

export interface WaysState {
  readonly choices: { readonly [id: Id]: Choice }
}

export const noChoices: WaysState = { choices: {} }

/** Most ways of one choice, those taken off counted. */
export const MOST_WAYS = 20
/** How many looks at a choice are kept in the state; all of them stay in the record. */
export const MOST_LOOKS = 20

export const choiceOf = (circle: Circle, choice: Id): Choice | null => circle.ways.choices[choice] ?? null

/** The ways of a choice that were not taken off, in the order they were added. */
export const waysOf = (choice: Choice): readonly Way[] => choice.ways.filter((way) => !way.takenOff)

/** A way that was not taken off, or null. */
export const wayOf = (choice: Choice, way: Id): Way | null => waysOf(choice).find((one) => one.id === way) ?? null

/** WAY-6: there is something to choose between: not now, and at least one other way. */
export const canBeMade = (choice: Choice): boolean =>
  waysOf(choice).some((way) => way.notNow) && waysOf(choice).some((way) => !way.notNow)

/** WAY-7: those whose choice it is and who are still here. */
export const choosers = (circle: Circle, choice: Choice): readonly Id[] =>
  choice.whose.filter((member) => isHere(circle, member))

/** Whether this member takes part in making the choice. */
export const isChooser = (circle: Circle, choice: Choice, member: Id): boolean =>
  choosers(circle, choice).includes(member)

/** The earliest day on which one of them wanted to look again; after a look, the day that was said then. Or null. */
export function lookAgainDay(choice: Choice): string | null {
  if (choice.made === null) return null
  const look = choice.looks.at(-1)
  if (look !== undefined) return look.lookAgain
  return (
    Object.values(choice.picks)
      .flatMap((pick) => pick.lookAgain ?? [])
      .sort()[0] ?? null
  )
}

const bySeq = (a: Choice, b: Choice): number => a.seq - b.seq || (a.id < b.id ? -1 : 1)

/** All choices of the circle, in the order they were opened. */
export const allChoices = (circle: Circle): readonly Choice[] => Object.values(circle.ways.choices).sort(bySeq)

/** The choices opened in one meeting. */
export const choicesFrom = (circle: Circle, encounter: Id): readonly Choice[] =>
  allChoices(circle).filter((choice) => choice.encounter === encounter)

/** The choices that wait for this member: theirs to make, something to choose between, and they have not taken a way. */
export const waitingForChoice = (circle: Circle, me: Id): readonly Choice[] =>
  allChoices(circle).filter(
    (choice) =>
      choice.status !== 'made' && canBeMade(choice) && isChooser(circle, choice, me) && choice.picks[me] === undefined,
  )

/** The choices that stand and were to be looked at on `today` (`YYYY-MM-DD`) or before. For display only. */
export const dueToLookAgain = (circle: Circle, today: string): readonly Choice[] =>
  allChoices(circle).filter((choice) => {
    const on = lookAgainDay(choice)
    return on !== null && on <= today
  })
