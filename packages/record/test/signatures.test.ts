/**
 * The accelerator against the reference rule, and the reference rule against a second one (SPEC CRY-2, CRY-3). The same cases run
 * in Chromium in `e2e/signatures.spec.ts`.
 */
import { fromHex, type Bytes } from '@alongside/base/bytes.ts'
import { T } from '@alongside/base/label.ts'
import { encodeCbor } from '@alongside/base/cbor.ts'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it, vi } from 'vitest'
import { platformVerify, verify, verifySync, type Verify } from '../src/crypto.ts'
import { decodeEntry, type SignedEntry } from '../src/entry.ts'
import { Person, together } from './circle.ts'
import { secondVerdict } from './second-zip215.ts'
import { signatureCases, torsionInR } from './signature-cases.ts'
import { wycheproof } from './third-party.ts'

// many cases: longer than usual where a machine is busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const h = (text: string): Bytes => fromHex(text) as Bytes
const cases = signatureCases()
const tally = (verdicts: ReadonlyMap<string, boolean[]>) =>
  Object.fromEntries([...verdicts].map(([kind, all]) => [kind, `${all.filter(Boolean).length} of ${all.length}`]))

describe('signatures on which libraries part ways', () => {
  it('[CRY-2] [CRY-3] ADV-42 ADV-43 have one verdict, and the platform’s yes is never alone', async () => {
    const [rule, platform] = [new Map<string, boolean[]>(), new Map<string, boolean[]>()]
    for (const [i, { kind, publicKey, message, signature }] of cases.entries()) {
      const byRule = verifySync(publicKey, message, signature)
      const byPlatform = await platformVerify(publicKey, message, signature)
      if (byPlatform) expect(byRule, `case ${i}, ${kind}`).toBe(true)
      expect(await verify(publicKey, message, signature), `case ${i}, ${kind}`).toBe(byRule)
      rule.set(kind, [...(rule.get(kind) ?? []), byRule])
      platform.set(kind, [...(platform.get(kind) ?? []), byPlatform])
    }
    expect(tally(rule)).toMatchObject({
      'small order': `196 of ${14 * 14 + 14 * 2}`, // with S = 0: every pair
      honest: '24 of 24',
      torsion: '80 of 80',
      'S raised': `0 of ${rule.get('S raised')?.length}`,
      changed: `0 of ${rule.get('changed')?.length}`,
    })
    expect(rule.get('S raised')?.length).toBeGreaterThan(300)
    // the cases bite: the platform says no to many that the rule accepts
    expect(platform.get('honest')).toEqual(rule.get('honest'))
    expect(platform.get('torsion')?.filter(Boolean).length).toBeLessThan(40)
  })

  it('[CRY-2] ADV-42 have the same verdict in a second implementation of ZIP-215, in plain numbers', () => {
    const asked = cases.filter((_, i) => i % 12 === 0 || cases[i]?.kind === 'spelling' || cases[i]?.kind === 'torsion')
    for (const [i, { kind, publicKey, message, signature }] of asked.entries())
      expect(secondVerdict(publicKey, message, signature), `${i}, ${kind}`).toBe(
        verifySync(publicKey, message, signature),
      )
    for (const { tcId, msg, sig, group } of wycheproof('ed25519').filter(
      ({ flags }) => !flags.includes('TinkOverflow'),
    ))
      expect(secondVerdict(h(group.publicKey.pk), h(msg), h(sig)), `test ${tcId}`).toBe(
        verifySync(h(group.publicKey.pk), h(msg), h(sig)),
      )
  })
})

describe('a record with such signatures in it', () => {
  /** The entry, signed once more by its own device so that only verifiers with the cofactor accept it. */
  const resigned = (entry: SignedEntry, by: Person, i: number): SignedEntry => {
    const signature = torsionInR(by.device.signing.secretKey, T('event', entry.bodyBytes), i)
    return must(decodeEntry(encodeCbor([entry.bodyBytes, signature])))
  }

  it('[FLD-1] [CRY-3] ADV-42 ADV-43 gives the same state with the accelerator on and off, and another if the platform were believed alone', async () => {
    const { circle, amal, bea } = await together()
    for (let i = 0; i < 4; i++) {
      await circle.add(bea.seal(resigned(await bea.note(`bent ${i}`), bea, i)))
      await circle.add(amal.seal(await amal.note(`straight ${i}`)))
    }
    const read = async (how: Verify) => {
      const again = new Person('Bea')
      await again.open(circle.circleId, circle.boxId, bea.folded.secrets(), { verify: how }).push(circle.envelopes)
      return again.folded
    }
    const on = await read(verify)
    const off = await read(async (...all) => verifySync(...all))
    const alone = await read(platformVerify)
    expect(on.view().state.notes).toHaveLength(8)
    expect(off.digest()).toEqual(on.digest())
    expect(amal.folded.digest()).toEqual(on.digest())
    expect(alone.digest()).not.toEqual(on.digest())
  })
})
