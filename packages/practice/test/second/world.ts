/**
 * What the second reducer works on: the same shape of state as the product's, but open to change, because this reducer
 * writes into it. Written from the SPEC.md files alone, slowly and plainly, so that two readings of the same sentences
 * can be compared. It shares with the product its types, its reading of events and its canonical bytes; nothing else.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { By, Circle, PracticeEvent, RuleId } from '../../src/define.ts'

/** The same values, open to change. */
export type Open<T> = T extends Uint8Array | string | number | boolean | null | undefined
  ? T
  : { -readonly [K in keyof T]: Open<T[K]> }

export type World = Open<Circle>

/** One entry as a practice gets it: an event, and who said it where. */
export interface Entry {
  readonly event: PracticeEvent
  readonly by: By
}

/** The rule that stands in the way, or null when none does. */
export type Verdict = RuleId | null

/** The event of one name. */
export type Named<N extends PracticeEvent['type']> = Extract<PracticeEvent, { readonly type: N }>

export function emptyWorld(): World {
  return {
    agreement: { lines: {}, limitsHeard: [] },
    checkIn: { sealed: {}, shown: {}, later: {}, replies: {}, triggers: {}, suggestions: [] },
    commitment: { promises: {} },
    encounter: { encounters: {}, agenda: {}, latestMet: null },
    leaving: { paused: null, ending: null, goodbyes: [] },
    note: { blocks: {} },
    own: { notes: {} },
    people: {
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
    },
    ways: { choices: {} },
  }
}

/** The characters that alone say nothing, as the constitution lists them. */
const SILENT = [
  '0009 000a 000b 000c 000d 0020 0085 00a0 1680 180e',
  '2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 200a 200b 200c 200d',
  '2028 2029 202f 205f 2060 3000 feff',
]
  .join(' ')
  .split(' ')

/** Whether text says something: at least one of its characters is none of the silent ones. */
export function saysSomething(text: string): boolean {
  for (const character of text)
    if (!SILENT.includes((character.codePointAt(0) ?? 0).toString(16).padStart(4, '0'))) return true
  return false
}

/** The ids of a table, lowest first. */
export function idsOf(table: { readonly [id: Id]: unknown }): Id[] {
  return Object.keys(table).sort((a, b) => (a < b ? -1 : 1))
}

/** All values of a table, in the order of their ids. */
export function valuesOf<T>(table: { readonly [id: Id]: T }): T[] {
  const values: T[] = []
  for (const id of idsOf(table)) {
    const value = table[id]
    if (value !== undefined) values.push(value)
  }
  return values
}

/** GEN-11: whether this author may still add to something there are so many of already. */
export function roomFor(world: World, by: By, kind: { readonly [id: Id]: unknown }): boolean {
  return Object.keys(kind).length < 3000 || by.member === world.people.person
}
