/** What every step of the story is given, and how a screen is looked at. */
import type { RunningRelay } from '../../story/relay-process.ts'
import type { Language } from '../../story/words.ts'
import type { Actor } from '../support/actor.ts'

/** What the two type to open their devices. */
export const PASS = { bea: 'seven slow green trains', amal: 'three blue boats at dawn' }

export interface Stage {
  readonly relay: RunningRelay
  readonly amal: Actor
  readonly bea: Actor
  readonly language: Language
  /** Whether each screen is looked at with axe. */
  readonly looks: boolean
  readonly pictures: boolean
  /** What somebody says in place of these words; the same for the same words. `marks` is how much more has room. */
  readonly say: (words: string, marks?: number) => string
  /** The link of the place, once there is one. */
  link?: string
}

/** Looks at a screen if this run looks at screens; the name is the picture's. */
export async function look(stage: Stage, actor: Actor, name: string): Promise<void> {
  if (!stage.looks) return
  actor.pictures = stage.pictures
  await actor.look(stage.language === 'en' ? name : `${name}-${stage.language}`)
}
