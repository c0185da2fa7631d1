/** Which page of the walk-through world stands at an address: the world itself, or within it a seat. Nothing else runs in a frame. */
import { WALK_PATH } from '../shell/route.ts'
import type { Language } from '../words/locale.ts'
import { seatAt } from './seats.ts'

export async function arrive(place: Element, wanted: Language): Promise<void> {
  const seat = seatAt(location.pathname)
  if (window.top === window) {
    // A seat cannot be had alone, and a link made in a seat has nothing to open here.
    history.replaceState(null, '', WALK_PATH)
    const { startWorld } = await import('./walk-through-world.tsx')
    await startWorld(place, wanted)
  } else if (seat !== null) {
    const { startSeat } = await import('./walk-through-seat.tsx')
    startSeat(place, seat)
  }
}
