/** The sentences of people/SPEC.md. Each rule's name says it in short; the sentence is in the specification. */
import type { By, Circle, PracticeEvent, Rule } from '../define.ts'
import { deviceIn, devicesOf, isActive, isHere, isPerson, roleOf, yesHasEffect } from './state.ts'

type Any = PracticeEvent
const named = (circle: Circle, event: { readonly member: string }) => circle.people.members[event.member]

/** Events that a newcomer whose keys are in but who has not yet said yes may write. */
const BEFORE_YES: readonly string[] = ['MemberAccepted', 'MemberLeft']

/** PEO-1: the first entry founds the circle, and only the first. */
export const foundedOnce: Rule<Any> = {
  id: 'PEO-1',
  holds: (circle, event) => (circle.people.kind === null) === (event.type === 'Founded'),
}

/** PEO-2: only a member whose keys are in force writes; a newcomer first says yes. */
export const writerIsMember: Rule<Any> = {
  id: 'PEO-2',
  holds: (circle, event, by) =>
    event.type === 'Founded' ||
    isHere(circle, by.member) ||
    (isActive(circle, by.member) && BEFORE_YES.includes(event.type)),
}

/** What the person may always do, even while a new epoch is owed. */
const NEVER_WAITS: readonly string[] = ['Rekeyed', 'DeviceAdded', 'MemberRemoved', 'MemberLeft', 'Paused', 'EndAsked']

/** KEY-1: after someone went, only what its author could not know of stands, until the new epoch. */
export const noWritingWhileRekeyOwed: Rule<Any> = {
  id: 'KEY-1',
  holds: (circle, event, by) =>
    circle.people.rekeyOwedSince === null ||
    NEVER_WAITS.includes(event.type) ||
    by.seenSeq < circle.people.rekeyOwedSince,
}

/** PEO-3: the founder of a circle is its person. The ids that follow from the keys must be known. */
export const foundingHasKeys: Rule<Any> = { id: 'PEO-3', holds: (_circle, _event, by: By) => by.derived !== undefined }

/** PEO-4: in an own circle there is nobody but the person. */
export const notInOwnCircle: Rule<Any> = { id: 'PEO-4', holds: (circle) => circle.people.kind !== 'own' }

/** PEO-5: nobody is proposed as a second person, and supporters and interpreters are not open yet. */
export const roleIsOpen: Rule<{ readonly role: string }> = {
  id: 'PEO-5',
  holds: (_circle, event) => event.role === 'practitioner',
}

/** PEO-6: keys come in once; the same keys proposed again are refused. */
export const keysAreNew: Rule<Any> = {
  id: 'PEO-6',
  holds: (circle, _event, by) =>
    by.derived !== undefined &&
    circle.people.members[by.derived.member] === undefined &&
    deviceIn(circle, by.derived.device) === null,
}

/** PEO-7: a circle has at most fifty members, gone ones counted; others propose until there are twenty-five. */
export const circleHasRoom: Rule<Any> = {
  id: 'PEO-7',
  holds: (circle, _event, by) => Object.keys(circle.people.members).length < (isPerson(circle, by.member) ? 50 : 25),
}

/** PEO-8: only the person lets someone in. */
export const onlyPersonWelcomes: Rule<{ readonly member: string }> = {
  id: 'PEO-8',
  holds: (circle, event, by) => isPerson(circle, by.member) && named(circle, event)?.status === 'proposed',
}

/** PEO-9: a newcomer becomes a member by saying yes themselves. */
export const newcomerSaysYes: Rule<Any> = {
  id: 'PEO-9',
  holds: (circle, _event, by) => circle.people.members[by.member]?.status === 'admitted',
}

/** PEO-10: only the person removes, and nobody removes the person. */
export const onlyPersonRemoves: Rule<{ readonly member: string }> = {
  id: 'PEO-10',
  holds: (circle, event, by) =>
    isPerson(circle, by.member) &&
    !isPerson(circle, event.member) &&
    ['proposed', 'admitted', 'here'].includes(named(circle, event)?.status ?? 'none'),
}

/** PEO-11: everyone but the person may leave; the person pauses or ends instead. */
export const personDoesNotLeave: Rule<Any> = {
  id: 'PEO-11',
  holds: (circle, _event, by) => !isPerson(circle, by.member),
}

/** PEO-12: an announcement of leaving, and a record kept outside, come from someone who is not the person. */
export const notFromPerson: Rule<Any> = {
  id: 'PEO-12',
  holds: (circle, _event, by) => roleOf(circle, by.member) !== 'person',
}

/** PEO-13: a check names another member of the circle. */
export const checksAnother: Rule<{ readonly member: string }> = {
  id: 'PEO-13',
  holds: (circle, event, by) => event.member !== by.member && isActive(circle, event.member),
}

/** PEO-14: an objection names someone who waits to come in; it is written down and blocks nothing. */
export const objectsToNewcomer: Rule<{ readonly member: string }> = {
  id: 'PEO-14',
  holds: (circle, event) => ['proposed', 'admitted'].includes(named(circle, event)?.status ?? 'none'),
}

/** PEO-15: the page is kept once, by the person. */
export const pageKeptOnce: Rule<Any> = {
  id: 'PEO-15',
  holds: (circle, _event, by) => isPerson(circle, by.member) && circle.people.page === null,
}

/** PEO-16: a member adds a device of their own, proven by their member key; nobody adds one to another. */
export const addsOwnDevice: Rule<{ readonly keys: { readonly recovery: string } }> = {
  id: 'PEO-16',
  holds: (circle, event, by) =>
    by.derived?.member === by.member &&
    deviceIn(circle, by.derived.device) === null &&
    circle.people.members[by.member]?.keys.recovery === event.keys.recovery,
}

/** PEO-17: a member has at most eight devices. */
export const fewDevices: Rule<Any> = {
  id: 'PEO-17',
  holds: (circle, _event, by) => {
    const member = circle.people.members[by.member]
    return member !== undefined && devicesOf(member).length < 8
  },
}

/** What is a yes of the member who says it. A no, an objection, words of one's own and every way out are none. */
const SAYS_YES: readonly string[] = [
  'MemberWelcomed',
  'LineProposed',
  'LineAccepted',
  'BlockAgreed',
  'BlockSigned',
  'ChoiceMade',
]

/** PEO-18: while somebody else is here, a yes has effect only from a device that counts. */
export const yesFromDeviceThatCounts: Rule<Any> = {
  id: 'PEO-18',
  holds: (circle, event, by) => {
    const saysYes = SAYS_YES.includes(event.type) || (event.type === 'MemberProposed' && isPerson(circle, by.member))
    return !saysYes || yesHasEffect(circle, by)
  },
}

/** PEO-19: a new everyday device of somebody here is acknowledged by another member, or by a device of theirs that counts. */
export const acknowledgesNewDevice: Rule<{ readonly device: string }> = {
  id: 'PEO-19',
  holds: (circle, event, by) => {
    const device = deviceIn(circle, event.device)
    if (device === null || device.counts || device.use !== 'everyday' || !isHere(circle, device.member)) return false
    return device.member !== by.member || deviceIn(circle, by.device)?.counts === true
  },
}

/** KEY-2: in an alongside circle only the person's devices begin a new epoch. */
export const onlyPersonRekeys: Rule<Any> = { id: 'KEY-2', holds: (circle, _event, by) => isPerson(circle, by.member) }

/** KEY-3: a new epoch follows the current one, by one. */
export const epochFollows: Rule<{ readonly fromEpoch: number; readonly toEpoch: number }> = {
  id: 'KEY-3',
  holds: (circle, event) => event.fromEpoch === circle.people.epoch && event.toEpoch === event.fromEpoch + 1,
}
