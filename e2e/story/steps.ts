/** The steps of the first meeting, in order. */
import type { RunningRelay } from '../../story/relay-process.ts'
import type { Actor } from '../support/actor.ts'
import type { Language } from '../../story/words.ts'
import { comingIn, choosing } from './coming-in.ts'
import { checkIn, leaveFast, leaving, today } from './after.ts'
import { agreement, meeting } from './before.ts'
import { note, promises, ways } from './during.ts'
import { practicePage } from './page.ts'

export interface Stage {
  readonly relay: RunningRelay
  readonly amal: Actor
  readonly bea: Actor
  readonly language: Language
  /** Whether each screen is looked at with axe. */
  readonly looks: boolean
  readonly pictures: boolean
  /** The link of the place, once there is one. */
  link?: string
}

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

/** Looks at a screen if this run looks at screens; the name is the picture's. */
export async function look(stage: Stage, actor: Actor, name: string): Promise<void> {
  if (!stage.looks) return
  actor.pictures = stage.pictures
  await actor.look(stage.language === 'en' ? name : `${name}-${stage.language}`)
}
