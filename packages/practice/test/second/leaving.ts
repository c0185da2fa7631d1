/** Pausing and ending, as the sentences LEA-1 to LEA-6 have it. */
import type { By } from '../../src/define.ts'
import { isThePerson } from './people.ts'
import type { Named, Verdict, World } from './world.ts'

const ALWAYS = [
  'Paused',
  'Resumed',
  'EndAsked',
  'EndTakenBack',
  'MemberRemoved',
  'MemberLeft',
  'Rekeyed',
  'DeviceAdded',
  'OutsideRecordDeclared',
  'GoodbyeSaid',
]

/** LEA-1: what is still written while a circle is paused or ending. */
export function leavingGate(world: World, type: string): Verdict {
  const { paused, ending } = world.leaving
  if (paused === null && ending === null) return null
  if (ALWAYS.includes(type)) return null
  return 'LEA-1'
}

export function paused(world: World, by: By): Verdict {
  if (!isThePerson(world, by.member)) return 'LEA-2'
  if (world.leaving.paused !== null) return 'LEA-3'
  world.leaving.paused = { seq: by.seq, at: by.at }
  return null
}

export function resumed(world: World, by: By): Verdict {
  if (!isThePerson(world, by.member)) return 'LEA-2'
  if (world.leaving.paused === null) return 'LEA-3'
  world.leaving.paused = null
  return null
}

export function endAsked(world: World, event: Named<'EndAsked'>, by: By): Verdict {
  if (!isThePerson(world, by.member)) return 'LEA-2'
  const already = world.leaving.ending
  if (already !== null && (already.now || !event.now)) return 'LEA-4'
  world.leaving.ending = { now: event.now, seq: by.seq, at: by.at }
  return null
}

export function endTakenBack(world: World, by: By): Verdict {
  if (!isThePerson(world, by.member)) return 'LEA-2'
  if (world.leaving.ending === null || world.leaving.ending.now) return 'LEA-5'
  world.leaving.ending = null
  return null
}

export function goodbyeSaid(world: World, event: Named<'GoodbyeSaid'>, by: By): Verdict {
  if (world.leaving.ending === null) return 'LEA-6'
  world.leaving.goodbyes = world.leaving.goodbyes.filter((goodbye) => goodbye.member !== by.member)
  world.leaving.goodbyes.push({ member: by.member, words: event.words, seq: by.seq })
  return null
}
