/**
 * The registry of labels against the sources: which module uses which, and that no two purposes share one (protocol section 2.2).
 * A new use of a label fails here until it stands in the table with a reason.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { equalBytes, utf8 } from '@alongside/base/bytes.ts'
import { LABELS, T, type Label } from '@alongside/base/label.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signSync, signingKeys, verifySync } from '../src/crypto.ts'

const packages = join(import.meta.dirname, '../..')
const sources = readdirSync(packages, { recursive: true, encoding: 'utf8' })
  .filter((path) => /^[a-z]+\/src\/.*\.ts$/.test(path) && !/\.test\.ts$|\/testing\/|node_modules/.test(path))
  .map((path) => ({ path, text: readFileSync(join(packages, path), 'utf8') }))

/** Labels that more than one module uses, and why that is one purpose, or cannot be taken for another. */
const SHARED: Readonly<Partial<Record<Label, string>>> = {
  aad: 'associated data, whose key is already bound to its purpose',
  chain0: 'the same chain, which the relay and the devices each work out',
  chain: 'the same chain',
  'env-hash': 'the same chain',
  local: 'never leaves the device; each use names its own in the first part, or is under a key of its own',
}

/** Kept so that nobody uses them for something else: in the protocol, and not in use yet. */
const RESERVED: readonly Label[] = [
  'dev-revoke',
  'hist',
  'k/blob',
  'k/hist',
  'k/snap',
  'place/mbox',
  'roster',
  'rules',
  'welcome',
]

describe('labels', () => {
  it('ADV-53 each has one module that uses it, but for those written down, and none is forgotten', () => {
    expect(sources.length).toBeGreaterThan(150)
    for (const label of LABELS) {
      const users = sources.filter(({ text }) => new RegExp(`\\bT\\(\\s*'${label}'`).test(text)).map(({ path }) => path)
      const wanted = RESERVED.includes(label) ? 0 : SHARED[label] === undefined ? 1 : 2
      expect(Math.min(users.length, 2), `${label}: ${users.join(', ')}`).toBe(wanted)
    }
  })

  it('ADV-53 what two labels and any parts begin with is never the same bytes', () => {
    const part = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.string({ maxLength: 20 }))
    const call = fc.record({ label: fc.constantFrom(...LABELS), parts: fc.array(part, { maxLength: 4 }) })
    fc.assert(
      fc.property(call, call, (a, b) => {
        const [one, two] = [T(a.label, ...a.parts), T(b.label, ...b.parts)]
        const same =
          a.label === b.label &&
          a.parts.length === b.parts.length &&
          a.parts.every((bytes, i) => equalBytes(asBytes(bytes), asBytes(b.parts[i] ?? '')))
        expect(equalBytes(one, two)).toBe(same)
      }),
      { numRuns: 2_000, seed: 53 },
    )
  })

  it('ADV-53 a signature for each label verifies under no other', () => {
    const keys = signingKeys(utf8('a seed of exactly thirty-two byt'))
    const some = LABELS.filter((_, i) => i % 8 === 0)
    for (const label of some) {
      const signature = signSync(keys.secretKey, T(label, utf8('body')))
      for (const other of some)
        expect(verifySync(keys.publicKey, T(other, utf8('body')), signature), `${label}, ${other}`).toBe(
          other === label,
        )
    }
  })
})

const asBytes = (part: Uint8Array | string): Uint8Array => (typeof part === 'string' ? utf8(part) : part)
