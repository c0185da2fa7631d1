/** What is withheld of the agreement and of notes: rows of the rights matrix. A yes and a word are each one's own. */
import { floor } from '../src/agreement/floor.ts'
import { neededFor, type Line } from '../src/agreement/state.ts'
import { writersOf, type Block } from '../src/note/state.ts'
import { isActive } from '../src/people/state.ts'
import { byPerson, each, onlyOwn, type Withheld } from './rights-matrix-step.ts'

const FROZEN_LINE: readonly (keyof Line)[] = [
  'section',
  'author',
  'text',
  'language',
  'second',
  'ready',
  'asks',
  'refusable',
  'why',
  'review',
  'replaces',
]
const FROZEN_BLOCK: readonly (keyof Block)[] = ['encounter', 'kind', 'offeredBy', 'language', 'replaces', 'place']

/** Rows about the agreement. */
export const withheldAgreement: readonly Withheld[] = [
  {
    act: 'agreementLine.yes',
    kind: 'alongside',
    decided: 'agreement line: when the person and everyone it asks something of have accepted the same text',
    rules: ['AGR-2'],
    part: 'agreement',
    given: each(
      (circle) => circle.agreement.lines,
      (was, is, step) => {
        if (is === undefined) return 'a line vanished'
        if (was !== undefined && FROZEN_LINE.some((key) => was[key] !== is[key]))
          return 'the text of a line was changed'
        if (is.yes.some((one) => !was?.yes.includes(one) && one.member !== step.by.member))
          return 'another’s yes was said'
        if (is.status !== 'live' || was?.status === 'live') return false
        const asked = neededFor(step.after, is)
        return asked.some((id) => is.yes.every((one) => one.member !== id)) && 'in force without everybody’s yes'
      },
    ),
  },
  {
    act: 'agreementLine.reopen',
    kind: 'alongside',
    decided: 'agreement line: otherwise it stays off',
    rules: ['AGR-6'],
    part: 'agreement',
    given: each(
      (circle) => circle.agreement.lines,
      (was, is) =>
        (was?.status === 'off' || was?.status === 'ended') &&
        is?.status !== was.status &&
        is?.status !== 'changed' &&
        'a line that was off came back',
    ),
  },
  {
    act: 'agreementLine.off',
    kind: 'alongside',
    decided:
      'agreement line: the person and those it asks, never others, say no to it; what is live is changed by a yes of all',
    rules: ['AGR-8'],
    part: 'agreement',
    given: each(
      (circle) => circle.agreement.lines,
      (was, is, step) => {
        if (
          was === undefined ||
          is?.status !== 'off' ||
          was.status === 'off' ||
          (is.moved?.replacedBy ?? null) !== null
        )
          return false
        const mine = neededFor(step.before, was).includes(step.by.member) || was.author === step.by.member
        if (!mine) return 'declined by somebody it does not concern'
        return was.status === 'live' && !byPerson(step) && 'a live line was taken out by another than the person'
      },
    ),
  },
  {
    act: 'agreementLine.asks',
    kind: 'alongside',
    decided: 'agreement line: it asks something of those who are there',
    rules: ['AGR-4'],
    part: 'agreement',
    given: each(
      (circle) => circle.agreement.lines,
      (was, is, { before }) =>
        was === undefined &&
        is !== undefined &&
        (is.asks.some((member) => !isActive(before, member)) || new Set(is.asks).size < is.asks.length) &&
        'it asks somebody who is not there',
    ),
  },
  {
    act: 'limitsHeard',
    kind: 'any',
    decided: 'that limits were heard is a fact, not a consent: the person’s own word',
    rules: ['AGR-12'],
    part: 'agreement',
    given: (step) => {
      const [was, is] = [step.before.agreement.limitsHeard, step.after.agreement.limitsHeard]
      if (was.some((one, i) => is[i] !== one)) return 'that limits were heard was changed'
      return is.length > was.length && !byPerson(step) ? 'limits heard, says another' : null
    },
  },
]

const FLOOR = JSON.stringify(floor())

/** Rows about the floor and notes. */
export const withheldNotes: readonly Withheld[] = [
  {
    act: 'rightsFloor',
    kind: 'any',
    decided: 'rights floor: always in force; no agreement, rule version or member can take it away',
    rules: [],
    part: 'agreement',
    given: () => (JSON.stringify(floor()) === FLOOR ? null : 'the floor moved'),
  },
  {
    act: 'note',
    kind: 'alongside',
    decided: 'note: made of blocks, each with its writer; a block is kept only with its writer’s yes',
    rules: ['NOTE-2', 'NOTE-3'],
    part: 'note',
    given: each(
      (circle) => circle.note.blocks,
      (was, is, { by, before, after }) => {
        if (is === undefined) return 'a block vanished'
        if (was !== undefined && FROZEN_BLOCK.some((key) => was[key] !== is[key])) return 'a block was changed'
        if (was !== undefined && was.text !== is.text && is.status !== 'takenBack')
          return 'the text of a block was changed'
        if (is.yes.some((member) => !was?.yes.includes(member) && member !== by.member)) return 'another’s yes was said'
        if (was === undefined && writersOf(is.spans).some((one) => before.people.members[one]?.status !== 'here'))
          return 'words were put into the mouth of somebody who is not here'
        if (is.status !== 'kept' || was?.status === 'kept') return false
        const old = is.replaces === null ? null : after.note.blocks[is.replaces]
        const others =
          old === null || old === undefined
            ? []
            : writersOf(old.spans).filter((one) => after.people.members[one]?.status === 'here')
        return [...writersOf(is.spans), ...others].some((one) => !is.yes.includes(one)) && 'kept without a writer’s yes'
      },
    ),
  },
  {
    act: 'note.takeBack',
    kind: 'alongside',
    decided: 'note: a block that waits is taken back by those whose it is; what is kept stays',
    rules: ['NOTE-7'],
    part: 'note',
    given: each(
      (circle) => circle.note.blocks,
      (was, is, { by }) => {
        if (is?.status !== 'takenBack' || was?.status === 'takenBack') return false
        if (was?.status !== 'offered') return 'what was kept was taken back'
        return was.offeredBy !== by.member && !was.needs.includes(by.member) && 'another’s block was taken back'
      },
    ),
  },
  {
    act: 'note.word',
    kind: 'alongside',
    decided: 'note: the other signs that exact text, or records “I see it differently”, or there is no word yet',
    rules: ['NOTE-8'],
    part: 'note',
    given: each(
      (circle) => circle.note.blocks,
      (was, is, step) => {
        if (was === undefined || is === undefined || was.words === is.words) return false
        if (was.status === 'offered' && is.status === 'kept') return false // writers' yes, which another row looks at
        if (was.status !== 'kept' || was.struck !== null) return 'a word on a block that does not stand'
        if (was.spans.every((span) => span.member === step.by.member)) return 'a word on one’s own text'
        return !onlyOwn(was.words, is.words, step) && 'another’s word was said'
      },
    ),
  },
  {
    act: 'ownWords',
    kind: 'alongside',
    decided: 'own-words field: its owner only',
    rules: ['NOTE-4'],
    part: 'note',
    given: each(
      (circle) => circle.note.blocks,
      (was, is, { by, before }) => {
        if (is === undefined) return false
        const old = is.replaces === null ? undefined : before.note.blocks[is.replaces]
        if (was === undefined && is.kind === 'ownWords' && is.spans.some((span) => span.member !== by.member))
          return 'own words of another were offered'
        if (was === undefined && old?.kind === 'ownWords' && old.offeredBy !== by.member)
          return 'own words corrected by another'
        return was?.kind === 'ownWords' &&
          was.status !== is.status &&
          is.status === 'corrected' &&
          was.offeredBy !== by.member
          ? 'own words replaced by another'
          : false
      },
    ),
  },
  {
    act: 'strike',
    kind: 'alongside',
    decided: 'strike or erase a line about the person: the person, or the author for own words; struck at once for all',
    rules: ['NOTE-10'],
    part: 'note',
    given: each(
      (circle) => circle.note.blocks,
      (was, is, step) => {
        if (was === undefined || is === undefined || was.struck === is.struck) return false
        if (was.struck !== null) return 'what was struck was touched again'
        const own = was.kind === 'ownWords' && was.offeredBy === step.by.member
        return !own && !byPerson(step) && 'struck by another'
      },
    ),
  },
]
