/**
 * How a practice is written down: events with a fixed shape, rules that are sentences with an id, and what an event
 * means once the rules let it through. A practice is one folder with a `subject.ts`; it adds its part of the circle's
 * state and its events to the two open interfaces below, so nothing outside the folder has to change.
 */
import { record, type Codec, type Id } from '@alongside/base/codec.ts'

/** The state of one circle, one part for each practice. Each practice's `subject.ts` adds its own part. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the practices
export interface Circle {}

/** Every event by its name. Each practice's `subject.ts` adds its own. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the practices
export interface Events {}

/** Any event of any practice. */
export type PracticeEvent = Events[keyof Events]

/** A rule's id as written in SPEC.md, for instance `AGR-3`. */
export type RuleId = `${Uppercase<string>}-${number}`

/** What is known of the entry that carries an event. None of it depends on who is reading. */
export interface By {
  /** The member whose device signed. */
  readonly member: Id
  readonly device: Id
  /** Position in the circle's record, counted from 1. */
  readonly seq: number
  /** The last position the author had seen when signing. */
  readonly seenSeq: number
  /** Minutes since 2020-01-01 UTC as the author's clock claimed. Display only: no rule may read it. */
  readonly at: number
  /** First 16 bytes of the entry's id. */
  readonly entry: Id
  /** For events that bring keys: the ids that follow from those keys, worked out by the record. */
  readonly derived?: { readonly circle: Id; readonly member: Id; readonly device: Id }
}

/** A sentence of SPEC.md in code. `holds` is pure, reads no clock, and never throws. */
export interface Rule<E> {
  readonly id: RuleId
  readonly holds: (circle: Circle, event: E, by: By) => boolean
}

/** Why an event has no effect, with the id of the sentence that says so. */
export type Refusal = { readonly type: 'RuleRefused'; readonly rule: RuleId; readonly event: keyof Events & string }

type FieldCodecs = { readonly [name: string]: Codec<any> }
type Values<F> = { readonly [K in keyof F]: F[K] extends Codec<infer T> ? T : never }

/** An event: its number in the record (never reused), its name in people's words, and its fields in order. */
export interface EventDef<N extends string, F extends FieldCodecs> {
  readonly code: number
  readonly name: N
  readonly codec: Codec<Values<F>>
}

export type EventOf<D> = D extends EventDef<infer N, infer F> ? { readonly type: N } & Values<F> : never

/** Declares an event. `code` below 256 means that a device which does not know it must stop rather than skip it. */
export function defineEvent<const N extends string, F extends FieldCodecs>(
  code: number,
  name: N,
  fields: F,
): EventDef<N, F> {
  return { code, name, codec: record(fields) as Codec<Values<F>> }
}

/** What one event needs and does. Rules are tried in order; the first that does not hold is the refusal. */
export interface Handler<E, Part> {
  readonly rules: readonly Rule<E>[]
  /** The part's next state. Called only when every rule held. Pure; never throws; never changes what it was given. */
  readonly evolve: (part: Part, event: E, by: By, circle: Circle) => Part
}

export interface Subject<Part> {
  readonly name: keyof Circle & string
  readonly initial: Part
  /** The events this practice brings. */
  readonly events: readonly EventDef<string, any>[]
  readonly handlers: { readonly [N in keyof Events]?: Handler<Events[N], Part> }
  /** What this practice's part makes of other practices' events, after their own rules let them through. */
  readonly hears?: { readonly [N in keyof Events]?: (part: Part, event: Events[N], by: By, circle: Circle) => Part }
  /** Rules that every event in the circle must pass, whatever practice it belongs to. */
  readonly gates?: readonly Rule<PracticeEvent>[]
}

/** Checks the shape of a practice; gives it back unchanged. */
export const defineSubject = <Part>(subject: Subject<Part>): Subject<Part> => subject
