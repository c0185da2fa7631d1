/**
 * The practice's rules as the record's constitution: turns entries into events, says which keys an event brings and whose
 * keys are in force, and lets the rules decide what takes effect. Pure; knows no device and no reader.
 */
import { fromHex, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor, type CborError } from '@alongside/base/cbor.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, type Result } from '@alongside/base/result.ts'
import type { Circle, PracticeEvent, Refusal } from '@alongside/practice/define.ts'
import { deviceIn, devicesOf, isActive, type Device, type Member } from '@alongside/practice/people/state.ts'
import { reduce } from '@alongside/practice/reduce.ts'
import { emptyCircle, isKnownCode, readEvent, writeEvent, type ReadError } from '@alongside/practice/registry.ts'
import type { Constitution, KeyPart } from '@alongside/record/constitution.ts'
import type { Recipient } from '@alongside/record/keys.ts'

/** The version of the rules that this build knows and founds circles under. */
export const RULES_VERSION = 1

/** Why an event had no effect: a rule, or a payload that is none of its type. */
export type Unlawful = Refusal | ReadError | CborError

const unhex = (text: string): Bytes => fromHex(text) ?? new Uint8Array()

type EventRead = Result<PracticeEvent, ReadError | CborError>

/** An entry's type and payload as an event. Any bytes give an event or an error. */
export function eventOf(type: number, payload: Bytes): EventRead {
  const plain = decodeCbor(payload)
  return plain.ok ? readEvent(type, plain.value) : plain
}

/** Events that were read, for as long as their entry is there: one that waits is judged again with every change. */
const eventsRead = new WeakMap<Uint8Array, { readonly type: number; readonly event: EventRead }>()

/** The same, reading each entry's payload once. */
function eventIn({ type, payload }: { readonly type: number; readonly payload: Bytes }): EventRead {
  const known = eventsRead.get(payload)
  if (known?.type === type) return known.event
  const event = eventOf(type, payload)
  eventsRead.set(payload, { type, event })
  return event
}

/** Keys that were read from their text; a device in the circle stays the same object for as long as it is there. */
const publicKeys = new WeakMap<Device, Bytes>()

function publicKeyOf(device: Device): Bytes {
  const known = publicKeys.get(device)
  if (known !== undefined) return known
  const key = unhex(device.signPk)
  publicKeys.set(device, key)
  return key
}

/** An event as an entry's type and payload. */
export function entryPartsOf(event: PracticeEvent): { readonly type: number; readonly payload: Bytes } {
  const { code, payload } = writeEvent(event)
  return { type: code, payload: encodeCbor(payload) }
}

const memberOf = (circle: Circle, device: Id): Member | undefined =>
  Object.values(circle.people.members).find((member) => devicesOf(member).some((one) => one.id === device))

const activeMembers = (circle: Circle): readonly Member[] =>
  Object.values(circle.people.members).filter((member) => isActive(circle, member.id))

/** Everybody a new epoch of this circle must reach: each active device, and each active member's recovery key. */
export const recipientsIn = (circle: Circle): readonly Recipient[] =>
  activeMembers(circle).flatMap((member) => [
    { id: member.id, kemPublicKey: unhex(member.keys.recovery) },
    ...devicesOf(member).map((device) => ({ id: device.id, kemPublicKey: unhex(device.kemPk) })),
  ])

function keyPartOf(circle: Circle, event: PracticeEvent, device: Id): KeyPart {
  const { type } = event
  if (type === 'Founded') return { type: 'founding', keys: event.keys, box: event.box, commitment: event.commitment }
  if (type === 'MemberProposed') return { type: 'admission', keys: event.keys, place: event.place }
  // proved for the circle itself: a device added in one circle proves nothing in another
  if (type === 'DeviceAdded') return { type: 'admission', keys: event.keys, place: circle.people.circle ?? '' }
  if (type === 'Rekeyed') {
    const { body, fromEpoch, toEpoch, commitment } = event
    return { type: 'rekey', body: Uint8Array.from(body), fromEpoch, toEpoch, commitment }
  }
  if (type !== 'MemberAccepted') return { type: 'none' }
  const member = memberOf(circle, device)
  return {
    type: 'acceptance',
    identity: member?.keys.member ?? '',
    place: member?.place ?? '',
    commitment: member?.commitment ?? '',
    nonce: event.nonce,
    proof: event.proof,
  }
}

export const law: Constitution<Circle, Unlawful> = {
  initial: emptyCircle(),
  rulesOf: (circle) => circle.people.rules,
  supports: (rules) => rules === RULES_VERSION,
  knows: (_rules, type) => isKnownCode(type),
  keyPart(circle, entry) {
    const event = eventIn(entry)
    return event.ok ? keyPartOf(circle, event.value, entry.deviceId) : { type: 'none' }
  },
  device(circle, device) {
    const known = deviceIn(circle, device)
    return known === null
      ? null
      : { publicKey: publicKeyOf(known), member: known.member, active: isActive(circle, known.member) }
  },
  recipients: recipientsIn,
  apply(circle, entry, unseen) {
    const event = eventIn(entry)
    if (!event.ok) return err(event.error)
    const { member, device, seq, seenSeq, at, id, derived } = entry
    const by = { member, device, seq, seenSeq, at, entry: id, ...(derived === null ? {} : { derived }) }
    return reduce(circle, event.value, by, unseen)
  },
  digest: (circle) => circle,
}
