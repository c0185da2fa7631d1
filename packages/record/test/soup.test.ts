import { concat, toHex, u32, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SignedEntry } from '../src/entry.ts'
import { sealEnvelope } from '../src/envelope.ts'
import { openFold, type Outcome } from '../src/fold.ts'
import { Person, together } from './circle.ts'
import { law } from './law.ts'

const ACTS = [
  'note',
  'note by the other',
  'again',
  'sealed anew',
  'out of turn',
  'fork',
  'rekey',
  'spoilt rekey',
  'rekey by the other',
  'other epoch',
  'junk',
  'withheld',
] as const
const act = fc.record({ what: fc.constantFrom(...ACTS), n: fc.nat(1_000_000) })

const steps = (outcomes: readonly Outcome<unknown>[]) =>
  outcomes.map(({ verdict }) => (verdict.type === 'setAside' ? verdict.reason.type : verdict.type))

describe('whatever a member and a relay put into a box', () => {
  it('[FLD-1] [FLD-2] [FLD-9] ADV-83 ADV-100 every replica sets the same aside at the same step, and ends in the same state', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 24 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
        async (acts, cuts) => {
          const { circle, amal, bea } = await together()
          const said: SignedEntry[] = []
          const told: Record<string, string[]> = { amal: [], bea: [] }
          async function put(envelope: Bytes): Promise<void> {
            circle.envelopes.push(envelope)
            told.amal?.push(...steps(await amal.folded.push([envelope])))
            told.bea?.push(...steps(await bea.folded.push([envelope])))
          }
          async function say(by: Person, entry: SignedEntry): Promise<void> {
            said.push(entry)
            await put(by.seal(entry))
          }
          const bend = (n: number) => (bytes: Bytes) => bytes.with(n % bytes.length, 1 + (n % 250))
          for (const { what, n } of acts) {
            const known = circle.envelopes[n % circle.envelopes.length] as Bytes
            const spoken = said[n % Math.max(1, said.length)]
            if (what === 'note') await say(amal, await amal.note(`${n}`))
            if (what === 'note by the other') await say(bea, await bea.note(`${n}`))
            if (what === 'again') await put(known)
            if (what === 'sealed anew' && spoken !== undefined) await put(bea.seal(spoken))
            if (what === 'out of turn') await say(bea, await bea.note('x', { ctr: 1 + (n % 9) }))
            if (what === 'fork') await say(bea, await bea.note('x', { seenSeq: n % 20 }))
            if (what === 'rekey') await say(amal, await amal.rekey())
            if (what === 'spoilt rekey') {
              const at = n % 4
              const spoil = bend(n)
              await say(
                amal,
                await amal.rekey([], (rekey) => ({
                  ...rekey,
                  wraps: rekey.wraps.with(at, spoil(rekey.wraps[at] as Bytes)),
                })),
              )
            }
            if (what === 'rekey by the other') await say(bea, await bea.rekey())
            if (what === 'other epoch') await put(concat(known.subarray(0, 2), u32(n % 4), known.subarray(6)))
            if (what === 'junk') {
              const keys = bea.folded.keys()
              if (keys !== null) await put(must(sealEnvelope(keys, bea.random.bytes(n % 400), bea.random)))
            }
            if (what === 'withheld') said.push(await bea.note('withheld'))
          }
          expect(told.bea).toEqual(told.amal)

          // the same box for somebody who reads it at one go later, in other pieces, put down and taken up between
          const late = new Person('Bea')
          const options = { law: law(), circleId: circle.circleId, boxId: circle.boxId }
          let fold = late.open(circle.circleId, circle.boxId, amal.folded.secrets())
          const heard: string[] = []
          for (let at = 0, i = 0; at < circle.envelopes.length; i++) {
            const cut = cuts[i % cuts.length] as number
            heard.push(...steps(await fold.push(circle.envelopes.slice(at, at + cut))))
            const saved = structuredClone(fold.save())
            fold = openFold({ ...options, own: late.own, secrets: new Map<number, Bytes>(), saved })
            at += cut
          }
          expect(heard.slice(4)).toEqual(told.amal)
          expect(new Set([amal.folded, bea.folded, fold].map((one) => toHex(one.digest()))).size).toBe(1)
          expect(fold.view().head).toEqual(amal.folded.view().head)
        },
      ),
      { numRuns: 15 },
    )
  })
})
