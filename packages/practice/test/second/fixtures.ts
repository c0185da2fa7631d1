/**
 * Histories as files that people can read: JSON, with bytes as hexadecimal, or as how many of which byte. A history on
 * which the two reducers once came apart is kept here for ever, with a sentence that says what came of it.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { assert } from '@alongside/base/assert.ts'
import { fromHex, toHex } from '@alongside/base/bytes.ts'
import { checkShape } from '../../src/registry.ts'
import type { Entry } from './world.ts'

export interface Fixture {
  /** What the two readings differed in, and what was made of it. */
  readonly why: string
  readonly entries: readonly Entry[]
}

const folder = fileURLToPath(new URL('fixtures/', import.meta.url))

/** All kept histories by their file's name. */
export const fixtures = (): ReadonlyMap<string, Fixture> =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort((a, b) => (a < b ? -1 : 1))
      .map((name) => [name.replace('.json', ''), parse(readFileSync(`${folder}${name}`, 'utf8'))]),
  )

/** Keeps a history; the path says where. */
export function keep(name: string, why: string, entries: readonly Entry[]): string {
  mkdirSync(folder, { recursive: true })
  const path = `${folder}${name}.json`
  writeFileSync(path, `${show({ why, entries })}\n`)
  return path
}

/** A history as text: bytes of one kind as `{"bytes": 80, "of": 1}`, others as `{"hex": "…"}`. */
export const show = (fixture: Fixture): string =>
  JSON.stringify(
    fixture,
    (_name, value: unknown) => {
      if (!(value instanceof Uint8Array)) return value
      const [first = 0] = value
      return value.every((byte) => byte === first) ? { bytes: value.length, of: first } : { hex: toHex(value) }
    },
    2,
  )

/** The history that a text shows. Throws when one of its events does not fit its shape. */
export function parse(text: string): Fixture {
  const fixture = JSON.parse(text, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value
    if ('bytes' in value && 'of' in value) return new Uint8Array(Number(value.bytes)).fill(Number(value.of))
    return 'hex' in value ? fromHex(String(value.hex)) : value
  }) as Fixture
  for (const { event } of fixture.entries) assert(checkShape(event).ok, `${event.type} fits its shape`)
  return fixture
}
