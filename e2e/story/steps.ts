/** The steps of the first meeting, in order. */
import { comingIn, choosing } from './coming-in.ts'
import { checkIn, leaveFast, leaving, today } from './after.ts'
import { agreement, meeting } from './before.ts'
import { note, promises, ways } from './during.ts'
import { practicePage } from './page.ts'
import type { Stage } from './stage.ts'

export const STEPS: readonly (readonly [string, (stage: Stage) => Promise<void>])[] = [
  ['the practice page', practicePage],
  ['choosing before meeting', choosing],
  ['coming in', comingIn],
  ['the agreement', agreement],
  ['before the meeting', meeting],
  ['a note written together', note],
  ['ways forward', ways],
  ['promises', promises],
  ['how it was between us', checkIn],
  ['today', today],
  ['leaving', leaving],
  ['leave fast', leaveFast],
]
