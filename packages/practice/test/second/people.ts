/** Who is in a circle, as the sentences PEO-1 to PEO-17 and KEY-1 to KEY-3 have it. */
import type { Id } from '@alongside/base/codec.ts'
import type { By } from '../../src/define.ts'
import type { KeyPackage } from '../../src/people/events.ts'
import { type Named, valuesOf, type Verdict, type World } from './world.ts'

type Member = World['people']['members'][string]

export const memberOf = (world: World, id: Id): Member | null => world.people.members[id] ?? null
export const statusOf = (world: World, id: Id): Member['status'] | null => memberOf(world, id)?.status ?? null
export const isHere = (world: World, id: Id): boolean => statusOf(world, id) === 'here'
/** Here, or let in and not yet come: their keys are in force. */
export const hasKeys = (world: World, id: Id): boolean => isHere(world, id) || statusOf(world, id) === 'admitted'
export const isThePerson = (world: World, id: Id): boolean => id === world.people.person
export const isOwn = (world: World): boolean => world.people.kind === 'own'

const devicesOf = (member: Member) => [member.device, ...member.added]
const isKnownDevice = (world: World, device: Id): boolean =>
  valuesOf(world.people.members).some((member) => devicesOf(member).some((one) => one.id === device))

const NEVER_WAIT = ['MemberRemoved', 'MemberLeft', 'Paused', 'EndAsked', 'DeviceAdded', 'Rekeyed']

/** What every event must pass, whatever it says. */
export function gate(world: World, type: string, by: By): Verdict {
  const { people } = world
  const isFounding = type === 'Founded'
  if (isFounding !== (people.kind === null)) return 'PEO-1'
  if (isFounding) return null
  const status = statusOf(world, by.member)
  const isNewcomers = type === 'MemberAccepted' || type === 'MemberLeft'
  if (status !== 'here' && !(status === 'admitted' && isNewcomers)) return 'PEO-2'
  const owed = people.rekeyOwedSince
  if (owed !== null && by.seenSeq >= owed && !NEVER_WAIT.includes(type)) return 'KEY-1'
  return saysYes(world, type, by) && !isSaidByADeviceThatCounts(world, by) ? 'PEO-18' : null
}

const YES = ['MemberWelcomed', 'LineProposed', 'LineAccepted', 'BlockAgreed', 'BlockSigned', 'ChoiceMade']

/** PEO-18: what is a yes. The person's own proposal lets somebody in; anybody else's asks the person to. */
const saysYes = (world: World, type: string, by: By): boolean =>
  YES.includes(type) || (type === 'MemberProposed' && isThePerson(world, by.member))

const isAlone = (world: World, member: Id): boolean =>
  !valuesOf(world.people.members).some((one) => one.id !== member && one.status === 'here')

const deviceCalled = (world: World, device: Id) =>
  valuesOf(world.people.members)
    .flatMap(devicesOf)
    .find((one) => one.id === device)

/** PEO-18: a yes has its effect from a device that counts, and while nobody else is here from any. */
export const isSaidByADeviceThatCounts = (world: World, by: By): boolean =>
  isAlone(world, by.member) || counts(world, by.device)

const counts = (world: World, device: Id): boolean => deviceCalled(world, device)?.counts === true

/** PEO-19: another member, or an older device of their own, says that a device is that member's. */
export function deviceAcknowledged(world: World, event: Named<'DeviceAcknowledged'>, by: By): Verdict {
  const device = deviceCalled(world, event.device)
  if (device === undefined || device.counts || device.use === 'wayBack' || !isHere(world, device.member))
    return 'PEO-19'
  if (device.member === by.member && !counts(world, by.device)) return 'PEO-19'
  device.counts = true
  return null
}

const newMember = (id: Id, device: Id, keys: KeyPackage, by: By) => ({
  id,
  keys,
  device: {
    id: device,
    member: id,
    signPk: keys.device,
    kemPk: keys.deviceKem,
    use: 'everyday' as const,
    counts: true,
  },
  added: [],
  proposedBy: by.member,
  proposedSeq: by.seq,
  untilSeq: null,
  theirNonce: null,
  acceptProof: null,
})

/** The first entry: whoever founds the circle is its person. */
export function founded(world: World, event: Named<'Founded'>, by: By): Verdict {
  const from = by.derived
  if (from === undefined) return 'PEO-3'
  const { people } = world
  people.kind = event.kind
  people.circle = from.circle
  people.box = event.box
  people.owner = event.owner
  people.rules = event.rules
  people.person = from.member
  people.commitment = event.commitment
  people.members[from.member] = {
    ...newMember(from.member, from.device, event.keys, by),
    proposedBy: from.member,
    role: 'person',
    name: event.name,
    language: event.language,
    status: 'here',
    sinceSeq: by.seq,
    place: null,
    commitment: null,
    myNonce: null,
  }
  return null
}

export function rekeyed(world: World, event: Named<'Rekeyed'>, by: By): Verdict {
  const { people } = world
  if (people.kind === 'alongside' && !isThePerson(world, by.member)) return 'KEY-2'
  if (event.fromEpoch !== people.epoch || event.toEpoch !== people.epoch + 1) return 'KEY-3'
  people.epoch = event.toEpoch
  people.commitment = event.commitment
  people.rekeyOwedSince = null
  return null
}

export function pageKept(world: World, event: Named<'PageKept'>, by: By): Verdict {
  const { people } = world
  if (isOwn(world)) return 'PEO-4'
  if (people.page !== null || !isThePerson(world, by.member)) return 'PEO-15'
  people.page = {
    member: null,
    memberPk: event.member,
    bytes: event.page,
    signature: event.signature,
    seq: by.seq,
  }
  return null
}

export function memberProposed(world: World, event: Named<'MemberProposed'>, by: By): Verdict {
  const { people } = world
  const byPerson = isThePerson(world, by.member)
  const all = valuesOf(people.members)
  if (isOwn(world)) return 'PEO-4'
  if (event.role !== 'practitioner') return 'PEO-5'
  const from = by.derived
  if (from === undefined || memberOf(world, from.member) !== null || isKnownDevice(world, from.device)) return 'PEO-6'
  if (all.length >= 50 || (all.length >= 25 && !byPerson)) return 'PEO-7'
  people.members[from.member] = {
    ...newMember(from.member, from.device, event.keys, by),
    role: event.role,
    name: event.name,
    language: event.language,
    status: byPerson ? 'admitted' : 'proposed',
    sinceSeq: null,
    place: event.place,
    commitment: event.commitment,
    myNonce: event.nonce,
  }
  if (people.page?.memberPk === event.keys.member) people.page.member = from.member
  return null
}

export function memberWelcomed(world: World, event: Named<'MemberWelcomed'>, by: By): Verdict {
  const member = memberOf(world, event.member)
  if (!isThePerson(world, by.member) || member?.status !== 'proposed') return 'PEO-8'
  member.status = 'admitted'
  return null
}

export function memberAccepted(world: World, event: Named<'MemberAccepted'>, by: By): Verdict {
  const member = memberOf(world, by.member)
  if (member?.status !== 'admitted') return 'PEO-9'
  member.status = 'here'
  member.sinceSeq = by.seq
  member.theirNonce = event.nonce
  member.acceptProof = event.proof
  return null
}

/** A member goes. From here on a new epoch is owed. */
function goes(world: World, member: Member, how: 'left' | 'removed', by: By): void {
  const { people } = world
  if (people.rekeyOwedSince === null) people.rekeyOwedSince = by.seq
  member.status = how
  member.untilSeq = by.seq
}

export function memberRemoved(world: World, event: Named<'MemberRemoved'>, by: By): Verdict {
  const member = memberOf(world, event.member)
  if (!isThePerson(world, by.member) || isThePerson(world, event.member)) return 'PEO-10'
  if (member === null || member.status === 'left' || member.status === 'removed') return 'PEO-10'
  goes(world, member, 'removed', by)
  return null
}

export function memberLeft(world: World, by: By): Verdict {
  const member = memberOf(world, by.member)
  if (member === null || isThePerson(world, by.member)) return 'PEO-11'
  goes(world, member, 'left', by)
  return null
}

export function leavingAnnounced(world: World, event: Named<'LeavingAnnounced'>, by: By): Verdict {
  if (isThePerson(world, by.member)) return 'PEO-12'
  const { people } = world
  people.announced = people.announced.filter((one) => one.member !== by.member)
  people.announced.push({ member: by.member, day: event.day, words: event.words, seq: by.seq })
  return null
}

export function outsideRecordDeclared(world: World, event: Named<'OutsideRecordDeclared'>, by: By): Verdict {
  if (isThePerson(world, by.member)) return 'PEO-12'
  const { what, where, source, until, required } = event
  world.people.outside.push({ entry: by.entry, member: by.member, what, where, source, until, required, seq: by.seq })
  return null
}

export function identityChecked(world: World, event: Named<'IdentityChecked'>, by: By): Verdict {
  const { people } = world
  if (!hasKeys(world, event.member) || event.member === by.member) return 'PEO-13'
  people.checks = people.checks.filter((check) => check.by !== by.member || check.of !== event.member)
  people.checks.push({ by: by.member, of: event.member, how: event.how, seq: by.seq, at: by.at })
  return null
}

export function nameChosen(world: World, event: Named<'NameChosen'>, by: By): Verdict {
  const member = memberOf(world, by.member)
  if (member === null) return 'PEO-2'
  member.name = event.name
  member.language = event.language
  return null
}

export function objectionSaid(world: World, event: Named<'ObjectionSaid'>, by: By): Verdict {
  const { people } = world
  const status = statusOf(world, event.member)
  if (status !== 'proposed' && status !== 'admitted') return 'PEO-14'
  people.objections = people.objections.filter((one) => one.by !== by.member || one.member !== event.member)
  people.objections.push({ by: by.member, member: event.member, words: event.words, seq: by.seq })
  return null
}

export function deviceAdded(world: World, event: Named<'DeviceAdded'>, by: By): Verdict {
  const member = memberOf(world, by.member)
  const from = by.derived
  if (member === null || from === undefined || from.member !== by.member) return 'PEO-16'
  if (event.keys.recovery !== member.keys.recovery) return 'PEO-16'
  if (isKnownDevice(world, from.device)) return 'PEO-16'
  if (devicesOf(member).length >= 8) return 'PEO-17'
  const { device, deviceKem } = event.keys
  const { use } = event
  const isSureOfIt = use === 'everyday' && counts(world, by.device)
  member.added.push({ id: from.device, member: by.member, signPk: device, kemPk: deviceKem, use, counts: isSureOfIt })
  return null
}
