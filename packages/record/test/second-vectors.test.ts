/** The golden vectors against a writer that shares no line with the code that made them (SPEC VEC-1). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { secondVectors } from './second-vectors.ts'

const folder = join(import.meta.dirname, '../../../vectors')
const made = secondVectors()

describe('golden vectors, made a second time', () => {
  it.each([...made])('[VEC-1] ADV-59 %s is the same, byte for byte, in the second implementation', (name, json) => {
    expect(`${JSON.stringify(json, null, 2)}\n`).toBe(readFileSync(join(folder, name), 'utf8'))
  })

  it('[VEC-1] no file is left out, and the second implementation uses nothing of the first', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
    expect([...made.keys()].sort()).toEqual(files.sort())
    for (const name of ['second-crypto.ts', 'second-record.ts', 'second-circle.ts', 'second-vectors.ts']) {
      const source = readFileSync(join(import.meta.dirname, name), 'utf8')
      const from = [...source.matchAll(/from '([^']+)'/g)].map(([, path]) => path as string)
      expect(from.length).toBeGreaterThan(0)
      expect(from.filter((path) => path !== 'node:crypto' && !path.startsWith('./second-'))).toEqual([])
    }
  })
})
