import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Person, together } from '../test/circle.ts'
import { codecs, NOTE, payload, UPGRADE } from '../test/law.ts'
import { reasons, sameDigest, words } from '../test/look.ts'
import { verifySync } from './crypto.ts'

describe('two people and one box', () => {
  it('[FLD-1] [FLD-10] hold the same state and the same head, whoever wrote what', async () => {
    const { circle, amal, bea } = await together()
    await circle.add(amal.seal(await amal.note('one')))
    await circle.add(bea.seal(await bea.note('two')))
    expect(words(amal)).toEqual(['one', 'two'])
    sameDigest(amal, bea)
    expect(amal.folded.view().head).toEqual(bea.folded.view().head)
    expect(amal.folded.view().epoch).toBe(1)
    expect(amal.folded.view().alarms).toEqual([])
  })

  it('[FLD-1] it makes no difference how the box is cut into pushes', async () => {
    const { circle, amal, bea } = await together()
    for (let i = 0; i < 70; i++) await circle.add(amal.seal(await amal.note(`note ${i}`)))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }), async (cuts) => {
        const again = new Person('Bea')
        const fold = again.open(circle.circleId, circle.boxId, bea.folded.secrets())
        let at = 0
        for (const cut of cuts) {
          await fold.push(circle.envelopes.slice(at, at + cut))
          at += cut
        }
        await fold.push(circle.envelopes.slice(at))
        sameDigest(again, amal)
      }),
      { numRuns: 5 },
    )
  })

  it('[FLD-1] ADV-43 the digest is the same with the platform and with the reference rule alone', async () => {
    const { circle, amal, bea } = await together()
    await circle.add(bea.seal(await bea.note('x')))
    const slow = new Person('Bea')
    slow.open(circle.circleId, circle.boxId, bea.folded.secrets(), {
      verify: async (key, message, signature) => verifySync(key, message, signature),
    })
    await slow.folded.push(circle.envelopes)
    sameDigest(slow, amal)
  })

  it('[FLD-1] what is told of entries that wait is the same, however the box is cut', async () => {
    const { circle, amal, bea } = await together()
    const upgrade = await amal.sign(UPGRADE, payload(codecs[UPGRADE], 2))
    const critical = await amal.sign(8, payload(codecs[NOTE], 'x'), { rules: 2 }, [upgrade])
    const after = [upgrade, critical, await bea.note('after')].map((entry) => amal.seal(entry))
    const told = async (cut: number) => {
      const again = new Person('Bea')
      const fold = again.open(circle.circleId, circle.boxId, bea.folded.secrets())
      await fold.push(circle.envelopes)
      const outcomes = [...(await fold.push(after.slice(0, cut))), ...(await fold.push(after.slice(cut)))]
      return outcomes.map(({ entry, verdict }) => [entry?.id ?? null, verdict.type])
    }
    expect(await told(3)).toEqual(await told(2))
    expect(await told(3)).toEqual(await told(1))
  })
})

describe('own words not yet confirmed', () => {
  it('[FLD-12] show at once, and leave what is confirmed untouched', async () => {
    const { circle, amal, bea } = await together()
    const one = await amal.note('one')
    const two = await amal.note('two', {}, [one])
    const digest = amal.folded.digest()
    const { view, outcomes } = amal.folded.peek([one, two])
    expect(reasons(outcomes)).toEqual(['applied', 'applied'])
    expect(view.state.notes.map((note) => note.words)).toEqual(['one', 'two'])
    expect(view.author(amal.deviceId).ctr).toBe(two.body.ctr)
    expect(view.seq).toBe(4)
    expect(words(amal)).toEqual([])
    expect(amal.folded.digest()).toEqual(digest)
    await circle.add(bea.seal(await bea.note('between')), amal.seal(one), amal.seal(two))
    expect(words(bea)).toEqual(['between', 'one', 'two'])
    sameDigest(amal, bea)
    expect(reasons(amal.folded.peek([one]).outcomes)).toEqual(['AlreadySaid'])
  })

  it('[FLD-12] a removal and its rekey can be peeked at before the relay has them', async () => {
    const { amal, bea } = await together()
    const removal = await amal.remove(bea.memberId)
    const rekey = await amal.rekey([removal])
    const { view, outcomes } = amal.folded.peek([removal, rekey])
    expect(reasons(outcomes)).toEqual(['applied', 'applied'])
    expect(view.epoch).toBe(2)
    expect(view.epochNow()).toMatchObject({ epoch: 2, capIndex: 2 })
    expect(view.epochNow().recipients).toHaveLength(2)
    expect(amal.folded.view().epochNow().recipients).toHaveLength(4)
    expect(amal.folded.view().epoch).toBe(1)
    expect(amal.folded.keys()?.epoch).toBe(1)
  })
})
