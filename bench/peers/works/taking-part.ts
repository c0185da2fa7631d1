/** Sides of a work from systems: a peer that cannot take part is told of, with the reason, and the others go on. */
import type { Figures, Side } from '../../lib/work.ts'
import { OURS, type System } from '../systems.ts'

/** How often a peer may fail before it is left out. */
const MOST_FAILURES = 2

/** One side for each system. When ours fails the work has failed; when a peer does, `notes` gets a line. */
export function sidesOf(
  systems: readonly System[],
  turn: (system: System) => Promise<Figures>,
  notes: string[],
): readonly Side[] {
  const failures = new Map<System, number>()
  return systems.map((system) => ({
    name: system.name,
    turn: async () => {
      if ((failures.get(system) ?? 0) >= MOST_FAILURES) return {}
      try {
        return await turn(system)
      } catch (error) {
        if (system === OURS) throw error
        failures.set(system, (failures.get(system) ?? 0) + 1)
        const why = error instanceof Error ? error.message : String(error)
        notes.push(`${system.name} broke off here: ${why}`)
        return {}
      }
    },
  }))
}
