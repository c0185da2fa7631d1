/** A circle with something in each of its parts, so that every screen about one thing has a thing to be about. */
import { expect } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { choiceOf } from '../../packages/practice/src/ways/state.ts'
import type { Seat } from '../../story/seat.ts'

const newId = (): string => randomBytes(16).toString('hex')
const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Words that stand on several screens of it, to look for where they must not be. */
export const LINE_TEXT = 'the mouldy wall behind the bed'

/** What each named part of a path stands for. */
export type Ids = Readonly<Record<string, string>>

export async function madeCircle(bea: Seat): Promise<Ids> {
  const [encounter, next, choice, way, promise, line] = [newId(), newId(), newId(), newId(), newId(), newId()]
  await bea.says({ type: 'EncounterPlanned', encounter, day: dayFromNow(0), time: null, place: '', way: 'visit' })
  await bea.says({ type: 'EncounterMet', encounter })
  await bea.says({
    type: 'EncounterPlanned',
    encounter: next,
    day: dayFromNow(7),
    time: '10:00',
    place: '',
    way: 'visit',
  })
  await bea.says({ type: 'AgendaItemAdded', item: newId(), text: LINE_TEXT, opening: false })
  await bea.says({
    type: 'LineProposed',
    line,
    section: 6,
    text: `We look at ${LINE_TEXT} first.`,
    language: 'en',
    second: null,
    asks: [bea.me, bea.other],
    refusable: true,
    why: '',
    review: null,
    replaces: null,
    ready: null,
  })
  await bea.says(
    {
      type: 'ChoiceOpened',
      choice,
      encounter,
      question: `What do we do about ${LINE_TEXT}?`,
      whose: [bea.other],
      byWhen: null,
      ifNot: 'It stays.',
    },
    { type: 'WayAdded', choice, way, text: 'write to the landlord', notNow: false },
  )
  await bea.says({ type: 'PromiseMade', promise, text: `call about ${LINE_TEXT}`, due: dayFromNow(3), encounter })
  expect(
    await bea.until((seat) => seat.circle.sync.waiting === 0 && choiceOf(seat.circle.state, choice) !== null),
  ).toBe(true)
  return { encounter, choice, promise, member: bea.me, section: '6', replaces: line, kind: 'child', part: 'power' }
}
