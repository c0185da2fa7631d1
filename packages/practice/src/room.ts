/**
 * How much one circle takes from members who are not the person (GEN-11). Every device works through the whole record,
 * so whoever could add without end could make it too heavy to open. The person is never kept from adding to their own.
 */
import type { Circle, PracticeEvent, Rule } from './define.ts'
import { isPerson } from './people/state.ts'
import { sizeOf } from './things.ts'

/** How many things a collection holds before only the person adds to it. */
export const ROOM_FOR_OTHERS = 3_000

/** GEN-11: once a collection holds three thousand things, only the person adds to it. */
export const roomIn = (things: (circle: Circle) => { readonly [id: string]: unknown }): Rule<PracticeEvent> => ({
  id: 'GEN-11',
  holds: (circle, _event, by) => isPerson(circle, by.member) || sizeOf(things(circle)) < ROOM_FOR_OTHERS,
})
