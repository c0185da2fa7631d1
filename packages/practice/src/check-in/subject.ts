/** Check-ins: sealed, shown or not, looked at again, and the changes asked for and replied to. */
import type { Id } from '@alongside/base/codec.ts'
import { defineSubject, type EventOf } from '../define.ts'
import { put } from '../things.ts'
import * as events from './events.ts'
import * as rules from './rules.ts'
import { noCheckIns, type ByMeeting, type CheckInState } from './state.ts'

type Bring = {
  CheckInSealed: EventOf<typeof events.CheckInSealed>
  CheckInLaterView: EventOf<typeof events.CheckInLaterView>
  CheckInShown: EventOf<typeof events.CheckInShown>
  ChangeAnswered: EventOf<typeof events.ChangeAnswered>
  TriggerSet: EventOf<typeof events.TriggerSet>
  TriggerSuggested: EventOf<typeof events.TriggerSuggested>
}

declare module '../define.ts' {
  interface Circle {
    readonly checkIn: CheckInState
  }
  interface Events extends Bring {}
}

const putOf = <T>(all: ByMeeting<T>, encounter: Id, member: Id, value: T): ByMeeting<T> =>
  put(all, encounter, { ...all[encounter], [member]: value })

const add = <T>(all: ByMeeting<readonly T[]>, encounter: Id, member: Id, value: T): ByMeeting<readonly T[]> =>
  putOf(all, encounter, member, [...(all[encounter]?.[member] ?? []), value])

export const checkIn = defineSubject<CheckInState>({
  name: 'checkIn',
  initial: noCheckIns,
  events: Object.values(events).filter((value) => typeof value === 'object'),
  handlers: {
    CheckInSealed: {
      rules: [rules.notAlone, rules.aboutMetMeeting, rules.sealedOnce, rules.inTimeOrPerson],
      evolve: (part, event, by) => ({
        ...part,
        sealed: putOf(part.sealed, event.encounter, by.member, {
          item: event.item,
          commitment: event.commitment,
          wrap: event.wrap,
          seq: by.seq,
          seenSeq: by.seenSeq,
        }),
      }),
    },
    CheckInLaterView: {
      rules: [rules.looksAgain, rules.nobodyStillSeals, rules.laterStepHasWords],
      evolve: (part, event, by) => ({
        ...part,
        later: add(part.later, event.encounter, by.member, { answers: event.answers, seq: by.seq, at: by.at }),
      }),
    },
    CheckInShown: {
      rules: [rules.showsOwn, rules.showsKeyOrTopics, rules.ownStepHasWords, rules.widensOnly],
      evolve: (part, event, by) => {
        const before = part.shown[event.encounter]?.[by.member]
        return {
          ...part,
          shown: putOf(part.shown, event.encounter, by.member, {
            what: event.what,
            key: event.key,
            topics: before?.topics ?? event.topics,
            oneStep: event.oneStep,
            oneStepWords: event.oneStepWords,
            asked: before?.asked ?? (event.oneStep === null ? null : { seq: by.seq, at: by.at }),
            seq: before?.seq ?? by.seq,
            at: before?.at ?? by.at,
          }),
        }
      },
    },
    ChangeAnswered: {
      rules: [rules.otherSideReplies],
      evolve: (part, event, by) => ({
        ...part,
        replies: add(part.replies, event.encounter, event.member, {
          by: by.member,
          what: event.what,
          words: event.words,
          seq: by.seq,
          at: by.at,
        }),
      }),
    },
    TriggerSet: {
      rules: [rules.onlyPersonSets],
      evolve: (part, event) => ({
        ...part,
        triggers: { ...part.triggers, [event.trigger]: event.on },
        suggestions: part.suggestions.filter((one) => one.trigger !== event.trigger),
      }),
    },
    TriggerSuggested: {
      rules: [rules.othersSuggest],
      evolve: (part, event, by) => ({
        ...part,
        suggestions: [
          ...part.suggestions.filter((one) => one.by !== by.member || one.trigger !== event.trigger),
          { by: by.member, trigger: event.trigger, on: event.on, words: event.words, seq: by.seq },
        ],
      }),
    },
  },
})
