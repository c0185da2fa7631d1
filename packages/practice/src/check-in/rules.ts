/** The sentences of check-in/SPEC.md. Each rule's name says it in short; the sentence is in the specification. */
import type { EventOf, PracticeEvent, Rule } from '../define.ts'
import { windowOpen } from '../encounter/state.ts'
import { isPerson, membersHere } from '../people/state.ts'
import { isBlank } from '../shapes.ts'
import { isEmpty, type CheckInAnswers, type Step } from './answers.ts'
import type { ChangeAnswered, CheckInShown } from './events.ts'
import { askOf, laterViews, sealedItem, shownOf, wasThere } from './state.ts'

type AboutMeeting = { readonly encounter: string }
type Showing = EventOf<typeof CheckInShown>
type Answering = EventOf<typeof ChangeAnswered>

/** CHK-1: an own circle has no check-in. */
export const notAlone: Rule<PracticeEvent> = { id: 'CHK-1', holds: (circle) => circle.people.kind !== 'own' }

/** CHK-2: a check-in is about a meeting that was met while its author was in the circle. */
export const aboutMetMeeting: Rule<AboutMeeting> = {
  id: 'CHK-2',
  holds: (circle, event, by) => wasThere(circle, event.encounter, by.member),
}

/** CHK-3: one item for each member and meeting, never changed. */
export const sealedOnce: Rule<AboutMeeting> = {
  id: 'CHK-3',
  holds: (circle, event, by) => sealedItem(circle, event.encounter, by.member) === null,
}

/** CHK-4: the person seals at any time, others while the window is open. */
export const inTimeOrPerson: Rule<AboutMeeting> = {
  id: 'CHK-4',
  holds: (circle, event, by) => isPerson(circle, by.member) || windowOpen(circle, event.encounter),
}

/** CHK-6: only what its author sealed is shown, and only by them. */
export const showsOwn: Rule<AboutMeeting> = {
  id: 'CHK-6',
  holds: (circle, event, by) => sealedItem(circle, event.encounter, by.member) !== null,
}

/** CHK-7: answers are shown by the key alone; topics without it, and there is something to see. */
export const showsKeyOrTopics: Rule<Showing> = {
  id: 'CHK-7',
  holds: (_circle, event) =>
    event.what === 'answers'
      ? event.key !== null && event.topics.length === 0
      : event.key === null &&
        new Set(event.topics).size === event.topics.length &&
        (event.topics.length > 0 || event.oneStep !== null),
}

/** CHK-8: what is shown stays shown; topics can be followed by the answers, with the same change asked for. */
export const widensOnly: Rule<Showing> = {
  id: 'CHK-8',
  holds: (circle, event, by) => {
    const before = shownOf(circle, event.encounter, by.member)
    if (before === null) return true
    if (before.what === 'answers' || event.what === 'topics') return false
    return before.oneStep === null || (before.oneStep === event.oneStep && before.oneStepWords === event.oneStepWords)
  },
}

type Stepping = { readonly oneStep: Step | null; readonly oneStepWords: string }
const stepFits = ({ oneStep, oneStepWords }: Stepping): boolean =>
  oneStep === 'own' ? !isBlank(oneStepWords) : oneStepWords === ''

/** CHK-9: a step of one's own has words, and no other step has. */
export const ownStepHasWords: Rule<Stepping> = { id: 'CHK-9', holds: (_circle, event) => stepFits(event) }

/** CHK-9, for a later view. */
export const laterStepHasWords: Rule<{ readonly answers: CheckInAnswers }> = {
  id: 'CHK-9',
  holds: (_circle, event) => stepFits(event.answers),
}

/** How many later views a member adds about one meeting, and how many replies one gives to one request. */
const MOST = 5

/** CHK-10: nobody's later view comes before another's item, which it could sway, unless looking back is over. */
export const nobodyStillSeals: Rule<AboutMeeting> = {
  id: 'CHK-10',
  holds: (circle, { encounter }) =>
    !windowOpen(circle, encounter) ||
    membersHere(circle).every(
      ({ id }) => !wasThere(circle, encounter, id) || sealedItem(circle, encounter, id) !== null,
    ),
}

/** CHK-10: a later view comes after the author's own item, says something, and is one of five at most. */
export const looksAgain: Rule<AboutMeeting & { readonly answers: CheckInAnswers }> = {
  id: 'CHK-10',
  holds: (circle, event, by) =>
    sealedItem(circle, event.encounter, by.member) !== null &&
    !isEmpty(event.answers) &&
    laterViews(circle, event.encounter, by.member).length < MOST,
}

/** CHK-11: only the person switches offers on and off. */
export const onlyPersonSets: Rule<PracticeEvent> = {
  id: 'CHK-11',
  holds: (circle, _event, by) => isPerson(circle, by.member),
}

/** CHK-12: others suggest. */
export const othersSuggest: Rule<PracticeEvent> = {
  id: 'CHK-12',
  holds: (circle, _event, by) => !isPerson(circle, by.member),
}

/** CHK-14: the other side replies, in words, to a change that was asked for; five times at most. */
export const otherSideReplies: Rule<Answering> = {
  id: 'CHK-14',
  holds: (circle, event, by) => {
    const ask = askOf(circle, event.encounter, event.member)
    return (
      ask !== null &&
      isPerson(circle, by.member) !== isPerson(circle, event.member) &&
      !isBlank(event.words) &&
      ask.replies.filter((reply) => reply.by === by.member).length < MOST
    )
  },
}
