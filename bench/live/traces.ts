/**
 * Editing traces: real typing, one edit after the other, as a list of patches `[position, deleted, inserted]`. They are
 * others' work without a licence to copy, so they are read from a folder: `ALONGSIDE_TRACES`, or `shared/data/traces` beside
 * this repository. Where there is none, typing is made up, the same each time.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

export type Patch = readonly [at: number, deleted: number, inserted: string]

export interface Trace {
  readonly name: string
  readonly patches: readonly Patch[]
  readonly end: string
}

const FOLDER = process.env['ALONGSIDE_TRACES'] ?? resolve(import.meta.dirname, '../../../shared/data/traces')

/** A trace by name, or null when it is not there. Only traces of one writer can be read. */
export function readTrace(name: string): Trace | null {
  const file = join(FOLDER, `${name}.json.gz`)
  if (!existsSync(file)) return null
  const { txns, endContent } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
    txns: { patches: Patch[] }[]
    endContent: string
  }
  return { name, patches: txns.flatMap(({ patches }) => patches), end: endContent }
}

/** Typing that was made up: words, now and then somewhere else, one edit in eight takes back. */
export function madeUp(edits: number): Trace {
  let state = 7
  const chance = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 12) % below // the lower bits of such a generator repeat soon
  }
  const patches: Patch[] = []
  let text = ''
  let at = 0
  for (let i = 0; i < edits; i++) {
    if (chance(60) === 0) at = chance(text.length + 1)
    const patch: Patch =
      at > 0 && chance(8) === 0 ? [at - 1, 1, ''] : [at, 0, String.fromCharCode(chance(6) === 0 ? 32 : 97 + chance(26))]
    patches.push(patch)
    text = text.slice(0, patch[0]) + patch[2] + text.slice(patch[0] + patch[1])
    at = patch[0] + patch[2].length
  }
  return { name: 'made up', patches, end: text }
}
