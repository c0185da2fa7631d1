/** Who is in the circle, with which keys, and who may read from when to when. */
import { bool, bytes, bytesUpTo, hex, id, maybe, oneOf, record, text, uint, type Of } from '@alongside/base/codec.ts'
import { defineEvent } from '../define.ts'
import { day } from '../shapes.ts'
import { memberName } from './name.ts'

/** `alongside`: one person with those who work beside them. `own`: a circle of one, kept on this device only. */
export const KINDS = ['alongside', 'own'] as const
export const ROLES = ['person', 'practitioner', 'supporter', 'interpreter'] as const
export type Role = (typeof ROLES)[number]

/** A language tag such as `en` or `ar`. */
export const language = text(16, 2)

/** Public keys of a member with their first device, and the proofs that they belong together (protocol 2.3, 2.8). */
export const keyPackage = record({
  member: hex(32),
  recovery: hex(32),
  device: hex(32),
  deviceKem: hex(32),
  proof: hex(64),
})
export type KeyPackage = Of<typeof keyPackage>

/** The first entry: the person says yes and the circle exists. */
export const Founded = defineEvent(1, 'Founded', {
  kind: oneOf(KINDS),
  rules: uint(65_535),
  box: id,
  commitment: hex(32),
  owner: maybe(hex(32)),
  name: memberName,
  language,
  keys: keyPackage,
})

/** A new epoch: fresh secret, wrapped to exactly the recipients the circle now has. `body` is checked by the record. */
export const Rekeyed = defineEvent(2, 'Rekeyed', {
  reason: oneOf(['admit', 'leave', 'remove', 'rotate']),
  fromEpoch: uint(),
  toEpoch: uint(),
  cause: maybe(id),
  commitment: hex(32),
  body: bytesUpTo(60_000),
})

/** The practice page that the person said yes to, as it was signed. */
export const PageKept = defineEvent(3, 'PageKept', {
  member: hex(32),
  page: bytesUpTo(56_000),
  signature: bytes(64),
})

/** Somebody is proposed as a member, with the keys that would be let in. The person's own proposal is already a yes. */
export const MemberProposed = defineEvent(4, 'MemberProposed', {
  role: oneOf(ROLES),
  name: memberName,
  language,
  keys: keyPackage,
  place: id,
  commitment: hex(32),
  nonce: hex(32),
})

/** The person says yes to somebody another member proposed. */
export const MemberWelcomed = defineEvent(5, 'MemberWelcomed', { member: id })

/** The newcomer says yes, having read the record, and reveals the nonce they had committed to. */
export const MemberAccepted = defineEvent(6, 'MemberAccepted', { nonce: hex(32), proof: hex(64) })

/** The person stops sharing with a member, from this moment. */
export const MemberRemoved = defineEvent(7, 'MemberRemoved', { member: id })

/** A practitioner or supporter leaves. */
export const MemberLeft = defineEvent(8, 'MemberLeft', {})

/** A practitioner says beforehand that they will leave, and what they will do about handing over. */
export const LeavingAnnounced = defineEvent(9, 'LeavingAnnounced', { day, words: text(2000) })

/** Two members compared their safety phrase or code, or say that they have not. It gates nothing. */
export const IdentityChecked = defineEvent(10, 'IdentityChecked', {
  member: id,
  how: oneOf(['inPerson', 'byCall', 'notChecked']),
})

/** A member chooses what to be called. */
export const NameChosen = defineEvent(11, 'NameChosen', { name: memberName, language })

/** What a member who is not the person keeps outside, or must keep, with source and end date. */
export const OutsideRecordDeclared = defineEvent(12, 'OutsideRecordDeclared', {
  what: text(500, 1),
  where: text(300),
  source: text(300),
  until: maybe(day),
  required: bool,
})

/** Another member's objection, in writing. It does not block. */
export const ObjectionSaid = defineEvent(13, 'ObjectionSaid', { member: id, words: text(2000, 1) })

/** `everyday`: somebody sits at it. `wayBack`: its keys lie on paper, to let one more device in when all are lost. */
export const DEVICE_USES = ['everyday', 'wayBack'] as const
export type DeviceUse = (typeof DEVICE_USES)[number]

/** A member adds a device of their own; the proof is made with their member key, for this circle. */
export const DeviceAdded = defineEvent(14, 'DeviceAdded', { keys: keyPackage, use: oneOf(DEVICE_USES) })

/** Somebody says that a member's new device is that member's: from now on its yes counts. */
export const DeviceAcknowledged = defineEvent(15, 'DeviceAcknowledged', { device: id })
