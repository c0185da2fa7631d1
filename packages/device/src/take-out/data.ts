/**
 * A circle's record as plain data that other software can read without ours: every entry in order with who said it, what
 * it says and whether it took effect, and the answers this device can open. The shape is published as
 * `docs/schema/take-out-1.json`. No key of the circle is in it. Bytes are written as hexadecimal.
 */
import { toHex } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import type { Circle, PracticeEvent } from '@alongside/practice/define.ts'
import { deviceIn } from '@alongside/practice/people/state.ts'
import { keptPage } from '../circle/kept-page.ts'
import { fromMinutes } from '@alongside/record/entry.ts'
import type { OpenedCheckIn } from '../api.ts'
import type { CircleOutcome } from '../circle/held.ts'
import { eventOf } from '../constitution.ts'
import type { Equivocation } from '../sync/equivocation.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

export interface TakenEntry {
  readonly seq: number
  /** When its author's clock said it was, ISO 8601; null when the entry could not be read. */
  readonly at: string | null
  readonly member: Id | null
  readonly type: string | null
  readonly says: Json
  /** `hadEffect`, or why not: a rule's id or the name of a check. */
  readonly effect: 'hadEffect' | 'setAside'
  readonly reason: string | null
  /** The entry as its author signed it; only when asked for. */
  readonly signed?: string
}

export interface TakenOut {
  readonly format: 'alongside-take-out'
  readonly version: 1
  readonly madeAt: string
  readonly circle: Id
  readonly takenBy: Id
  readonly members: readonly {
    readonly id: Id
    readonly name: string
    readonly role: string
    readonly status: string
    readonly isPerson: boolean
  }[]
  readonly page: Json
  readonly checkIns: readonly {
    readonly encounter: Id
    readonly member: Id
    readonly shown: 'private' | 'topics' | 'answers'
    readonly answers: Json
  }[]
  readonly entries: readonly TakenEntry[]
  /** The proof that the relay contradicted itself; only when it did. */
  readonly relayContradicted?: Json
}

/** Fields that hold keys or sealed bytes; they say nothing to a reader, and a rekey's body holds a secret. */
const LEFT_OUT: { readonly [type: string]: readonly string[] } = {
  Founded: ['keys', 'owner', 'commitment', 'box'],
  Rekeyed: ['body', 'commitment'],
  MemberProposed: ['keys', 'commitment', 'nonce', 'place'],
  MemberAccepted: ['nonce', 'proof'],
  DeviceAdded: ['keys'],
  PageKept: ['page', 'signature'],
  CheckInSealed: ['item', 'commitment', 'wrap'],
  CheckInShown: ['key'],
}

export function toJson(value: unknown): Json {
  if (value instanceof Uint8Array) return toHex(value)
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner)]))
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function saidBy(event: PracticeEvent): Json {
  const left = LEFT_OUT[event.type] ?? []
  const fields = Object.entries(event).filter(([name]) => name !== 'type' && !left.includes(name))
  return toJson(Object.fromEntries(fields))
}

function reasonOf(outcome: CircleOutcome): string | null {
  if (outcome.verdict.type === 'applied') return null
  if (outcome.verdict.type === 'held') return 'held'
  const { reason } = outcome.verdict
  if (reason.type !== 'Refused') return reason.type
  return reason.reason.type === 'RuleRefused' ? reason.reason.rule : reason.reason.type
}

export function takenOut(
  circle: Circle,
  of: {
    readonly me: Id
    readonly outcomes: readonly CircleOutcome[]
    readonly checkIns: readonly OpenedCheckIn[]
    readonly proof: Equivocation | null
  },
  with_: { readonly signatures: boolean; readonly at: number },
): TakenOut {
  const { people } = circle
  return {
    format: 'alongside-take-out',
    version: 1,
    madeAt: new Date(with_.at).toISOString(),
    circle: people.circle ?? '',
    takenBy: of.me,
    members: Object.values(people.members)
      .sort((a, b) => a.proposedSeq - b.proposedSeq)
      .map(({ id, name, role, status }) => ({ id, name, role, status, isPerson: id === people.person })),
    page: toJson(keptPage(circle)),
    checkIns: of.checkIns.map(({ encounter, member, shown, answers }) => ({
      encounter,
      member,
      shown,
      answers: toJson(answers),
    })),
    entries: of.outcomes.map((outcome): TakenEntry => {
      const { seq, entry } = outcome
      const event = entry === null ? null : eventOf(entry.body.type, entry.body.payload)
      const isRekey = event?.ok === true && event.value.type === 'Rekeyed'
      return {
        seq,
        at: entry === null ? null : new Date(fromMinutes(entry.body.t)).toISOString(),
        member: entry === null ? null : (deviceIn(circle, entry.body.deviceId)?.member ?? null),
        type: event?.ok === true ? event.value.type : null,
        says: event?.ok === true ? saidBy(event.value) : null,
        effect: outcome.verdict.type === 'applied' ? 'hadEffect' : 'setAside',
        reason: reasonOf(outcome),
        // a rekey as signed holds a secret; it says nothing about anybody
        ...(with_.signatures && entry !== null && !isRekey ? { signed: toHex(entry.bytes) } : {}),
      }
    }),
    ...(of.proof === null ? {} : { relayContradicted: toJson(of.proof) }),
  }
}
