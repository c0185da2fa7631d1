/** The people of a circle, as its record says. Keys are public and held as hexadecimal, so state stays plain. */
import type { Id } from '@alongside/base/codec.ts'
import type { By, Circle } from '../define.ts'
import type { DeviceUse, KeyPackage, Role } from './events.ts'

export interface Device {
  readonly id: Id
  readonly member: Id
  readonly signPk: string
  readonly kemPk: string
  readonly use: DeviceUse
  /** Whether what it says yes to has effect while somebody else is here (PEO-18). */
  readonly counts: boolean
}

export interface Member {
  readonly id: Id
  readonly role: Role
  readonly name: string
  readonly language: string
  /**
   * `proposed`: waits for the person. `admitted`: has the person's yes and keys, has not said yes themselves.
   * `here`: a member. `left`, `removed`: no longer.
   */
  readonly status: 'proposed' | 'admitted' | 'here' | 'left' | 'removed'
  readonly keys: KeyPackage
  /** The device that came in with the member. */
  readonly device: Device
  /** Devices that the member added later, in order. */
  readonly added: readonly Device[]
  readonly proposedBy: Id
  readonly proposedSeq: number
  /** Position of the acceptance, of the leaving or removal; null while it has not come. */
  readonly sinceSeq: number | null
  readonly untilSeq: number | null
  /** For the safety phrase: the place, the newcomer's commitment and reveal, and the other's nonce. */
  readonly place: Id | null
  readonly commitment: string | null
  readonly theirNonce: string | null
  readonly myNonce: string | null
  readonly acceptProof: string | null
}

export interface IdentityCheck {
  readonly by: Id
  readonly of: Id
  readonly how: 'inPerson' | 'byCall' | 'notChecked'
  readonly seq: number
  readonly at: number
}

export interface OutsideRecord {
  readonly entry: Id
  readonly member: Id
  readonly what: string
  readonly where: string
  readonly source: string
  readonly until: string | null
  readonly required: boolean
  readonly seq: number
}

export interface PeopleState {
  readonly kind: 'alongside' | 'own' | null
  readonly circle: Id | null
  readonly box: Id | null
  readonly owner: string | null
  readonly rules: number
  /** The person whose life the circle is about. */
  readonly person: Id | null
  readonly members: { readonly [id: Id]: Member }
  readonly epoch: number
  readonly commitment: string
  /** Position of the leaving or removal that a new epoch must answer; null when none is owed. */
  readonly rekeyOwedSince: number | null
  readonly checks: readonly IdentityCheck[]
  readonly outside: readonly OutsideRecord[]
  readonly objections: readonly { readonly by: Id; readonly member: Id; readonly words: string; readonly seq: number }[]
  readonly announced: readonly {
    readonly member: Id
    readonly day: string
    readonly words: string
    readonly seq: number
  }[]
  readonly page: {
    readonly member: Id | null
    readonly memberPk: string
    readonly bytes: Uint8Array
    readonly signature: Uint8Array
    readonly seq: number
  } | null
}

export const noPeople: PeopleState = {
  kind: null,
  circle: null,
  box: null,
  owner: null,
  rules: 0,
  person: null,
  members: {},
  epoch: 0,
  commitment: '',
  rekeyOwedSince: null,
  checks: [],
  outside: [],
  objections: [],
  announced: [],
  page: null,
}

export const isPerson = (circle: Circle, member: Id): boolean => circle.people.person === member

/** A member who has said yes and has not gone. */
export const isHere = (circle: Circle, member: Id): boolean => circle.people.members[member]?.status === 'here'

/** Whether keys of this member are in force: admitted or here. */
export const isActive = (circle: Circle, member: Id): boolean => {
  const status = circle.people.members[member]?.status
  return status === 'here' || status === 'admitted'
}

export const roleOf = (circle: Circle, member: Id): Role | null => circle.people.members[member]?.role ?? null

/** Every device of a member, the first one first. */
export const devicesOf = (member: Member): readonly Device[] => [member.device, ...member.added]

/** The device that a member sits at now: the one that came last. */
export const everydayDeviceOf = (member: Member): Device =>
  devicesOf(member).findLast((device) => device.use === 'everyday') ?? member.device

/** The devices of a circle's members by id: asked for every entry, and another only when somebody comes, goes or changes. */
const devices = new WeakMap<PeopleState['members'], Map<Id, Device>>()

/** The device with this id, whatever became of its member; null when no member has it. */
export function deviceIn(circle: Circle, device: Id): Device | null {
  const { members } = circle.people
  let known = devices.get(members)
  if (known === undefined) {
    known = new Map()
    for (const member of Object.values(members))
      for (const one of devicesOf(member)) if (!known.has(one.id)) known.set(one.id, one)
    devices.set(members, known)
  }
  return known.get(device) ?? null
}

/** Whether nobody but this member is here. */
export const isAlone = (circle: Circle, member: Id): boolean =>
  Object.values(circle.people.members).every((one) => one.id === member || one.status !== 'here')

/** PEO-18: whether a yes from this device has its effect: it counts, or nobody else is here. */
export const yesHasEffect = (circle: Circle, by: Pick<By, 'member' | 'device'>): boolean =>
  isAlone(circle, by.member) || deviceIn(circle, by.device)?.counts === true

/** Devices of members who are here that somebody still has to acknowledge, in the order of members and then of coming. */
export const devicesThatWait = (circle: Circle): readonly Device[] =>
  membersHere(circle).flatMap((member) =>
    devicesOf(member).filter((device) => !device.counts && device.use === 'everyday'),
  )

/** Members who are here, in bytewise order of id, so that every device walks them alike. */
export const membersHere = (circle: Circle): readonly Member[] =>
  Object.values(circle.people.members)
    .filter((member) => member.status === 'here')
    .sort((a, b) => (a.id < b.id ? -1 : 1))
