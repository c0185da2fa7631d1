/**
 * What a row of the rights matrix is: an act that is not everybody's. It looks at what an accepted entry changed, not at
 * which event did it, so that an event nobody has thought of yet is held to it too. Each row names the sentences that
 * hold it; the tests take these away one by one and want to see the row object.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { By, Circle, PracticeEvent, RuleId } from '../src/define.ts'

/** An entry that had its effect: the circle before and after it. */
export interface Step {
  readonly before: Circle
  readonly after: Circle
  readonly event: PracticeEvent
  readonly by: By
}

export interface Withheld {
  readonly act: string
  readonly kind: 'alongside' | 'own' | 'any'
  /** What was decided, in its own words. */
  readonly decided: string
  /** Each of these alone, when it is gone, lets the row be broken. Empty where nothing but the evolving itself holds it. */
  readonly rules: readonly RuleId[]
  /** The part of the state it watches; when that did not change there is nothing to ask. */
  readonly part: (keyof Circle & string) | 'any'
  /** What the entry gave that is withheld, in short; null when nothing. */
  readonly given: (step: Step) => string | null
}

/** Both sides of everything in a collection that changed: what was not there before is undefined. */
export function changed<T>(
  before: { readonly [id: string]: T },
  after: { readonly [id: string]: T },
): readonly (readonly [id: string, was: T | undefined, is: T | undefined])[] {
  if (before === after) return []
  const ids = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...ids].filter((id) => before[id] !== after[id]).map((id) => [id, before[id], after[id]] as const)
}

/** The first of several things that is wrong. */
export const firstOf = <T>(things: readonly T[], wrong: (thing: T) => string | null | false): string | null => {
  for (const thing of things) {
    const fault = wrong(thing)
    if (fault !== null && fault !== false) return fault
  }
  return null
}

/** Whether the entry is the person's. */
export const byPerson = ({ before, by }: Step): boolean => before.people.person === by.member

/** A row's question about each thing of a collection that changed. A thing that was not there is undefined. */
export const each =
  <T>(
    of: (circle: Circle) => { readonly [id: string]: T },
    wrong: (was: T | undefined, is: T | undefined, step: Step) => string | false,
  ): Withheld['given'] =>
  (step) =>
    firstOf(changed(of(step.before), of(step.after)), ([_id, was, is]) => wrong(was, is, step))

/** Of things kept for each member, whether only the author's own were made, changed or taken away. */
export const onlyOwn = (
  was: { readonly [member: Id]: unknown },
  is: { readonly [member: Id]: unknown },
  { by }: Step,
): boolean => changed(was, is).every(([member]) => member === by.member)
