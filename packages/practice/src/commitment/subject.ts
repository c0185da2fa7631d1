/** Promises: made by either side, moved by their owner alone, seen differently by others. */
import type { Id } from '@alongside/base/codec.ts'
import { defineSubject, type By, type EventOf } from '../define.ts'
import { put } from '../things.ts'
import * as events from './events.ts'
import { roomIn } from '../room.ts'
import * as rules from './rules.ts'
import { noCommitments, type Commitment, type CommitmentState, type Move } from './state.ts'

type Bring = {
  PromiseMade: EventOf<typeof events.PromiseMade>
  PromiseKept: EventOf<typeof events.PromiseKept>
  PromiseChanged: EventOf<typeof events.PromiseChanged>
  PromiseOwned: EventOf<typeof events.PromiseOwned>
  PromiseSeenDifferently: EventOf<typeof events.PromiseSeenDifferently>
  PromiseLetGo: EventOf<typeof events.PromiseLetGo>
}

declare module '../define.ts' {
  interface Circle {
    readonly commitment: CommitmentState
  }
  interface Events extends Bring {}
}

const change = (part: CommitmentState, id: Id, to: (promise: Commitment) => Commitment): CommitmentState => {
  const promise = part.promises[id]
  return promise === undefined ? part : { promises: put(part.promises, id, to(promise)) }
}

/** The promise after its owner moved it; what the move leaves unsaid stays as it was. */
const moved = (
  promise: Commitment,
  by: By,
  move: { type: Move['type']; text?: string; due?: string | null; words?: string },
): Commitment => {
  const { type, text = promise.text, due = promise.due, words = '' } = move
  return {
    ...promise,
    text,
    due,
    last: type,
    moves: [...promise.moves, { type, text, due, words, seq: by.seq, at: by.at }],
  }
}

const ownerMoves = [rules.onlyOwnerMoves, rules.notOver, rules.movesHaveRoom]

export const commitment = defineSubject<CommitmentState>({
  name: 'commitment',
  initial: noCommitments,
  events: Object.values(events),
  handlers: {
    PromiseMade: {
      rules: [
        rules.promiseIsNew,
        rules.meetingIsOurs,
        rules.promiseSaysSomething,
        roomIn((circle) => circle.commitment.promises),
      ],
      evolve: (part, event, by) => {
        const made: Commitment = {
          id: event.promise,
          owner: by.member,
          encounter: event.encounter,
          text: event.text,
          due: event.due,
          last: 'made',
          moves: [],
          differing: {},
        }
        return { promises: put(part.promises, made.id, moved(made, by, { type: 'made' })) }
      },
    },
    PromiseKept: {
      rules: ownerMoves,
      evolve: (part, event, by) => change(part, event.promise, (promise) => moved(promise, by, { type: 'kept' })),
    },
    PromiseChanged: {
      rules: [...ownerMoves, rules.promiseSaysSomething],
      evolve: (part, event, by) =>
        change(part, event.promise, (promise) =>
          moved(promise, by, { type: 'changed', text: event.text, due: event.due, words: event.why }),
        ),
    },
    PromiseOwned: {
      rules: [...ownerMoves, rules.wordsSaySomething],
      evolve: (part, event, by) =>
        change(part, event.promise, (promise) =>
          moved(promise, by, { type: 'owned', due: event.due, words: event.words }),
        ),
    },
    PromiseSeenDifferently: {
      rules: [rules.seenByAnother, rules.wordsSaySomething],
      evolve: (part, event, by) =>
        change(part, event.promise, (promise) => ({
          ...promise,
          differing: { ...promise.differing, [by.member]: { words: event.words, seq: by.seq, at: by.at } },
        })),
    },
    PromiseLetGo: {
      rules: ownerMoves,
      evolve: (part, event, by) =>
        change(part, event.promise, (promise) => moved(promise, by, { type: 'letGo', words: event.why })),
    },
  },
})
