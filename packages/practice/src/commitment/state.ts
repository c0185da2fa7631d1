/**
 * The promises of a circle, one list for all. Whether a promise is overdue depends on the day it is looked at, so it is
 * asked for with a day and never kept in the state. Source: domain 2.4, protocol section 2.10.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { Circle } from '../define.ts'
import { isPerson } from '../people/state.ts'

/** How a promise was moved, and what it said from then on. */
export interface Move {
  readonly type: 'made' | 'kept' | 'changed' | 'owned' | 'letGo'
  readonly text: string
  readonly due: string | null
  readonly words: string
  readonly seq: number
  readonly at: number
}

export interface Commitment {
  readonly id: Id
  readonly owner: Id
  readonly encounter: Id | null
  readonly text: string
  /** `YYYY-MM-DD`; null when no day was said. */
  readonly due: string | null
  /** How it was last moved. `kept` and `letGo` are the end of it. */
  readonly last: Move['type']
  /** From the making on; never shortened. */
  readonly moves: readonly Move[]
  /** The latest word of each other member who sees it differently. */
  readonly differing: { readonly [member: Id]: { readonly words: string; readonly seq: number; readonly at: number } }
}

export interface CommitmentState {
  readonly promises: { readonly [id: Id]: Commitment }
}

export const noCommitments: CommitmentState = { promises: {} }

/** How many times a promise can be moved, its making counted. */
export const MOST_MOVES = 100

/** `overdue` is display: the day has passed and its owner has not said anything about it. */
export type Standing = 'open' | 'overdue' | 'kept' | 'changed' | 'owned' | 'letGo'

export const isOver = (promise: Commitment): boolean => promise.last === 'kept' || promise.last === 'letGo'

/** PRM-6: how a promise stands on a day (`YYYY-MM-DD`). On its own day it is not yet overdue. */
export function standing(promise: Commitment, today: string): Standing {
  if (!isOver(promise) && promise.due !== null && promise.due < today) return 'overdue'
  return promise.last === 'made' ? 'open' : promise.last
}

const firstSeq = (promise: Commitment): number => promise.moves[0]?.seq ?? 0
const inOrder = (a: Commitment, b: Commitment): number => firstSeq(a) - firstSeq(b) || (a.id < b.id ? -1 : 1)

/** All promises of the circle, in the order they were made. */
export const allPromises = (circle: Circle): readonly Commitment[] =>
  Object.values(circle.commitment.promises).sort(inOrder)

/** The promises of one member, in the order they were made. */
export const promisesOf = (circle: Circle, member: Id): readonly Commitment[] =>
  allPromises(circle).filter((promise) => promise.owner === member)

/** The promises made in one meeting, from every side. */
export const promisesFrom = (circle: Circle, encounter: Id): readonly Commitment[] =>
  allPromises(circle).filter((promise) => promise.encounter === encounter)

/** Whether a promise is still to be done: neither kept nor let go, nor owned as missed with no new day. */
export const isLive = (promise: Commitment): boolean =>
  !isOver(promise) && !(promise.last === 'owned' && promise.due === null)

/**
 * PRM-7: the promises that this member is asked to keep, change or own: those due on `today` or before. Asked on the day
 * itself, while nobody's list shows it as overdue yet, so that the person need not chase. The person is never asked.
 */
export const askedToOwn = (circle: Circle, me: Id, today: string): readonly Commitment[] =>
  isPerson(circle, me)
    ? []
    : promisesOf(circle, me).filter((promise) => isLive(promise) && promise.due !== null && promise.due <= today)

/** How many of a member's promises stand how, on a day. For showing both sides in one shape. */
export function countsOf(circle: Circle, member: Id, today: string): { readonly [S in Standing]: number } {
  const counts = { open: 0, overdue: 0, kept: 0, changed: 0, owned: 0, letGo: 0 }
  for (const promise of promisesOf(circle, member)) counts[standing(promise, today)]++
  return counts
}
