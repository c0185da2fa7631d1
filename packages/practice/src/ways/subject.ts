/** Ways forward: choices opened, ways added and weighed, one taken by all whose choice it is, undone, looked at again. */
import type { Id } from '@alongside/base/codec.ts'
import { defineSubject, type By, type Circle, type EventOf } from '../define.ts'
import { put } from '../things.ts'
import * as events from './events.ts'
import { roomIn } from '../room.ts'
import * as rules from './rules.ts'
import { choosers, MOST_LOOKS, noChoices, type Choice, type Way, type WaysState } from './state.ts'

type Bring = {
  ChoiceOpened: EventOf<typeof events.ChoiceOpened>
  WayAdded: EventOf<typeof events.WayAdded>
  WayWeighed: EventOf<typeof events.WayWeighed>
  WayTakenOff: EventOf<typeof events.WayTakenOff>
  ChoiceMade: EventOf<typeof events.ChoiceMade>
  ChoiceUndone: EventOf<typeof events.ChoiceUndone>
  ChoiceLookedAgain: EventOf<typeof events.ChoiceLookedAgain>
}

declare module '../define.ts' {
  interface Circle {
    readonly ways: WaysState
  }
  interface Events extends Bring {}
}

const change = (part: WaysState, id: Id, to: (choice: Choice) => Partial<Choice>): WaysState => {
  const choice = part.choices[id]
  return choice === undefined ? part : { choices: put(part.choices, id, { ...choice, ...to(choice) }) }
}

const changeWay = (part: WaysState, id: Id, wayId: Id, to: (way: Way) => Partial<Way>): WaysState =>
  change(part, id, (choice) => ({
    ways: choice.ways.map((way) => (way.id === wayId ? { ...way, ...to(way) } : way)),
  }))

/** WAY-7: the choice once all who are here and whose choice it is have taken this way. */
const settled = (circle: Circle, choice: Choice, way: Id, by: By): Partial<Choice> =>
  choosers(circle, choice).every((member) => choice.picks[member]?.way === way)
    ? { status: 'made', made: { way, seq: by.seq, at: by.at }, looks: [] }
    : {}

export const ways = defineSubject<WaysState>({
  name: 'ways',
  initial: noChoices,
  events: Object.values(events),
  handlers: {
    ChoiceOpened: {
      rules: [
        rules.notAlone,
        rules.choiceIsNew,
        rules.questionSaysSomething,
        rules.meetingIsOurs,
        rules.someonesChoice,
        roomIn((circle) => circle.ways.choices),
      ],
      evolve: (part, event, by) => {
        const choice: Choice = {
          id: event.choice,
          openedBy: by.member,
          seq: by.seq,
          encounter: event.encounter,
          question: event.question,
          whose: event.whose,
          byWhen: event.byWhen,
          ifNot: event.ifNot,
          ways: [],
          picks: {},
          status: 'open',
          made: null,
          looks: [],
          undone: null,
        }
        return { choices: put(part.choices, choice.id, choice) }
      },
    },
    WayAdded: {
      rules: [rules.notMade, rules.wayHasRoom, rules.waySaysSomething],
      evolve: (part, event, by) => {
        const { way: id, text, notNow } = event
        const way: Way = { id, author: by.member, seq: by.seq, text, notNow, takenOff: false, weighings: {} }
        return change(part, event.choice, (choice) => ({ ways: [...choice.ways, way] }))
      },
    },
    WayWeighed: {
      rules: [rules.notMade, rules.wayIsThere, rules.weighingSaysSomething],
      evolve: (part, event, by) => {
        const { good, hard, unknown } = event
        return changeWay(part, event.choice, event.way, (way) => ({
          weighings: { ...way.weighings, [by.member]: { good, hard, unknown, seq: by.seq } },
        }))
      },
    },
    WayTakenOff: {
      rules: [rules.notMade, rules.ownUntakenWay],
      evolve: (part, event) => changeWay(part, event.choice, event.way, () => ({ takenOff: true })),
    },
    ChoiceMade: {
      rules: [rules.notMade, rules.theirChoice, rules.somethingToChoose, rules.wayIsThere],
      evolve: (part, event, by, circle) =>
        change(part, event.choice, (choice) => {
          const { way, undo, lookAgain } = event
          const picks = { ...choice.picks, [by.member]: { way, undo, lookAgain, seq: by.seq, at: by.at } }
          return { picks, ...settled(circle, { ...choice, picks }, way, by) }
        }),
    },
    ChoiceUndone: {
      rules: [rules.isMade, rules.theirChoice],
      evolve: (part, event, by) =>
        change(part, event.choice, (choice) => ({
          status: 'undone',
          made: null,
          picks: {},
          undone: { by: by.member, why: event.why, way: choice.made?.way ?? '', seq: by.seq },
        })),
    },
    ChoiceLookedAgain: {
      rules: [rules.isMade, rules.theirChoice],
      evolve: (part, event, by) =>
        change(part, event.choice, (choice) => ({
          looks: [
            ...choice.looks,
            { by: by.member, words: event.words, lookAgain: event.lookAgain, seq: by.seq, at: by.at },
          ].slice(-MOST_LOOKS),
        })),
    },
  },
})
