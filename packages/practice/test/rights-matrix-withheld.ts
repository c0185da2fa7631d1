/**
 * The whole of what is withheld, and the brakes nobody can take: every row of the rights matrix, and what is asked after
 * each entry. The rows that hold for every practice at once are here.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { By, Circle, PracticeEvent } from '../src/define.ts'
import { isWritable } from '../src/leaving/state.ts'
import { asItIs, seatOf, type Reduce, type Seat } from './rights-matrix-acts.ts'
import { namedWrongly } from './rights-matrix-names.ts'
import { withheldDevices } from './rights-matrix-devices.ts'
import { withheldOwn } from './rights-matrix-own.ts'
import { withheldLeaving, withheldPeople } from './rights-matrix-people.ts'
import type { Step, Withheld } from './rights-matrix-step.ts'
import { withheldAgreement, withheldNotes } from './rights-matrix-words.ts'

/** Seats from which nothing at all can be said. */
const SILENT: readonly Seat[] = ['outsider', 'waits', 'left', 'removed']

const partsOf = ({ before, after }: Step): readonly string[] =>
  Object.keys(after).filter((part) => before[part as keyof Circle] !== after[part as keyof Circle])

/** What goes on while nobody writes: who is here, with which keys, and what that ends. */
const goesOn = (step: Step): boolean => {
  const { before, after } = step
  const still = ['name', 'checks', 'objections', 'announced', 'page'] as const
  const people = still.every((key) =>
    key === 'name'
      ? Object.keys(before.people.members).every(
          (id) => before.people.members[id]?.name === after.people.members[id]?.name,
        )
      : before.people[key] === after.people[key],
  )
  const parted = Object.keys(after.people.members).some(
    (id) => before.people.members[id]?.untilSeq !== after.people.members[id]?.untilSeq,
  )
  return people && partsOf(step).every((part) => part === 'people' || part === 'leaving' || parted)
}

const everywhere: readonly Withheld[] = [
  {
    act: 'write',
    kind: 'any',
    decided: 'the one removed, or gone, learns nothing new and changes nothing; nor does anybody outside',
    rules: ['PEO-2'],
    part: 'any',
    given: (step) => {
      const { before, after, by } = step
      if (before.people.kind === null) return null
      const seat = seatOf(before, by.member)
      if (SILENT.includes(seat)) return `written from outside (${seat})`
      return seat === 'letIn' && seatOf(after, by.member) === 'letIn' ? 'written before their own yes' : null
    },
  },
  {
    act: 'writeMeanwhile',
    kind: 'any',
    decided: 'pause, end: writing stops at once',
    rules: ['LEA-1'],
    part: 'any',
    given: (step) => (isWritable(step.before) || goesOn(step) ? null : 'written while paused or ending'),
  },
  {
    act: 'writeBeforeEpoch',
    kind: 'alongside',
    decided: 'later writing is sealed only under the new epoch',
    rules: ['KEY-1'],
    part: 'any',
    given: (step) => {
      const owed = step.before.people.rekeyOwedSince
      return owed === null || step.by.seenSeq < owed || goesOn(step)
        ? null
        : 'written under keys that somebody gone has'
    },
  },
  {
    act: 'sayForAnother',
    kind: 'any',
    decided: 'nobody says another’s yes or word, edits it, or lets it vanish',
    rules: ['PRM-2', 'ENC-10'],
    part: 'any',
    given: namedWrongly,
  },
]

/** Every row, for circles of either kind. */
export const WITHHELD: readonly Withheld[] = [
  ...withheldPeople,
  ...withheldDevices,
  ...withheldLeaving,
  ...withheldAgreement,
  ...withheldNotes,
  ...withheldOwn,
  ...everywhere,
]

/** What an accepted entry gave that is withheld: the row and what it says. Null when nothing. */
export function givenBy(step: Step, rows: readonly Withheld[] = WITHHELD): string | null {
  const kind = step.after.people.kind
  for (const row of rows) {
    if (row.kind !== 'any' && row.kind !== kind) continue
    if (row.part !== 'any' && step.before[row.part] === step.after[row.part]) continue
    const fault = row.given(step)
    if (fault !== null) return `${row.act}: ${fault}`
  }
  return null
}

/** What must always be open: by whom, to do what. Nothing anybody says may take it. */
function brakesOf(circle: Circle): readonly (readonly [who: Id, event: PracticeEvent])[] {
  const { people, leaving } = circle
  const { person } = people
  if (person === null) return []
  const others = Object.values(people.members).filter(
    ({ id, status }) => id !== person && ['proposed', 'admitted', 'here'].includes(status),
  )
  const brakes: (readonly [Id, PracticeEvent])[] = others.flatMap(({ id, status }) => [
    [person, { type: 'MemberRemoved', member: id }] as const,
    ...(status === 'proposed' ? [] : [[id, { type: 'MemberLeft' }] as const]), // leaving is free
  ])
  const epochFirst = people.rekeyOwedSince !== null // KEY-1: the person's own new epoch comes before going on
  if (leaving.paused === null) brakes.push([person, { type: 'Paused' }])
  else if (!epochFirst) brakes.push([person, { type: 'Resumed' }])
  if (leaving.ending === null) brakes.push([person, { type: 'EndAsked', now: false }])
  if (leaving.ending?.now !== true) brakes.push([person, { type: 'EndAsked', now: true }])
  if (leaving.ending?.now === false && !epochFirst) brakes.push([person, { type: 'EndTakenBack' }])
  const epoch = {
    fromEpoch: people.epoch,
    toEpoch: people.epoch + 1,
    cause: null,
    commitment: '',
    body: new Uint8Array(),
  }
  brakes.push([person, { type: 'Rekeyed', reason: 'rotate', ...epoch }])
  if (isWritable(circle) && !epochFirst)
    for (const { id, status } of Object.values(circle.agreement.lines)) {
      if (status === 'live') brakes.push([person, { type: 'LinePutOff', line: id }])
      if (status === 'proposed' || status === 'underReview') brakes.push([person, { type: 'LineDeclined', line: id }])
    }
  return brakes
}

/** The first brake that does not work in this circle, and the sentence in its way; null when all do. */
export function brakeTaken(circle: Circle, seq: number, as: Reduce = asItIs): string | null {
  if (circle.people.person !== null && circle.people.members[circle.people.person]?.status !== 'here')
    return 'the person is not in their circle'
  for (const [member, event] of brakesOf(circle)) {
    const by: By = { member, device: member, seq: seq + 1, seenSeq: seq, at: 0, entry: member }
    const next = as(circle, { event, by })
    if (!next.ok) return `${event.type} is not open to ${seatOf(circle, member)}: ${next.error.rule}`
  }
  return null
}
