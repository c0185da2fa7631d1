import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { Person, together } from '../test/circle.ts'
import { only, sameDigest, words } from '../test/look.ts'
import { newKemKeys } from './crypto.ts'
import { epochCommitment } from './epoch.ts'
import { encodeRekey, makeRekey, type EpochNow } from './rekey.ts'
import { readRekey, takeRekey } from './take-rekey.ts'

describe('epochs', () => {
  it('[FLD-6] ADV-29 ADV-30 one who was removed reads nothing new, and nothing they write has effect', async () => {
    const { circle, amal, bea } = await together()
    const removal = await amal.remove(bea.memberId)
    const rekey = await amal.rekey([removal])
    const [sealedRemoval, sealedRekey] = [amal.seal(removal), amal.seal(rekey)]
    const late = bea.seal(await bea.note('I know nothing of it'))
    await only(amal, sealedRemoval)
    expect(await only(amal, late)).toEqual(['InactiveDevice'])
    expect(await only(amal, sealedRekey)).toEqual(['applied'])
    expect(await only(amal, bea.seal(await bea.note('under the old epoch')))).toEqual(['WrongEpoch'])
    await only(bea, sealedRemoval, late, sealedRekey)
    expect(bea.folded.view().stopped).toEqual({ type: 'Outside', seq: 7 })
    const after = amal.seal(await amal.note('alone'))
    expect(await only(bea, after)).toEqual(['held'])
    expect(bea.folded.secrets().has(2)).toBe(false)
    expect(circle.envelopes).toHaveLength(4)
  })

  it('[FLD-6] ADV-88 an entry of the epoch just ended is set aside, and the same entry sealed anew counts once', async () => {
    const { circle, amal, bea } = await together()
    const note = await bea.note('crossing')
    const old = bea.seal(note)
    await circle.add(amal.seal(await amal.rekey()))
    expect(await only(amal, old)).toEqual(['WrongEpoch'])
    await bea.folded.push([old])
    expect(bea.folded.view().epoch).toBe(2)
    const anew = bea.seal(note)
    for (const person of [amal, bea]) expect(await only(person, anew, anew)).toEqual(['applied', 'AlreadySaid'])
    sameDigest(amal, bea)
  })

  it('[FLD-6] ADV-86 of two rekeys from one epoch the first counts, and both people go on', async () => {
    const { circle, amal, bea } = await together()
    const one = await amal.rekey()
    const two = await amal.rekey([one])
    await circle.add(amal.seal(one), amal.seal(two))
    expect(amal.folded.view().epoch).toBe(2)
    await circle.add(bea.seal(await bea.note('still here')))
    expect(words(amal)).toEqual(['still here'])
    sameDigest(amal, bea)
  })

  it('[FLD-6] ADV-22 a rekey by somebody the rules do not let has no effect', async () => {
    const { circle, amal, bea } = await together()
    await circle.add(bea.seal(await bea.rekey()))
    for (const person of [amal, bea]) expect(person.folded.view().epoch).toBe(1)
    await circle.add(amal.seal(await amal.note('same epoch')))
    sameDigest(amal, bea)
  })
})

describe('a rekey that was meant to mislead', () => {
  it('[FLD-6] a wrong secret that was passed in does not make a member judge a rekey otherwise than the rest', async () => {
    const { circle, amal, bea } = await together()
    const misled = new Person('Bea')
    const given = new Map([...bea.folded.secrets(), [2, bea.random.bytes(32)]])
    await misled.open(circle.circleId, circle.boxId, given).push(circle.envelopes)
    const rekey = amal.seal(await amal.rekey())
    await circle.add(rekey)
    const after = [amal.seal(await amal.note('one')), amal.seal(await amal.note('two'))]
    await only(amal, after[0] as Bytes)
    await only(bea, after[0] as Bytes)
    // in one batch, so that the note was first tried with the wrong secret
    expect(await only(misled, rekey, after[0] as Bytes)).toEqual(['applied', 'applied'])
    sameDigest(misled, amal, bea)
  })

  it('[FLD-2] a rekey by somebody who may make none stops no replica, and no wrap of it is opened', async () => {
    const { circle, amal, bea } = await together()
    const outside = new Person('Cam')
    await outside.open(circle.circleId, circle.boxId, amal.folded.secrets()).push(circle.envelopes)
    const false_ = bea.seal(await bea.rekey())
    for (const person of [amal, bea, outside]) expect(await only(person, false_)).toEqual(['Refused'])
    expect(outside.folded.view().stopped).toBeNull()
    const spoilt = bea.seal(await bea.rekey([], (rekey) => ({ ...rekey, wraps: [] })))
    expect(await only(amal, spoilt)).toEqual(['Refused'])
  })

  it('[REK-10] ADV-46 somebody who was given another secret than the circle is told', async () => {
    const { circle, amal, bea } = await together()
    // Amal makes two right rekeys, and shows a newcomer the record as if the second had counted
    const [one, two] = [await amal.rekey(), await amal.rekey()]
    const newcomer = new Person('Cam')
    const other = amal.random.bytes(32)
    newcomer.open(circle.circleId, circle.boxId, new Map([...amal.folded.secrets(), [2, other]]))
    await circle.add(amal.seal(one))
    await newcomer.folded.push(circle.envelopes)
    expect(newcomer.folded.view().alarms).toEqual([{ type: 'Fork', device: amal.deviceId, seq: 5 }])
    expect(amal.folded.view().alarms).toEqual([])
    expect(two.body.ctr).toBe(one.body.ctr)
    sameDigest(amal, bea)
  })
})

describe('a rekey as it arrives', () => {
  it('[REK-7] is none, or not as the entry around it says, or right, and then gives its secret', async () => {
    const random = chance('take rekey')
    const keys = newKemKeys(random)
    const id = toHex(random.bytes(16))
    const [before, secret] = [random.bytes(32), random.bytes(32)]
    const now: EpochNow = {
      circleId: random.bytes(32),
      epoch: 1,
      capIndex: 0,
      previousCommitment: epochCommitment(0, before),
      recipients: [{ id, kemPublicKey: keys.publicKey }],
    }
    const rekey = await makeRekey(now, secret, before)
    const commitment = toHex(rekey.commitment)
    const part = { type: 'rekey', body: encodeRekey(rekey), fromEpoch: 1, toEpoch: 2, commitment } as const
    expect(must(readRekey(part, now))).toEqual(rekey)
    const notARekey = { ok: false, error: { type: 'NotARekey' } }
    expect(readRekey({ ...part, body: random.bytes(40) }, now)).toEqual(notARekey)
    for (const other of [{ fromEpoch: 0 }, { toEpoch: 3 }, { commitment: '0'.repeat(64) }])
      expect(readRekey({ ...part, ...other }, now)).toEqual({ ok: false, error: { type: 'NotAsSaid' } })
    const [own, stranger] = [[{ id, secretKey: keys.secretKey }], [{ id: toHex(random.bytes(16)), secretKey: secret }]]
    expect(await takeRekey(rekey, now, own, null)).toEqual({ ok: true, value: secret })
    expect(await takeRekey(rekey, now, stranger, null)).toEqual({ ok: false, error: { type: 'NoWrapForMe' } })
    expect(await takeRekey(rekey, now, stranger, secret)).toEqual({ ok: true, value: secret })
    const wrong = await takeRekey(rekey, now, own, before)
    expect(wrong).toEqual({ ok: false, error: { type: 'WrongCommitment' } })
  })
})
