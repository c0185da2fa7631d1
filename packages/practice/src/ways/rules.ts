/** The sentences of ways/SPEC.md. Each rule's name says it in short; the sentence is in the specification. */
import type { EventOf, PracticeEvent, Rule } from '../define.ts'
import { encounterOf } from '../encounter/state.ts'
import { isHere, isPerson } from '../people/state.ts'
import { isBlank } from '../shapes.ts'
import type { ChoiceOpened, WayWeighed } from './events.ts'
import { canBeMade, choiceOf, isChooser, MOST_WAYS, wayOf } from './state.ts'

type OnChoice = { readonly choice: string }
type OnWay = OnChoice & { readonly way: string }
type Opened = EventOf<typeof ChoiceOpened>
type Weighed = EventOf<typeof WayWeighed>

/** WAY-1: a choice's id is used once. */
export const choiceIsNew: Rule<OnChoice> = {
  id: 'WAY-1',
  holds: (circle, event) => choiceOf(circle, event.choice) === null,
}

/** WAY-2: it is said whose choice it is: members who are here, each once. */
export const someonesChoice: Rule<Opened> = {
  id: 'WAY-2',
  holds: (circle, event) =>
    event.whose.length > 0 &&
    new Set(event.whose).size === event.whose.length &&
    event.whose.every((member) => isHere(circle, member)),
}

/** WAY-3: ways are added and weighed until the choice is made, and again once it is undone. */
export const notMade: Rule<OnChoice> = {
  id: 'WAY-3',
  holds: (circle, event) => {
    const choice = choiceOf(circle, event.choice)
    return choice !== null && choice.status !== 'made'
  },
}

/** WAY-4: a way's id is used once in its choice, and there are twenty at most, half of them from others than the person. */
export const wayHasRoom: Rule<OnWay> = {
  id: 'WAY-4',
  holds: (circle, event, by) => {
    const ways = choiceOf(circle, event.choice)?.ways ?? []
    const fromOthers = ways.filter((way) => !isPerson(circle, way.author))
    return (
      ways.length < MOST_WAYS &&
      (isPerson(circle, by.member) || fromOthers.length < MOST_WAYS / 2) &&
      ways.every((way) => way.id !== event.way)
    )
  },
}

/** WAY-5: a way that is weighed or taken is there. */
export const wayIsThere: Rule<OnWay> = {
  id: 'WAY-5',
  holds: (circle, event) => {
    const choice = choiceOf(circle, event.choice)
    return choice !== null && wayOf(choice, event.way) !== null
  },
}

/** WAY-6: not now is among the ways, and so is another. */
export const somethingToChoose: Rule<OnChoice> = {
  id: 'WAY-6',
  holds: (circle, event) => {
    const choice = choiceOf(circle, event.choice)
    return choice !== null && canBeMade(choice)
  },
}

/** WAY-7: only those whose choice it is make it. */
export const theirChoice: Rule<OnChoice> = {
  id: 'WAY-7',
  holds: (circle, event, by) => {
    const choice = choiceOf(circle, event.choice)
    return choice !== null && isChooser(circle, choice, by.member)
  },
}

/** WAY-8: a choice that stands is undone or looked at again. */
export const isMade: Rule<OnChoice> = {
  id: 'WAY-8',
  holds: (circle, event) => choiceOf(circle, event.choice)?.status === 'made',
}

/** WAY-9: its author takes a way off, while nobody has taken it. */
export const ownUntakenWay: Rule<OnWay> = {
  id: 'WAY-9',
  holds: (circle, event, by) => {
    const choice = choiceOf(circle, event.choice)
    if (choice === null || wayOf(choice, event.way)?.author !== by.member) return false
    return Object.values(choice.picks).every((pick) => pick.way !== event.way)
  },
}

/** WAY-10: a choice that names a meeting names one of this circle. */
export const meetingIsOurs: Rule<{ readonly encounter: string | null }> = {
  id: 'WAY-10',
  holds: (circle, event) => event.encounter === null || encounterOf(circle, event.encounter) !== null,
}

/** WAY-11: a question says something. */
export const questionSaysSomething: Rule<{ readonly question: string }> = {
  id: 'WAY-11',
  holds: (_circle, event) => !isBlank(event.question),
}

/** WAY-11: a way says something. */
export const waySaysSomething: Rule<{ readonly text: string }> = {
  id: 'WAY-11',
  holds: (_circle, event) => !isBlank(event.text),
}

/** WAY-11: a weighing says something. */
export const weighingSaysSomething: Rule<Weighed> = {
  id: 'WAY-11',
  holds: (_circle, event) => !isBlank(`${event.good}${event.hard}${event.unknown}`),
}

/** WAY-12: an own circle has no choices to make together. */
export const notAlone: Rule<PracticeEvent> = { id: 'WAY-12', holds: (circle) => circle.people.kind !== 'own' }
