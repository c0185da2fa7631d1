/** Promises, as the sentences PRM-1 to PRM-9 have it. */
import type { By } from '../../src/define.ts'
import { isMeetingHere } from './encounter.ts'
import { type Named, roomFor, saysSomething, type Verdict, type World } from './world.ts'

type Promise = World['commitment']['promises'][string]

/** One more move; the promise says what the move says. */
function moves(promise: Promise, type: Promise['last'], words: string, by: By): void {
  promise.last = type
  promise.moves.push({ type, text: promise.text, due: promise.due, words, seq: by.seq, at: by.at })
}

/** What stands in the way of its owner moving a promise. */
function notMovable(promise: Promise | undefined, by: By): Verdict {
  if (promise?.owner !== by.member) return 'PRM-2'
  if (promise.last === 'kept' || promise.last === 'letGo') return 'PRM-3'
  if (promise.moves.length >= 100) return 'PRM-5'
  return null
}

export function promiseMade(world: World, event: Named<'PromiseMade'>, by: By): Verdict {
  const { promises } = world.commitment
  if (promises[event.promise] !== undefined) return 'PRM-1'
  if (!isMeetingHere(world, event.encounter)) return 'PRM-8'
  if (!saysSomething(event.text)) return 'PRM-9'
  if (!roomFor(world, by, promises)) return 'GEN-11'
  const promise: Promise = {
    id: event.promise,
    owner: by.member,
    encounter: event.encounter,
    text: event.text,
    due: event.due,
    last: 'made',
    moves: [],
    differing: {},
  }
  promises[event.promise] = promise
  moves(promise, 'made', '', by)
  return null
}

export function promiseKept(world: World, event: Named<'PromiseKept'>, by: By): Verdict {
  const promise = world.commitment.promises[event.promise]
  const refused = notMovable(promise, by)
  if (refused !== null || promise === undefined) return refused
  moves(promise, 'kept', '', by)
  return null
}

export function promiseChanged(world: World, event: Named<'PromiseChanged'>, by: By): Verdict {
  const promise = world.commitment.promises[event.promise]
  const refused = notMovable(promise, by)
  if (refused !== null || promise === undefined) return refused
  if (!saysSomething(event.text)) return 'PRM-9'
  promise.text = event.text
  promise.due = event.due
  moves(promise, 'changed', event.why, by)
  return null
}

export function promiseOwned(world: World, event: Named<'PromiseOwned'>, by: By): Verdict {
  const promise = world.commitment.promises[event.promise]
  const refused = notMovable(promise, by)
  if (refused !== null || promise === undefined) return refused
  if (!saysSomething(event.words)) return 'PRM-9'
  promise.due = event.due
  moves(promise, 'owned', event.words, by)
  return null
}

export function promiseLetGo(world: World, event: Named<'PromiseLetGo'>, by: By): Verdict {
  const promise = world.commitment.promises[event.promise]
  const refused = notMovable(promise, by)
  if (refused !== null || promise === undefined) return refused
  moves(promise, 'letGo', event.why, by)
  return null
}

export function promiseSeenDifferently(world: World, event: Named<'PromiseSeenDifferently'>, by: By): Verdict {
  const promise = world.commitment.promises[event.promise]
  if (promise === undefined || promise.owner === by.member) return 'PRM-4'
  if (!saysSomething(event.words)) return 'PRM-9'
  promise.differing[by.member] = { words: event.words, seq: by.seq, at: by.at }
  return null
}
