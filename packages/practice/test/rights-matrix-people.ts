/** What is withheld of coming, going, keys, pausing and ending: rows of the rights matrix. */
import type { Member } from '../src/people/state.ts'
import { byPerson, each, firstOf, type Step, type Withheld } from './rights-matrix-step.ts'

const OPEN: readonly (Member['status'] | undefined)[] = ['proposed', 'admitted', 'here']

const members = (
  wrong: (was: Member | undefined, is: Member | undefined, step: Step) => string | false,
): Withheld['given'] => {
  const given = each((circle) => circle.people.members, wrong)
  return (step) => (step.before.people.kind === null ? null : given(step))
}

/** Rows about who is in the circle, with which keys. */
export const withheldPeople: readonly Withheld[] = [
  {
    act: 'foundCircle',
    kind: 'any',
    decided: 'found the circle: the person, by saying yes to a practice page',
    rules: ['PEO-1'],
    part: 'people',
    given: ({ before: { people: was }, after: { people: is }, by }) => {
      if (was.kind === null) return is.person === by.derived?.member ? null : 'founded for somebody else'
      const same = (['kind', 'circle', 'box', 'owner', 'rules', 'person'] as const).every((key) => was[key] === is[key])
      return same ? null : 'what the founding said was changed'
    },
  },
  {
    act: 'addMember.propose',
    kind: 'alongside',
    decided: 'add a member: any member proposes; a person is one, supporters and interpreters are not open yet',
    rules: ['PEO-5', 'PEO-6'],
    part: 'people',
    given: members((was, is) => {
      if (is === undefined) return 'somebody vanished from the list'
      if (is.role !== (was?.role ?? 'practitioner')) return `a ${is.role} came in`
      if (was !== undefined && (was.keys !== is.keys || was.device !== is.device))
        return 'keys that came in were changed'
      return was?.status === is.status || is.status !== 'proposed' ? false : was !== undefined && 'proposed anew'
    }),
  },
  {
    act: 'addMember.letIn',
    kind: 'alongside',
    decided: 'add a member: takes effect when the person says yes',
    rules: ['PEO-8'],
    part: 'people',
    given: members((was, is, step) => {
      if (is?.status !== 'admitted' || was?.status === 'admitted') return false
      if (was !== undefined && was.status !== 'proposed') return `let in after ${was.status}`
      return !byPerson(step) && 'let in without the person'
    }),
  },
  {
    act: 'addMember.accept',
    kind: 'alongside',
    decided: 'add a member: takes effect when the newcomer accepts; a yes is one’s own',
    rules: ['PEO-9'],
    part: 'people',
    given: members((was, is, { by }) => {
      if (is?.status !== 'here' || (was?.status === 'here' && was.sinceSeq === is.sinceSeq)) return false
      return (was?.status !== 'admitted' || is.id !== by.member) && `came in from ${was?.status} by another’s yes`
    }),
  },
  {
    act: 'removeMember',
    kind: 'alongside',
    decided: 'freeze or remove a supporter, interpreter or practitioner: the person alone; remove the person: nobody',
    rules: ['PEO-10'],
    part: 'people',
    given: members((was, is, step) => {
      if (is?.status !== 'removed' || was?.status === 'removed') return false
      if (is.role === 'person') return 'the person was removed'
      return !(byPerson(step) && OPEN.includes(was?.status)) && 'removed by another than the person'
    }),
  },
  {
    act: 'leave',
    kind: 'alongside',
    decided: 'leave: a practitioner or supporter; the person does not leave their own circle',
    rules: ['PEO-11'],
    part: 'people',
    given: members((was, is, { by }) => {
      if (is?.status !== 'left' || was?.status === 'left') return false
      if (is.role === 'person') return 'the person left'
      return is.id !== by.member && 'left by another’s word'
    }),
  },
  {
    act: 'stayGone',
    kind: 'alongside',
    decided: 'the one removed keeps what they had and learns nothing new',
    rules: ['PEO-8', 'PEO-10'],
    part: 'people',
    given: members(
      (was, is) =>
        (was?.status === 'left' || was?.status === 'removed') &&
        (is?.status !== was.status || is.untilSeq !== was.untilSeq) &&
        'somebody who had gone came back or their parting moved',
    ),
  },
  {
    act: 'beginEpoch',
    kind: 'alongside',
    decided: 'removal and rekey are one atomic batch from the person’s device; the owner key is the person’s alone',
    rules: ['KEY-2', 'KEY-3'],
    part: 'people',
    given: (step) => {
      const { before, after } = step
      const [was, is] = [before.people, after.people]
      if (was.kind === null || (was.epoch === is.epoch && was.commitment === is.commitment)) return null
      if (!byPerson(step)) return 'a new epoch from another than the person'
      return is.epoch === was.epoch + 1 ? null : 'an epoch was skipped or taken twice'
    },
  },
  {
    act: 'keepPage',
    kind: 'alongside',
    decided: 'the person’s yes to a page keeps it as it was',
    rules: ['PEO-15'],
    part: 'people',
    given: (step) => {
      const [was, is] = [step.before.people.page, step.after.people.page]
      if (was === is || is === null) return was === is ? null : 'the page vanished'
      if (was === null) return byPerson(step) ? null : 'a page kept by another than the person'
      return was.bytes === is.bytes && was.signature === is.signature ? null : 'the page was changed'
    },
  },
  {
    act: 'forcedDisclosure',
    kind: 'alongside',
    decided: 'forced disclosure, and what is kept outside: can never be removed or hidden from the person',
    rules: ['PEO-12'],
    part: 'people',
    given: ({ before, after }) => {
      const [was, is] = [before.people.outside, after.people.outside]
      if (was.some((one, i) => is[i] !== one)) return 'what somebody keeps outside vanished or was changed'
      return firstOf(is.slice(was.length), (one) => one.member === before.people.person && 'declared for the person')
    },
  },
]

/** Rows about pausing and ending. */
export const withheldLeaving: readonly Withheld[] = [
  {
    act: 'pauseOrEnd',
    kind: 'any',
    decided: 'pause, end: the person',
    rules: ['LEA-2'],
    part: 'leaving',
    given: (step) => {
      const [was, is] = [step.before.leaving, step.after.leaving]
      return (was.paused !== is.paused || was.ending !== is.ending) && !byPerson(step)
        ? 'paused or ended by another'
        : null
    },
  },
  {
    act: 'endForGood',
    kind: 'any',
    decided: 'end: a coerced end can be taken back for seven days; one made now stands',
    rules: ['LEA-4', 'LEA-5'],
    part: 'leaving',
    given: ({ before: { leaving: was }, after: { leaving: is } }) =>
      was.ending?.now === true && was.ending !== is.ending ? 'an ending that happens now was changed' : null,
  },
]
