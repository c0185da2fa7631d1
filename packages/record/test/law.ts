/**
 * A small constitution for tests: a founder lets people in, they say yes, write notes, and can be removed. What it means
 * is as plain as can be, so that a test shows what the record does.
 */
import { fromHex, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bytesUpTo, hex, id, record, text, uint, type Codec, type Id } from '@alongside/base/codec.ts'
import { err, ok } from '@alongside/base/result.ts'
import type { Constitution, KeyPart } from '../src/constitution.ts'
import type { EntryBody } from '../src/entry.ts'
import { keyPackageCodec, type KeyPackage } from '../src/keys.ts'

export const FOUND = 1
export const ADMIT = 2
export const ACCEPT = 3
export const REKEY = 4
export const NOTE = 5
export const REMOVE = 6
export const UPGRADE = 7

export const codecs = {
  [FOUND]: record({ box: id, commitment: hex(32), keys: keyPackageCodec }),
  [ADMIT]: record({ place: id, commitment: hex(32), keys: keyPackageCodec }),
  [ACCEPT]: record({ nonce: hex(32), proof: hex(64) }),
  [REKEY]: record({ fromEpoch: uint(), toEpoch: uint(), commitment: hex(32), body: bytesUpTo(60_000) }),
  [NOTE]: text(50_000),
  [REMOVE]: id,
  [UPGRADE]: uint(),
} as const

export const payload = <T>(codec: Codec<T>, value: T): Bytes => encodeCbor(codec.encode(value))

export interface TestMember {
  readonly status: 'admitted' | 'here' | 'removed'
  readonly keys: KeyPackage
  readonly device: Id
  readonly place: Id
  readonly commitment: string
}

export interface TestState {
  readonly rules: number
  readonly founder: Id | null
  readonly members: { readonly [member: Id]: TestMember }
  readonly notes: readonly { readonly by: Id; readonly seq: number; readonly words: string }[]
  /** Position of a removal that a rekey must still answer. */
  readonly owedSince: number | null
}

export type TestRefusal = 'Unreadable' | 'NotFounder' | 'NotAdmitted' | 'NotHere' | 'Twice' | 'RekeyOwed'

function read<T>(codec: Codec<T>, body: { readonly payload: Bytes }): T | null {
  const plain = decodeCbor(body.payload)
  const value = plain.ok ? codec.decode(plain.value) : plain
  return value.ok ? value.value : null
}

const unhex = (value: string): Bytes => fromHex(value) as Bytes
const byDevice = (state: TestState, device: Id): readonly [Id, TestMember] | null =>
  Object.entries(state.members).find(([, member]) => member.device === device) ?? null

function keyPart(state: TestState, entry: EntryBody): KeyPart {
  const none = { type: 'none' } as const
  if (entry.type === FOUND) {
    const found = read(codecs[FOUND], entry)
    return found === null ? none : { type: 'founding', ...found }
  }
  if (entry.type === ADMIT) {
    const admit = read(codecs[ADMIT], entry)
    return admit === null ? none : { type: 'admission', keys: admit.keys, place: admit.place }
  }
  if (entry.type === ACCEPT) {
    const accept = read(codecs[ACCEPT], entry)
    const member = byDevice(state, entry.deviceId)?.[1]
    if (accept === null || member === undefined) return none
    const { keys, place, commitment } = member
    return { type: 'acceptance', identity: keys.member, place, commitment, ...accept }
  }
  const rekey = entry.type === REKEY ? read(codecs[REKEY], entry) : null
  return rekey === null ? none : { type: 'rekey', ...rekey }
}

/** The law, as a replica has it that knows rules up to `newest`. */
export const law = (newest = 1): Constitution<TestState, TestRefusal> => ({
  initial: { rules: 0, founder: null, members: {}, notes: [], owedSince: null },
  rulesOf: (state) => state.rules,
  supports: (rules) => rules <= newest,
  knows: (rules, type) => type in codecs || (rules >= 2 && type === 8),
  keyPart,
  device: (state, device) => {
    const found = byDevice(state, device)
    if (found === null) return null
    const [member, { keys, status }] = found
    return { publicKey: unhex(keys.device), member, active: status !== 'removed' }
  },
  recipients: (state) =>
    Object.entries(state.members)
      .filter(([, member]) => member.status !== 'removed')
      .flatMap(([member, { keys, device }]) => [
        { id: member, kemPublicKey: unhex(keys.recovery) },
        { id: device, kemPublicKey: unhex(keys.deviceKem) },
      ]),
  apply: (state, entry) => {
    const founder = entry.member === state.founder
    const add = (keys: KeyPackage, status: TestMember['status'], place: Id, commitment: string) => {
      const derived = entry.derived
      if (derived === null) return err<TestRefusal>('Unreadable')
      if (state.members[derived.member] !== undefined) return err<TestRefusal>('Twice')
      const member = { status, keys, device: derived.device, place, commitment }
      return ok({ ...state, members: { ...state.members, [derived.member]: member } })
    }
    const owed = state.owedSince !== null && entry.seenSeq >= state.owedSince
    if (owed && entry.type !== REKEY && entry.type !== REMOVE) return err('RekeyOwed')
    if (state.members[entry.member]?.status === 'admitted' && entry.type !== ACCEPT) return err('NotHere')
    switch (entry.type) {
      case FOUND: {
        const found = read(codecs[FOUND], entry)
        if (found === null || state.founder !== null) return err('Twice')
        const added = add(found.keys, 'here', found.box, '')
        return added.ok ? ok({ ...added.value, rules: entry.rules, founder: entry.derived?.member ?? null }) : added
      }
      case ADMIT: {
        const admit = read(codecs[ADMIT], entry)
        if (admit === null) return err('Unreadable')
        return founder ? add(admit.keys, 'admitted', admit.place, admit.commitment) : err('NotFounder')
      }
      case ACCEPT: {
        const member = state.members[entry.member]
        if (member?.status !== 'admitted') return err('NotAdmitted')
        return ok({ ...state, members: { ...state.members, [entry.member]: { ...member, status: 'here' } } })
      }
      case REKEY:
        return founder ? ok({ ...state, owedSince: null }) : err('NotFounder')
      case NOTE: {
        const words = read(codecs[NOTE], entry)
        if (words === null) return err('Unreadable')
        return ok({ ...state, notes: [...state.notes, { by: entry.member, seq: entry.seq, words }] })
      }
      case REMOVE: {
        const name = read(codecs[REMOVE], entry)
        const member = name === null ? undefined : state.members[name]
        if (!founder || name === null || member === undefined) return err('NotFounder')
        const members = { ...state.members, [name]: { ...member, status: 'removed' as const } }
        return ok({ ...state, members, owedSince: entry.seq })
      }
      case UPGRADE: {
        const rules = read(codecs[UPGRADE], entry)
        return rules !== null && founder ? ok({ ...state, rules }) : err('NotFounder')
      }
      default:
        return ok(state)
    }
  },
  digest: (state) => ({ ...state }),
})
