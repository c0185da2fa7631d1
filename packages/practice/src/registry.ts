/**
 * All practices put together: finds the definition for a number in the record, turns payloads into events and back,
 * and knows which practice answers for which event. Numbers and names are declared once (GEN-2), or loading stops.
 */
import { assert } from '@alongside/base/assert.ts'
import type { Plain } from '@alongside/base/cbor.ts'
import type { CodecError } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Circle, EventDef, Handler, PracticeEvent, Subject } from './define.ts'
import { subjects } from './subjects.ts'

type AnyDef = EventDef<string, any>
type AnySubject = Subject<any>

const byCode = new Map<number, AnyDef>()
const byName = new Map<string, AnyDef>()
const owner = new Map<string, AnySubject>()

for (const subject of subjects as readonly AnySubject[]) {
  for (const def of subject.events) {
    assert(!byCode.has(def.code) && !byName.has(def.name), `event ${def.code} ${def.name} is declared once`)
    assert(subject.handlers[def.name as never] !== undefined, `${def.name} has a handler`)
    byCode.set(def.code, def)
    byName.set(def.name, def)
    owner.set(def.name, subject)
  }
}

export const allSubjects: readonly AnySubject[] = subjects

/** Whether this rules version knows an event number. */
export const isKnownCode = (code: number): boolean => byCode.has(code)

export type ReadError = { readonly type: 'UnknownEvent'; readonly code: number } | CodecError

/** A payload of the record as an event. Total (GEN-1): any plain value gives an event or says what is wrong. */
export function readEvent(code: number, payload: Plain): Result<PracticeEvent, ReadError> {
  const def = byCode.get(code)
  if (def === undefined) return err({ type: 'UnknownEvent', code })
  const fields = def.codec.decode(payload, def.name)
  return fields.ok ? ok({ type: def.name, ...fields.value } as PracticeEvent) : fields
}

/** An event as the number and payload that go into the record. */
export function writeEvent(event: PracticeEvent): { readonly code: number; readonly payload: Plain } {
  const def = byName.get(event.type)
  assert(def !== undefined, `${event.type} is declared`)
  return { code: def.code, payload: def.codec.encode(event) }
}

/** Whether an event's values fit its shape (lengths, lists); what a form must pass before anything is signed. */
export function checkShape(event: PracticeEvent): Result<PracticeEvent, ReadError> {
  const { code, payload } = writeEvent(event)
  return readEvent(code, payload)
}

export function ownerOf(event: PracticeEvent): {
  readonly subject: AnySubject
  readonly handler: Handler<PracticeEvent, unknown>
} {
  const subject = owner.get(event.type)
  assert(subject !== undefined, `${event.type} belongs to a practice`)
  return { subject, handler: subject.handlers[event.type] as unknown as Handler<PracticeEvent, unknown> }
}

/** The state before anything was said. */
export function emptyCircle(): Circle {
  const circle: Record<string, unknown> = {}
  for (const subject of allSubjects) circle[subject.name] = subject.initial
  return circle as unknown as Circle
}
