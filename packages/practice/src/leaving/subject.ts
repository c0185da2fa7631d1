/** Leaving: pausing and ending by the person, and the silence that both bring. */
import { defineSubject, type EventOf } from '../define.ts'
import * as events from './events.ts'
import * as rules from './rules.ts'
import { notLeaving, type LeavingState } from './state.ts'

type Bring = {
  Paused: EventOf<typeof events.Paused>
  Resumed: EventOf<typeof events.Resumed>
  EndAsked: EventOf<typeof events.EndAsked>
  EndTakenBack: EventOf<typeof events.EndTakenBack>
  GoodbyeSaid: EventOf<typeof events.GoodbyeSaid>
}

declare module '../define.ts' {
  interface Circle {
    readonly leaving: LeavingState
  }
  interface Events extends Bring {}
}

export const leaving = defineSubject<LeavingState>({
  name: 'leaving',
  initial: notLeaving,
  events: Object.values(events).filter((value) => typeof value === 'object' && 'code' in value),
  gates: [rules.nobodyWritesMeanwhile],
  handlers: {
    Paused: {
      rules: [rules.onlyPerson, rules.notPaused],
      evolve: (part, _event, by) => ({ ...part, paused: { seq: by.seq, at: by.at } }),
    },
    Resumed: {
      rules: [rules.onlyPerson, rules.isPaused],
      evolve: (part) => ({ ...part, paused: null }),
    },
    EndAsked: {
      rules: [rules.onlyPerson, rules.endsOnce],
      evolve: (part, event, by) => ({ ...part, ending: { now: event.now, seq: by.seq, at: by.at } }),
    },
    EndTakenBack: {
      rules: [rules.onlyPerson, rules.endWaits],
      evolve: (part) => ({ ...part, ending: null }),
    },
    GoodbyeSaid: {
      rules: [rules.isEnding],
      evolve: (part, event, by) => ({
        ...part,
        goodbyes: [
          ...part.goodbyes.filter((one) => one.member !== by.member),
          { member: by.member, words: event.words, seq: by.seq },
        ],
      }),
    },
  },
})
