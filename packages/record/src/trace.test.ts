import type { Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it } from 'vitest'
import { Circle, Person, together } from '../test/circle.ts'
import { sameDigest } from '../test/look.ts'
import type { SignedEntry } from './entry.ts'
import { sealEnvelope } from './envelope.ts'
import { epochCommitment, epochKeys } from './epoch.ts'
import type { Rekey } from './rekey.ts'
import { traceSecrets } from './trace.ts'

/** An envelope that says it is of an epoch, under a secret of one's own. */
const under = (circle: Circle, by: Person, epoch: number, secret: Bytes, entry: SignedEntry): Bytes =>
  must(sealEnvelope(epochKeys(circle.circleId, epoch, secret), entry.bytes, by.random))

describe('the way back through the epochs', () => {
  it('[REK-9] a newcomer with two secrets finds all the epochs before, and a wrong history is no way back', async () => {
    const { circle, amal, bea } = await together()
    for (let i = 0; i < 3; i++) await circle.add(bea.seal(await bea.note(`${i}`)), amal.seal(await amal.rekey()))
    const all = amal.folded.secrets()
    const known = new Map([3, 4].map((epoch) => [epoch, all.get(epoch) as Bytes]))
    const traced = await traceSecrets(circle.asRead(), known)
    expect(new Map([...traced].sort(([a], [b]) => a - b))).toEqual(new Map([...all].sort(([a], [b]) => a - b)))
    const newcomer = new Person('Bea')
    await newcomer.open(circle.circleId, circle.boxId, traced).push(circle.envelopes)
    sameDigest(newcomer, amal)
    const wrong = new Map([...known, [3, new Uint8Array(32)]])
    expect((await traceSecrets(circle.asRead(), wrong)).size).toBe(2)
  })

  it('[REK-9] cannot cut a newcomer, or somebody who comes back, off from what was before', async () => {
    const { circle, amal, bea } = await together()
    for (let i = 0; i < 2; i++) await circle.add(amal.seal(await amal.rekey()))
    const all = amal.folded.secrets()
    const secret = (epoch: number) => all.get(epoch) as Bytes
    const evil = bea.random.bytes(32)
    // false rekeys under each past epoch: with a history nobody had, a true one, and one that leads back to the truth
    const bent = (change: Partial<Rekey>) => bea.rekey([], (rekey) => ({ ...rekey, ...change }))
    const first = await bent({ fromEpoch: 1, toEpoch: 2, history: evil })
    const second = await bent({ fromEpoch: 2, toEpoch: 3, history: evil })
    const third = await bent({ fromEpoch: 1, toEpoch: 2, history: secret(0) })
    const fourth = await bent({ fromEpoch: 1, toEpoch: 2, commitment: epochCommitment(2, evil) })
    await circle.add(
      under(circle, bea, 0, evil, first),
      under(circle, bea, 1, secret(1), first),
      under(circle, bea, 1, evil, third),
      under(circle, bea, 2, secret(2), second),
      under(circle, bea, 1, secret(1), fourth),
    )
    const { epoch } = amal.folded.view()
    expect(epoch).toBe(3)
    const known = new Map([2, 3].map((epoch) => [epoch, secret(epoch)]))
    const traced = await traceSecrets(circle.asRead(), known)
    expect(new Map([...traced].sort(([a], [b]) => a - b))).toEqual(new Map([...all].sort(([a], [b]) => a - b)))
    const back = new Person('Amal')
    await back.open(circle.circleId, circle.boxId, traced).push(circle.envelopes)
    sameDigest(back, amal)
  })
})
