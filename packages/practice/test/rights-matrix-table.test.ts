/** The table of who may do what, as the rules answer, beside what was decided. */
import { describe, expect, it } from 'vitest'
import { allSubjects } from '../src/registry.ts'
import { RIGHTS } from '../src/rights/table.ts'
import { SEATS, type Seat } from './rights-matrix-acts.ts'
import { askEverybody, may, SITUATIONS, type Kind, type Situation } from './rights-matrix-asked.ts'
import { DECIDED } from './rights-matrix-decided.ts'

const ASKED = askEverybody()
const asked = (kind: Kind, event: string, situation: Situation) =>
  ASKED.find((one) => one.kind === kind && one.event === event && one.situation === situation)

/** The seats from which an event can be said in some situation. */
const whoMay = (kind: Kind, event: string): readonly Seat[] =>
  SEATS.filter((seat) => SITUATIONS.some((situation) => may(asked(kind, event, situation), seat)))

const EVENTS = allSubjects.flatMap((subject) => subject.events.map((def) => def.name))
const named = (kind: Kind) => new Set(DECIDED.filter((row) => row.kind === kind).flatMap((row) => Object.keys(row.may)))

describe('who may do what, as the rules answer', () => {
  for (const { kind, act, words, may: decided } of DECIDED)
    it(`[RIG-1] ${kind} ${act}: ${words}`, () => {
      for (const [event, seats] of Object.entries(decided))
        expect([event, whoMay(kind, event)]).toEqual([event, [...seats]])
    })

  it('[GEN-10] what no decision names is open to those who are here, and to nobody else', () => {
    for (const kind of ['alongside', 'own'] as const)
      for (const event of EVENTS.filter((name) => !named(kind).has(name)))
        for (const seat of whoMay(kind, event)) expect(['person', 'here'], `${kind} ${event}`).toContain(seat)
  })

  it('[RIG-1] every act of the table of rights that has events was decided, with those events', () => {
    for (const right of RIGHTS.filter((one) => one.by.length > 0)) {
      const row = DECIDED.find((one) => one.kind === right.kind && one.act === right.act)
      for (const event of right.by) expect(Object.keys(row?.may ?? {}), right.id).toContain(event)
    }
  })

  it('every event was asked about in every situation, and every no has the sentence that says so', () => {
    for (const event of EVENTS)
      for (const situation of SITUATIONS) {
        const cells = Object.entries(asked('alongside', event, situation)?.cells ?? {})
        expect(cells.length, `${event} ${situation}`).toBeGreaterThan(3)
        for (const [seat, cell] of cells)
          if (cell.may === 'no') expect(cell.rules.length, `${event} ${seat}`).toBeGreaterThan(0)
      }
  })

  it('[LEA-1] while paused or ending, only what stops, goes on or ends is open', () => {
    const open = (situation: Situation) =>
      EVENTS.filter((event) => SEATS.some((seat) => may(asked('alongside', event, situation), seat)))
    const always = [
      'Rekeyed',
      'MemberRemoved',
      'MemberLeft',
      'OutsideRecordDeclared',
      'DeviceAdded',
      'Paused',
      'Resumed',
      'EndAsked',
      'EndTakenBack',
      'GoodbyeSaid',
    ]
    for (const event of [...open('paused'), ...open('ending')]) expect(always).toContain(event)
  })

  it('[PEO-18] [PEO-19] ADV-25 a device that does not count yet is stopped at a yes, at speaking for a device, and at nothing else', () => {
    const stopped = ASKED.filter((one) => one.newDevice.length > 0).map(
      (one) => `${one.event} ${one.newDevice.join(' ')}`,
    )
    const yeses = [
      'BlockAgreed',
      'BlockSigned',
      'ChoiceMade',
      'LineAccepted',
      'LineProposed',
      'MemberProposed',
      'MemberWelcomed',
    ]
    expect([...new Set(stopped)].sort()).toEqual(
      [...yeses.map((event) => `${event} PEO-18`), 'DeviceAcknowledged PEO-19'].sort(),
    )
  })
})
