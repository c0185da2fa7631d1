/** The proof a device keeps when its relay signed two stories. Source: protocol sections 2.6 and 2.17, and section 4, test 8. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import { systemRandom } from '@alongside/base/world.ts'
import { newSigningKeys, signSync } from '@alongside/record/crypto.ts'
import { receiptBytes } from '@alongside/wire/auth.ts'
import { chainNext, chainStart, type Head } from '@alongside/wire/chain.ts'
import { isEquivocation, type Equivocation } from '../src/sync/equivocation.ts'
import {
  alarmsOf,
  endCircle,
  evilCircle,
  headOf,
  inStep,
  isSent,
  lostBy,
  relock,
  say,
  type EvilCircle,
  type Person,
} from '../src/testing/evil-circle.ts'
import { faultyStore } from '../src/store/faults.ts'
import { reopen } from '../src/testing/pair.ts'
import { flipped } from '../src/testing/evil-relay-tricks.ts'
import { testWorld, until } from '../src/testing/world.ts'

let circle: EvilCircle

beforeEach(async () => {
  circle = await evilCircle()
}, 60_000)
afterEach(() => endCircle(circle))

const proofOf = async (person: Person) => must(await person.circle.equivocation())

type Signed = Equivocation['one']

/** The same proof with one thing changed, for each thing it says. */
function changes(proof: Equivocation): readonly Equivocation[] {
  const { one, other, hashes } = proof
  return [
    { ...proof, boxId: '0'.repeat(32) },
    { ...proof, relayPk: flipped(proof.relayPk, 3) },
    { ...proof, before: other.hash },
    { ...proof, before: flipped(proof.before, 0) },
    { ...proof, hashes: [...hashes, proof.before] },
    ...hashes.map((hash, i) => ({ ...proof, hashes: hashes.with(i, flipped(hash, 31)) })),
    { ...proof, one: { ...one, seq: one.seq + 1 } },
    { ...proof, one: { ...one, receipt: flipped(one.receipt, 40) } },
    { ...proof, other: { ...other, hash: flipped(other.hash, 9) } },
    { ...proof, other: { ...other, receipt: flipped(other.receipt, 40) } },
    { ...proof, other: one, one: other },
  ]
}

async function holds(proof: Equivocation | null): Promise<Equivocation> {
  if (proof === null) throw new Error('there is no proof')
  expect(await isEquivocation(proof)).toBe(true)
  for (const changed of changes(proof)) expect(await isEquivocation(changed)).toBe(false)
  return proof
}

describe('a relay that signed two stories', () => {
  it('ADV-8 two heads signed for one position are kept, also through a lock, as a proof that anybody can check', async () => {
    const { evil, box, bea } = circle
    expect(await proofOf(bea)).toBeNull()
    evil.misstateHead(['bea'], box, ({ seq }) => ({ seq, hash: new Uint8Array(32).fill(7) }))
    evil.hangUp(['bea'])
    await until(circle.time, 'noticed', () => alarmsOf(bea).includes('Fork'))
    const proof = await holds(await proofOf(bea))
    expect([proof.one.seq, proof.other.seq, proof.hashes.length]).toEqual([headOf(bea), headOf(bea), 0])
    await relock(circle, bea)
    expect(await proofOf(bea)).toEqual(proof)
  })

  it('ADV-8 a record forked between two people proves itself to whoever is shown the other branch after a lock', async () => {
    const { evil, box, amal, bea } = circle
    const before = headOf(bea)
    await evil.fork(box, ['bea'])
    for (let i = 1; i <= 4; i++) await say(bea, `Bea ${i}`)
    await say(amal, 'from Amal')
    await until(circle.time, 'sent', () => isSent(amal) && isSent(bea))
    expect([alarmsOf(bea), await proofOf(bea)]).toEqual([[], null])
    evil.repent()
    await relock(circle, bea)
    await until(circle.time, 'noticed', () => alarmsOf(bea).includes('Fork'))
    const proof = await holds(await proofOf(bea))
    expect([proof.other.seq, proof.one.seq]).toEqual([before + 1, before + 4])
    expect(proof.hashes.length).toBe(3)
    expect(lostBy(bea)).toEqual([])
  })

  it('ADV-8 the proof is kept when there is room again, if the disk was full as it was found', async () => {
    const { evil, box, bea, time } = circle
    await bea.device.lock()
    let isFull = false
    const world = testWorld(time, bea.world.disk, (store) => ({
      ...store,
      write: (batch) => (isFull ? faultyStore(store, 1, 'full').write(batch) : store.write(batch)),
    }))
    evil.know(bea.name, world.net)
    await reopen(bea, time, world)
    await inStep(circle)
    isFull = true
    evil.misstateHead(['bea'], box, ({ seq }) => ({ seq, hash: new Uint8Array(32).fill(7) }))
    evil.hangUp(['bea'])
    await until(time, 'noticed', () => alarmsOf(bea).includes('Fork'))
    const proof = await holds(await proofOf(bea))
    isFull = false
    await say(bea, 'something else')
    await relock(circle, bea)
    expect(await proofOf(bea)).toEqual(proof)
  })

  it('ADV-8 two heads of one record, signed by the relay, prove nothing against it', async () => {
    const relay = newSigningKeys(systemRandom)
    const boxId = '1'.repeat(32)
    const hashes = [1, 2, 3].map((n) => new Uint8Array(32).fill(n))
    const heads = hashes.reduce((all, hash) => [...all, chainNext(all.at(-1) as Head, hash)], [chainStart(boxId)])
    const signed = heads.map((head) => ({ ...head, receipt: signSync(relay.secretKey, receiptBytes(boxId, head)) }))
    const [start, first, , third] = signed as [Signed, Signed, Signed, Signed]
    const of = { boxId, relayPk: relay.publicKey }
    const honest = [
      { ...of, one: third, other: first, before: first.hash, hashes: hashes.slice(1) },
      { ...of, one: third, other: start, before: start.hash, hashes },
      { ...of, one: first, other: first, before: first.hash, hashes: [] },
    ]
    expect(await Promise.all(honest.map(isEquivocation))).toEqual([false, false, false])
    const head = { seq: 1, hash: new Uint8Array(32).fill(9) }
    const other = { ...head, receipt: signSync(relay.secretKey, receiptBytes(boxId, head)) }
    expect(await isEquivocation({ ...of, one: third, other, before: first.hash, hashes: hashes.slice(1) })).toBe(true)
  })

  it('an honest relay, also one that lost the end of the record, gives no proof against itself', async () => {
    const { evil, box, amal, bea } = circle
    for (let i = 1; i <= 6; i++) await say(i % 2 === 0 ? amal : bea, `item ${i}`)
    await inStep(circle)
    await evil.truncate(box, 3, ['amal', 'bea'])
    await until(circle.time, 'noticed', () => [...alarmsOf(amal), ...alarmsOf(bea)].includes('RolledBack'))
    await inStep(circle)
    expect([await proofOf(amal), await proofOf(bea)]).toEqual([null, null])
  })
})
