/** What every scene is given. */
import { randomBytes } from 'node:crypto'
import type { RunningRelay } from './relay-process.ts'
import type { Seat } from './seat.ts'
import type { Telling } from './tell.ts'

export interface Stage {
  readonly relay: RunningRelay
  readonly telling: Telling
  readonly amal: Seat
  readonly bea: Seat
  /** Somebody else with a phone. */
  readonly stranger: Seat
}

export const newId = (): string => randomBytes(16).toString('hex')

/** Both devices have sent everything and stand at the same position. */
export async function inStep({ amal, bea }: Stage): Promise<boolean> {
  const quiet = (): boolean =>
    amal.circle.sync.waiting === 0 && bea.circle.sync.waiting === 0 && amal.circle.sync.head === bea.circle.sync.head
  return (await amal.until(quiet)) && (await bea.until(quiet))
}

/** `YYYY-MM-DD`, some days from now. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
