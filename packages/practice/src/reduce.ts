/**
 * The constitution at work. `judge` says whether an event may have effect, and by which sentence not; `reduce` says
 * what the circle is after it. Both are pure and total: no clock, no chance, no locale, nothing thrown. The same
 * record gives the same state on every device (GEN-7), whatever anybody says (GEN-9, GEN-10). Source: SPEC.md of this
 * package and protocol section 2.10.
 */
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { By, Circle, PracticeEvent, Refusal, Rule } from './define.ts'
import { allSubjects, ownerOf } from './registry.ts'
import { growing, type Unseen } from './things.ts'

/** The first rule that stands in the way of this event, or null when nothing does. Order of judging: GEN-5. */
export function judge(circle: Circle, event: PracticeEvent, by: By): Refusal | null {
  for (const subject of allSubjects)
    for (const gate of subject.gates ?? []) if (!gate.holds(circle, event, by)) return refusal(gate, event)
  for (const rule of ownerOf(event).handler.rules) if (!rule.holds(circle, event, by)) return refusal(rule, event)
  return null
}

/**
 * The circle after an event, or the refusal (GEN-3, GEN-4); the circle given is never changed (GEN-8), apart from its
 * collections in `unseen`, which only the caller has. A refused event changes none of those either. Order: GEN-6.
 */
export function reduce(circle: Circle, event: PracticeEvent, by: By, unseen?: Unseen): Result<Circle, Refusal> {
  const refused = judge(circle, event, by)
  if (refused !== null) return err(refused)
  return ok(unseen === undefined ? evolve(circle, event, by) : growing(unseen, () => evolve(circle, event, by)))
}

function evolve(circle: Circle, event: PracticeEvent, by: By): Circle {
  const own = ownerOf(event)
  const before = circle as unknown as Record<string, unknown>
  const next: Record<string, unknown> = { ...before }
  next[own.subject.name] = own.handler.evolve(before[own.subject.name], event, by, circle)
  for (const subject of allSubjects) {
    const hear = subject.hears?.[event.type] as
      | ((part: unknown, event: PracticeEvent, by: By, circle: Circle) => unknown)
      | undefined
    if (hear !== undefined) next[subject.name] = hear(next[subject.name], event, by, circle)
  }
  return next as unknown as Circle
}

const refusal = (rule: Rule<never>, event: PracticeEvent): Refusal => ({
  type: 'RuleRefused',
  rule: rule.id,
  event: event.type,
})
