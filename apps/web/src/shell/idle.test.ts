import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IDLE_MS, idleAdvice, idleNext, idleStart, lockAt, MEETING_MS, WARN_MS, type IdleEvent } from './idle.ts'

const minute = 60_000
const after = (...events: readonly IdleEvent[]) => events.reduce(idleNext, idleStart(0))

describe('locking by itself', () => {
  it('happens two minutes after the last touch, with a warning before', () => {
    const state = after({ type: 'touched', at: minute })
    expect(lockAt(state)).toBe(3 * minute)
    expect(idleAdvice(state, minute)).toEqual({ type: 'wait', until: 3 * minute - WARN_MS })
    expect(idleAdvice(state, 3 * minute - WARN_MS)).toEqual({ type: 'warn', lockAt: 3 * minute })
    expect(idleAdvice(state, 3 * minute)).toEqual({ type: 'lock' })
  })
  it('happens two minutes after the page went out of sight, whatever is pressed elsewhere', () => {
    const state = after({ type: 'hidden', at: minute }, { type: 'touched', at: 2 * minute })
    expect(lockAt(state)).toBe(3 * minute)
  })
  it('waits twenty minutes while people say they are meeting', () => {
    const state = after({ type: 'meeting', on: true, at: minute })
    expect(lockAt(state)).toBe(minute + MEETING_MS)
    expect(lockAt(idleNext(state, { type: 'meeting', on: false, at: 10 * minute }))).toBe(10 * minute + IDLE_MS)
  })
  it('cannot be undone by a touch that comes after it was due, as when a phone wakes from sleep', () => {
    const state = after(
      { type: 'hidden', at: minute },
      { type: 'shown', at: 60 * minute },
      { type: 'touched', at: 61 * minute },
    )
    expect(idleAdvice(state, 61 * minute)).toEqual({ type: 'lock' })
  })
  it('is never later than twenty minutes after the last event, in any order of events', () => {
    const event = fc.oneof(
      fc.record({ type: fc.constantFrom('touched', 'hidden', 'shown'), at: fc.nat(10_000_000) }),
      fc.record({ type: fc.constant('meeting'), on: fc.boolean(), at: fc.nat(10_000_000) }),
    ) as fc.Arbitrary<IdleEvent>
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const last = Math.max(0, ...events.map((each) => each.at))
        expect(lockAt(events.reduce(idleNext, idleStart(0)))).toBeLessThanOrEqual(last + MEETING_MS)
      }),
    )
  })
})
