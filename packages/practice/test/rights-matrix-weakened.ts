/**
 * The constitution with one sentence taken out, to see that the rights matrix would notice; and stories that show it,
 * made as short as they go.
 */
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Circle, Refusal, RuleId } from '../src/define.ts'
import { allSubjects, ownerOf } from '../src/registry.ts'
import {
  actFrom,
  after,
  beginning,
  circleFrom,
  type Act,
  type Life,
  type Reduce,
  type Start,
} from './rights-matrix-acts.ts'
import { givenBy } from './rights-matrix-withheld.ts'
import type { Withheld } from './rights-matrix-step.ts'

/** Reduces as the product does, but for one sentence that nobody holds anybody to. */
export const without =
  (rule: RuleId): Reduce =>
  (circle, { event, by }) => {
    const { handler } = ownerOf(event)
    const rules = [...allSubjects.flatMap((subject) => subject.gates ?? []), ...handler.rules]
    const refused = rules.find((one) => one.id !== rule && !one.holds(circle, event, by))
    if (refused !== undefined) return err({ type: 'RuleRefused', rule: refused.id, event: event.type })
    const bare = { ...handler, rules: [] }
    return evolved(circle, { event, by }, bare.evolve)
  }

function evolved(
  circle: Circle,
  { event, by }: Act,
  evolve: ReturnType<typeof ownerOf>['handler']['evolve'],
): Result<Circle, Refusal> {
  const own = ownerOf(event).subject.name
  const next: Record<string, unknown> = { ...circle, [own]: evolve(circle[own], event, by, circle) }
  for (const subject of allSubjects) {
    const hear = subject.hears?.[event.type] as ((...args: readonly unknown[]) => unknown) | undefined
    if (hear !== undefined) next[subject.name] = hear(next[subject.name], event, by, circle)
  }
  return ok(next as unknown as Circle)
}

/** A story: how it begins, and everything said after. */
export interface Tale {
  readonly from: Start['from']
  readonly acts: readonly Act[]
}

/** What a story gives anybody that is withheld; null when nothing. */
export function givenIn(tale: Tale, rows: readonly Withheld[], as: Reduce): string | null {
  let circle = beginning(tale.from).circle
  for (const act of tale.acts) {
    const next = as(circle, act)
    if (!next.ok) continue
    const given = givenBy({ before: circle, after: next.value, ...act }, rows)
    if (given !== null) return given
    circle = next.value
  }
  return null
}

/** The story without everything that does not matter to what it gives. */
export function shortened(tale: Tale, rows: readonly Withheld[], as: Reduce): Tale {
  let { acts } = tale
  for (let at = acts.length - 1; at >= 0; at--) {
    const fewer = acts.filter((_act, i) => i !== at)
    if (givenIn({ ...tale, acts: fewer }, rows, as) !== null) acts = fewer
  }
  return { ...tale, acts }
}

/** Looks through stories for one that gives what these rows withhold; null when there is none among so many. */
export function lookThrough(rows: readonly Withheld[], as: Reduce, many: number): Tale | null {
  for (let i = 0; i < many; i++) {
    const start = circleFrom(i * 7919 + 5)
    let life: Life = start.life
    const acts = [...start.acts]
    for (let k = 0; k < 24; k++) {
      const act = actFrom(life, i * 1_000_003 + k * 101, as)
      acts.push(act)
      const next = as(life.circle, act)
      if (next.ok && givenBy({ before: life.circle, after: next.value, ...act }, rows) !== null)
        return shortened({ from: start.from, acts }, rows, as)
      life = after(life, act, next.ok ? next.value : null)
    }
  }
  return null
}
