/** What is withheld of promises, choices, check-ins, the agenda and private notes: rows of the rights matrix. */
import { choosers } from '../src/ways/state.ts'
import { emptyCircle } from '../src/registry.ts'
import type { ByMeeting, Shown } from '../src/check-in/state.ts'
import type { Circle } from '../src/define.ts'
import { byPerson, changed, each, firstOf, onlyOwn, type Step, type Withheld } from './rights-matrix-step.ts'

/** A row's question about each meeting's things that are kept for each member. */
const eachMeeting =
  <T>(
    of: (circle: Circle) => ByMeeting<T>,
    wrong: (was: { readonly [member: string]: T }, is: { readonly [member: string]: T }, step: Step) => string | false,
  ) =>
  (step: Step): string | null =>
    firstOf(changed(of(step.before), of(step.after)), ([_id, was, is]) => wrong(was ?? {}, is ?? {}, step))

const promises: readonly Withheld[] = [
  {
    act: 'promise',
    kind: 'any',
    decided: 'things promised both ways: nobody promises, keeps, changes, owns or lets go for another',
    rules: ['PRM-1', 'PRM-2'],
    part: 'commitment',
    given: each(
      (circle) => circle.commitment.promises,
      (was, is, { by }) => {
        if (is === undefined) return 'a promise vanished'
        if (was === undefined) return is.owner !== by.member && 'promised for another'
        if (was.owner !== is.owner) return 'a promise changed hands'
        if (was.moves.some((move, i) => is.moves[i] !== move)) return 'how a promise was moved was changed'
        return is.moves !== was.moves && is.owner !== by.member && 'another’s promise was moved'
      },
    ),
  },
  {
    act: 'promise.seenDifferently',
    kind: 'any',
    decided: 'the other may see it differently; that is another’s word, and the latest of each',
    rules: ['PRM-4'],
    part: 'commitment',
    given: each(
      (circle) => circle.commitment.promises,
      (was, is, step) =>
        was !== undefined &&
        is !== undefined &&
        was.differing !== is.differing &&
        (!onlyOwn(was.differing, is.differing, step) || is.owner === step.by.member) &&
        'a differing that is not another’s own',
    ),
  },
  {
    act: 'promise.over',
    kind: 'any',
    decided: 'nothing is silently changed: what is kept or let go stays so',
    rules: ['PRM-3'],
    part: 'commitment',
    given: each(
      (circle) => circle.commitment.promises,
      (was, is) =>
        (was?.last === 'kept' || was?.last === 'letGo') &&
        is?.last !== undefined &&
        is.moves !== was.moves &&
        'moved again',
    ),
  },
]

const choices: readonly Withheld[] = [
  {
    act: 'choice',
    kind: 'alongside',
    decided:
      'authority over one life is not shared equally: a choice is made by those whose it is, each by their own word',
    rules: ['WAY-2', 'WAY-7'],
    part: 'ways',
    given: each(
      (circle) => circle.ways.choices,
      (was, is, step) => {
        if (is === undefined) return 'a choice vanished'
        if (was === undefined)
          return is.whose.some((one) => step.before.people.members[one]?.status !== 'here') && 'a choice of nobody here'
        if (was.whose !== is.whose || was.question !== is.question) return 'what is to choose was changed'
        const theirs = is.whose.includes(step.by.member)
        if (was.picks !== is.picks && !(theirs && (is.status === 'undone' || onlyOwn(was.picks, is.picks, step))))
          return 'another’s way was taken'
        if (was.status === 'made' && is.status !== 'made' && !theirs) return 'undone by somebody else'
        if (is.status !== 'made' || was.status === 'made') return false
        return choosers(step.after, is).some((one) => is.picks[one]?.way !== is.made?.way) && 'made without all'
      },
    ),
  },
  {
    act: 'choice.way',
    kind: 'alongside',
    decided: 'how one sees a way stands beside the others’; its author alone takes a way off',
    rules: ['WAY-9'],
    part: 'ways',
    given: each(
      (circle) => circle.ways.choices,
      (was, is, step) =>
        firstOf(was?.ways ?? [], (old) => {
          const now = is?.ways.find((one) => one.id === old.id)
          if (now === undefined || now.text !== old.text || now.author !== old.author) return 'a way was changed'
          if (now.takenOff !== old.takenOff && old.author !== step.by.member) return 'another’s way was taken off'
          return !onlyOwn(old.weighings, now.weighings, step) && 'another’s weighing was said'
        }) ?? false,
    ),
  },
]

/** Whether what was asked for is no longer, or is something else. */
const narrows = (was: Shown, is: Shown): boolean =>
  was.oneStep !== null && (was.oneStep !== is.oneStep || was.oneStepWords !== is.oneStepWords)

const checkIns: readonly Withheld[] = [
  {
    act: 'checkIn.seal',
    kind: 'alongside',
    decided: 'sealed check-ins: every member’s own item, which nobody changes',
    rules: ['CHK-3'],
    part: 'checkIn',
    given: eachMeeting(
      (circle) => circle.checkIn.sealed,
      (was, is, step) =>
        changed(was, is).some(([member, before]) => member !== step.by.member || before !== undefined) &&
        'another’s item, or a changed one',
    ),
  },
  {
    act: 'checkIn.show',
    kind: 'alongside',
    decided: 'show: the person decides what is shown of theirs, each of their own; nothing is disclosed in their place',
    rules: ['CHK-6', 'CHK-8'],
    part: 'checkIn',
    given: eachMeeting(
      (circle) => circle.checkIn.shown,
      (was, is, step) =>
        changed(was, is).some(
          ([member, before, now]) =>
            member !== step.by.member ||
            now === undefined ||
            (before !== undefined && (before.what === 'answers' || narrows(before, now))) ||
            !Object.values(step.before.checkIn.sealed).some((items) => items[member] !== undefined),
        ) && 'shown in another’s place, taken back, or never sealed',
    ),
  },
  {
    act: 'checkIn.look',
    kind: 'alongside',
    decided: 'what was sealed does not change; a later view is one’s own',
    rules: [],
    part: 'checkIn',
    given: eachMeeting(
      (circle) => circle.checkIn.later,
      (was, is, step) => !onlyOwn(was, is, step) && 'another’s later view',
    ),
  },
  {
    act: 'checkIn.offers',
    kind: 'any',
    decided: 'every kind of offer is on until the person switches it off',
    rules: ['CHK-11'],
    part: 'checkIn',
    given: (step) =>
      step.before.checkIn.triggers !== step.after.checkIn.triggers && !byPerson(step) ? 'switched by another' : null,
  },
]

const agenda: readonly Withheld[] = [
  {
    act: 'agenda',
    kind: 'any',
    decided: 'one agenda that all write: a line is its author’s to reword or take off, and the person’s to put aside',
    rules: ['ENC-8', 'ENC-10', 'ENC-12', 'ENC-13'],
    part: 'encounter',
    given: each(
      (circle) => circle.encounter.agenda,
      (was, is, step) => {
        if (is === undefined) return 'a line vanished'
        if (was === undefined) return is.author !== step.by.member && 'a line in another’s name'
        if (was.author !== is.author) return 'a line changed hands'
        const own = is.author === step.by.member
        if (!own && (was.text !== is.text || (was.status !== is.status && is.status === 'takenOff')))
          return 'another’s line was reworded or taken off'
        return (
          was.status !== is.status &&
          is.status !== 'talked' &&
          !own &&
          !byPerson(step) &&
          'another’s line was put aside'
        )
      },
    ),
  },
  {
    act: 'intention',
    kind: 'any',
    decided: 'an act of equality is chosen by each for themselves, before they meet',
    rules: ['ENC-6'],
    part: 'encounter',
    given: each(
      (circle) => circle.encounter.encounters,
      (was, is, { by }) => {
        if (is === undefined) return 'a meeting vanished'
        if (was === undefined || was.intentions === is.intentions) return false
        if (was.status !== 'planned') return 'an intention after the meeting'
        const others = (one: { readonly member: string }) => one.member !== by.member
        return (
          (was.intentions.some((one) => others(one) && !is.intentions.includes(one)) ||
            is.intentions.some((one) => others(one) && !was.intentions.includes(one))) &&
          'another’s intention'
        )
      },
    ),
  },
]

/** The parts of a circle that is shared; an own circle has none of them. */
const SHARED = ['agreement', 'note', 'ways'] as const
const EMPTY = emptyCircle()

const own: readonly Withheld[] = [
  {
    act: 'own.addMember',
    kind: 'own',
    decided: 'own circle: a circle of one',
    rules: ['PEO-4'],
    part: 'people',
    given: ({ after }) => (Object.keys(after.people.members).length > 1 ? 'somebody else came in' : null),
  },
  ...SHARED.map(
    (part): Withheld => ({
      act: `own.${part}`,
      kind: 'own',
      decided: 'own circle: private notes, learning, sealed answers, and nothing that needs another',
      rules: [({ agreement: 'AGR-1', note: 'NOTE-1', ways: 'WAY-12' } as const)[part]],
      part,
      given: ({ after }) => (after[part] === EMPTY[part] ? null : 'something that needs another'),
    }),
  ),
  {
    act: 'privateNote',
    kind: 'alongside',
    decided: 'private notes: this device only, in no shared circle',
    rules: ['OWN-1'],
    part: 'own',
    given: () => 'a private note in a shared circle',
  },
]

/** Rows about what is each one's own. */
export const withheldOwn: readonly Withheld[] = [...promises, ...choices, ...checkIns, ...agenda, ...own]
