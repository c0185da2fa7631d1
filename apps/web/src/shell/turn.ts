/**
 * “Your turn”: what waits for the one who holds this device. Each practice says its own part in `turn.ts` of its
 * folder; Today gathers them. Nothing here nags: a task is shown while it is open, and that is all.
 */
import type { CircleView } from '@alongside/device/api.ts'
import type { Task } from '../components/task-list/TaskList.tsx'

export interface TurnModule {
  /** Tasks of this practice in one circle. `today` is `YYYY-MM-DD` on this device. */
  readonly turn: (circle: CircleView, today: string) => readonly Task[]
}

/** Today's date on this device, `YYYY-MM-DD`. For display only. */
export function todayHere(now = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
