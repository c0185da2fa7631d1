/** What tests ask of replicas: what became of each entry, what is written, and whether two hold the same. */
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { expect } from 'vitest'
import type { Outcome } from '../src/fold.ts'
import type { Person } from './circle.ts'

/** The words of all notes, in order. */
export const words = (person: Person) => person.folded.view().state.notes.map((note) => note.words)

/** For each entry why it was set aside, or what else became of it. */
export const reasons = (outcomes: readonly Outcome<unknown>[]) =>
  outcomes.map(({ verdict }) => (verdict.type === 'setAside' ? verdict.reason.type : verdict.type))

export const sameDigest = (...people: readonly Person[]) =>
  expect(new Set(people.map((person) => toHex(person.folded.digest()))).size).toBe(1)

/** Pushes to one person only, as a relay might, and says what became of it. */
export const only = async (person: Person, ...envelopes: readonly Bytes[]) =>
  reasons(await person.folded.push(envelopes))

/** A value that a test knows to be there. */
export function there<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('must be there')
  return value
}
