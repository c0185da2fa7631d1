/** Days as the story counts them, on this device's calendar. */
import { todayHere } from '../../shell/turn.ts'

/** `YYYY-MM-DD`, so many days from a moment in milliseconds since 1970. */
export function dayFrom(now: number, days: number): string {
  const then = new Date(now)
  then.setDate(then.getDate() + days)
  return todayHere(then)
}
