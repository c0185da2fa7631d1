import type { Id } from '@alongside/base/codec.ts'
import { describe, expect, it } from 'vitest'
import { together } from '../test/story.ts'
import type { Circle, PracticeEvent } from './define.ts'
import { judge } from './reduce.ts'
import { ROOM_FOR_OTHERS } from './room.ts'

const idAt = (i: number): Id => i.toString(16).padStart(32, '0')

/** A circle in which one collection holds `count` things of this kind. */
function full(circle: Circle, count: number): Circle {
  const many = Object.fromEntries(Array.from({ length: count }, (_, i) => [idAt(i), { status: 'gone' }]))
  const parts = {
    agreement: { ...circle.agreement, lines: many },
    commitment: { promises: many },
    encounter: { ...circle.encounter, encounters: many, agenda: many },
    note: { blocks: many },
    ways: { choices: many },
  }
  return { ...circle, ...parts } as unknown as Circle
}

const id = 'f'.repeat(32)
const adding: readonly PracticeEvent[] = [
  {
    type: 'LineProposed',
    line: id,
    section: 1,
    text: 'a',
    language: 'en',
    second: null,
    asks: [],
    refusable: true,
    why: '',
    review: null,
    replaces: null,
    ready: null,
  },
  { type: 'PromiseMade', promise: id, text: 'a', due: null, encounter: null },
  { type: 'EncounterPlanned', encounter: id, day: null, time: null, place: '', way: 'call' },
  { type: 'AgendaItemAdded', item: id, text: 'a', opening: false },
  { type: 'ChoiceOpened', choice: id, encounter: null, question: 'a', whose: [], byWhen: null, ifNot: '' },
]

describe('ADV-80 a record that somebody wants to make too heavy to open', () => {
  const story = together()
  const byName = (name: 'Amal' | 'Bea') => {
    const [member] = Object.values(story.circle.people.members).filter((one) => one.name === name)
    return { member: member?.id ?? '', device: member?.device.id ?? '', seq: 99, seenSeq: 98, at: 0, entry: id }
  }
  const block = (name: 'Amal' | 'Bea'): PracticeEvent => ({
    type: 'BlockOffered',
    encounter: null,
    block: id,
    kind: 'shared',
    text: 'a',
    language: 'en',
    spans: [{ member: byName(name).member, length: 1 }],
    replaces: null,
    readBy: null,
  })
  const everything = (name: 'Amal' | 'Bea'): readonly PracticeEvent[] =>
    [...adding, block(name)].map((event) =>
      event.type === 'ChoiceOpened' ? { ...event, whose: [byName(name).member] } : event,
    )

  it('[GEN-11] takes so much from others, and everything from the person', () => {
    const [room, over] = [full(story.circle, ROOM_FOR_OTHERS - 1), full(story.circle, ROOM_FOR_OTHERS)]
    for (const event of everything('Bea')) {
      expect([event.type, judge(room, event, byName('Bea'))]).toEqual([event.type, null])
      expect([event.type, judge(over, event, byName('Bea'))?.rule]).toEqual([event.type, 'GEN-11'])
    }
    for (const event of everything('Amal'))
      expect([event.type, judge(over, event, byName('Amal'))]).toEqual([event.type, null])
  })
})
