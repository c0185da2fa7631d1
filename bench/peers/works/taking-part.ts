/** Sides of a work from systems: a peer that cannot take part is told of, with the reason, and the others go on. */
import type { Figures, Side } from '../../lib/work.ts'
import { OURS, type System } from '../systems.ts'

/** One side for each system. When ours fails the work has failed; when a peer does, `notes` gets a line. */
export function sidesOf(
  systems: readonly System[],
  turn: (system: System) => Promise<Figures>,
  notes: string[],
): readonly Side[] {
  const out = new Set<System>()
  return systems.map((system) => ({
    name: system.name,
    turn: async () => {
      if (out.has(system)) return {}
      try {
        return await turn(system)
      } catch (error) {
        if (system === OURS) throw error
        out.add(system)
        const why = error instanceof Error ? error.message : String(error)
        notes.push(`${system.name} did not run here: ${why}`)
        return {}
      }
    },
  }))
}
