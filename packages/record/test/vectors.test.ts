import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vectorFiles } from './vectors.ts'

const folder = join(import.meta.dirname, '../../../vectors')

describe('golden vectors', () => {
  it('[VEC-1] ADV-59 the code makes every file byte for byte, and there is no other file', async () => {
    const made = await vectorFiles()
    expect(
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort(),
    ).toEqual([...made.keys()].sort())
    for (const [name, text] of made) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text)
  })
})
