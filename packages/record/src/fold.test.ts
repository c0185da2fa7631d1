import { concat, equalBytes, toHex, u32, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { Circle, Person, together } from '../test/circle.ts'
import { codecs, law, NOTE, payload, UPGRADE } from '../test/law.ts'
import { verifySync } from './crypto.ts'
import { decodeEntry, type SignedEntry } from './entry.ts'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import { epochCommitment, epochKeys } from './epoch.ts'
import { openFold, type Outcome } from './fold.ts'
import type { Rekey } from './rekey.ts'
import { traceSecrets } from './trace.ts'

const words = (person: Person) => person.folded.view().state.notes.map((note) => note.words)
const reasons = (outcomes: readonly Outcome<unknown>[]) =>
  outcomes.map(({ verdict }) => (verdict.type === 'setAside' ? verdict.reason.type : verdict.type))
const sameDigest = (...people: Person[]) =>
  expect(new Set(people.map((person) => toHex(person.folded.digest()))).size).toBe(1)

/** Pushes to one person only, as a relay might. */
const only = async (person: Person, ...envelopes: Bytes[]) => reasons(await person.folded.push(envelopes))

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

  it('[FLD-11] a fold put down and taken up again goes on as if nothing had been', async () => {
    const { circle, amal, bea } = await together()
    const saved = structuredClone(amal.folded.save())
    const options = { law: law(), circleId: circle.circleId, boxId: circle.boxId, own: amal.own }
    const again = openFold({ ...options, secrets: new Map<number, Bytes>(), saved })
    const note = bea.seal(await bea.note('after'))
    await circle.add(note)
    expect(reasons(await again.push([note]))).toEqual(['applied'])
    expect(again.digest()).toEqual(amal.folded.digest())
    expect(reasons(await again.push([circle.envelopes[0] as Bytes]))).toEqual(['WrongEpoch'])
  })
})

describe('what the author signs', () => {
  it('[FLD-3] ADV-3 the same envelope twice counts once, and nobody is called a copy', async () => {
    const { circle, amal, bea } = await together()
    const note = bea.seal(await bea.note('once'))
    await circle.add(note)
    expect(await only(amal, note)).toEqual(['AlreadySaid'])
    expect(words(amal)).toEqual(['once'])
    expect(amal.folded.view().alarms).toEqual([])
  })

  it('[FLD-4] ADV-1 a missing entry is reported at the next, which has no effect until it is said in turn', async () => {
    const { amal, bea } = await together()
    const first = await bea.note('first')
    const second = await bea.note('second', {}, [first])
    expect(await only(amal, bea.seal(second))).toEqual(['Gap'])
    expect(words(amal)).toEqual([])
    expect(amal.folded.view().alarms).toEqual([{ type: 'Drop', device: bea.deviceId, seq: 5 }])
    expect(await only(amal, bea.seal(first), bea.seal(second))).toEqual(['applied', 'applied'])
    expect(words(amal)).toEqual(['first', 'second'])
  })

  it('[FLD-3] a device that says two things in one place: the first counts, the second is a copy', async () => {
    const { amal, bea } = await together()
    const [one, two] = [await bea.note('one'), await bea.note('two')]
    expect(await only(amal, bea.seal(one), bea.seal(two))).toEqual(['applied', 'Cloned'])
    expect(amal.folded.view().alarms.map((alarm) => alarm.type)).toEqual(['Cloned'])
    const broken = await bea.note('three', { ctr: one.body.ctr + 1, prev: two.hash })
    expect(await only(amal, bea.seal(broken))).toEqual(['BrokenChain'])
  })

  it('[FLD-5] ADV-2 when the relay shows two orders, both sides see the fork at the first word across', async () => {
    const { amal, bea } = await together()
    const [a, b] = [amal.seal(await amal.note('a')), bea.seal(await bea.note('b'))]
    await only(amal, a, b)
    await only(bea, b, a)
    expect(await only(bea, amal.seal(await amal.note('from Amal')))).toEqual(['Fork'])
    expect(await only(amal, bea.seal(await bea.note('from Bea')))).toEqual(['Fork'])
    for (const person of [amal, bea]) expect(person.folded.view().alarms.map(({ type }) => type)).toEqual(['Fork'])
  })

  it('[FLD-5] somebody who says to have seen what is not there yet has another record', async () => {
    const { amal, bea } = await together()
    expect(await only(amal, bea.seal(await bea.note('x', { seenSeq: 99 })))).toEqual(['Fork'])
    expect(await only(amal, bea.seal(await bea.note('x', { seenSeq: Number.MAX_SAFE_INTEGER })))).toEqual(['Fork'])
  })

  it('[FLD-14] one device that raises alarm after alarm hides nobody else’s', async () => {
    const { amal, bea } = await together()
    for (let i = 0; i < 130; i++) await only(amal, bea.seal(await bea.note('x', { ctr: 50 + i })))
    const alarms = () => amal.folded.view().alarms
    expect(alarms().filter(({ type }) => type === 'Drop').length).toBeLessThan(20)
    expect(await only(amal, bea.seal(await bea.note('x', { seenSeq: 9_999 })))).toEqual(['Fork'])
    expect(await only(amal, amal.seal(await amal.note('y', { seenSeq: 9_999 })))).toEqual(['Fork'])
    expect(
      alarms()
        .filter(({ type }) => type === 'Fork')
        .map(({ device }) => device),
    ).toEqual([bea.deviceId, amal.deviceId])
  })

  it('[FLD-2] ADV-54 an entry of another circle, sealed anew here, has no effect', async () => {
    const { amal, bea } = await together()
    const other = new Circle('another box')
    await other.found(new Person('Cam'))
    const founder = other.people[0] as Person
    const stray = await founder.note('stray')
    const founding = must(decodeEntry(must(openEnvelope(there(founder.folded.keys()), other.envelopes[0] as Bytes))))
    expect(await only(amal, bea.seal(stray), bea.seal(founding))).toEqual(['OtherCircle', 'OtherCircle'])
  })

  it('[FLD-2] a stranger, a forged signature and a device that speaks as another have no effect', async () => {
    const { circle, amal, bea } = await together()
    const cam = new Person('Cam')
    cam.open(circle.circleId, circle.boxId, amal.folded.secrets())
    await cam.folded.push(circle.envelopes)
    const asBea = await cam.note('as Bea', { deviceId: bea.deviceId, ctr: 2, prev: (await bea.note('x')).body.prev })
    expect(await only(amal, bea.seal(await cam.note('hello')), bea.seal(asBea))).toEqual([
      'UnknownDevice',
      'BadSignature',
    ])
    expect(amal.folded.view().alarms).toEqual([])
  })

  it('[FLD-1] ADV-35 a claimed time of any kind changes nothing', async () => {
    const { amal, bea } = await together()
    const old = await bea.note('old', { t: 0 })
    expect(await only(amal, bea.seal(old), bea.seal(await bea.note('late', { t: 0xffff_ffff }, [old])))).toEqual([
      'applied',
      'applied',
    ])
  })
})

describe('envelopes that are not right', () => {
  it('[FLD-2] [FLD-9] ADV-4 ADV-9 ADV-10 are set aside, and the chain goes on', async () => {
    const { circle, amal, bea } = await together()
    const good = bea.seal(await bea.note('good'))
    const bent = Uint8Array.from(good)
    bent[100] = (bent[100] as number) ^ 1
    const moved = concat(good.subarray(0, 2), u32(0), good.subarray(6))
    const foreign = new Circle('another box')
    await foreign.found(new Person('Cam'))
    const notAnEntry = must(sealEnvelope(there(bea.folded.keys()), chance('junk').bytes(60), bea.random))
    await circle.add(bent, moved, foreign.envelopes[0] as Bytes, notAnEntry, new Uint8Array(3), good)
    const fresh = new Person('Amal')
    const outcomes = await fresh.open(circle.circleId, circle.boxId, bea.folded.secrets()).push(circle.envelopes)
    expect(reasons(outcomes).slice(4)).toEqual([
      'CannotOpen',
      'WrongEpoch',
      'WrongEpoch',
      'NotAnEntry',
      'NotAnEnvelope',
      'applied',
    ])
    sameDigest(fresh, amal, bea)
  })

  it('[FLD-9] ADV-78 random bytes as what was sealed never throw and change nothing', async () => {
    const { amal, bea } = await together()
    const before = amal.folded.digest()
    const keys = there(bea.folded.keys())
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const verdicts = await only(amal, must(sealEnvelope(keys, bytes, bea.random)))
        expect(verdicts).toEqual(['NotAnEntry'])
      }),
      { numRuns: 300 },
    )
    expect(amal.folded.digest()).toEqual(before)
  })

  it('[FLD-9] random payloads of every known type never throw', async () => {
    const { amal } = await together()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 9 }), fc.uint8Array({ maxLength: 200 }), async (type, bytes) => {
        await only(amal, amal.seal(await amal.sign(type, Uint8Array.from(bytes))))
      }),
      { numRuns: 150 },
    )
    expect(Object.keys(amal.folded.view().state.members)).toHaveLength(2)
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

  it('[FLD-6] ADV-46 ADV-47 ADV-48 ADV-49 ADV-50 a spoilt rekey leaves every replica in its epoch', async () => {
    const { circle, amal, bea } = await together()
    const spoil = [
      (wrap: Bytes) => wrap.with(70, (wrap[70] as number) ^ 1),
      (wrap: Bytes) => wrap.with(0, (wrap[0] as number) ^ 1),
    ]
    const entries: SignedEntry[] = []
    for (let i = 0; i < 4; i++)
      for (const change of spoil)
        entries.push(
          await amal.rekey(entries, (rekey) => ({
            ...rekey,
            wraps: rekey.wraps.with(i, Uint8Array.from(change(rekey.wraps[i] as Bytes))),
          })),
        )
    entries.push(await amal.rekey(entries, (rekey) => ({ ...rekey, history: null })))
    entries.push(await amal.rekey(entries, (rekey) => ({ ...rekey, capPublicKey: new Uint8Array(32) })))
    entries.push(await amal.rekey(entries, (rekey) => ({ ...rekey, wraps: rekey.wraps.slice(1) })))
    await circle.add(...entries.map((entry) => amal.seal(entry)))
    for (const person of [amal, bea]) expect(person.folded.view()).toMatchObject({ epoch: 1, stopped: null })
    await circle.add(amal.seal(await amal.rekey()))
    for (const person of [amal, bea]) expect(person.folded.view().epoch).toBe(2)
    sameDigest(amal, bea)
  })

  it('[FLD-6] ADV-22 a rekey by somebody the rules do not let has no effect', async () => {
    const { circle, amal, bea } = await together()
    await circle.add(bea.seal(await bea.rekey()))
    for (const person of [amal, bea]) expect(person.folded.view().epoch).toBe(1)
    await circle.add(amal.seal(await amal.note('same epoch')))
    sameDigest(amal, bea)
  })

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
})

describe('somebody with the keys who means harm', () => {
  /** An envelope that says it is of an epoch, under a secret of one's own. */
  const under = (circle: Circle, by: Person, epoch: number, secret: Bytes, entry: SignedEntry): Bytes =>
    must(sealEnvelope(epochKeys(circle.circleId, epoch, secret), entry.bytes, by.random))

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

describe('rules this replica has or has not', () => {
  it('[FLD-7] ADV-36 freezes at the first critical entry of newer adopted rules; one that has them goes on', async () => {
    const { circle, amal, bea } = await together()
    const newer = new Person('Bea')
    await newer.open(circle.circleId, circle.boxId, bea.folded.secrets(), { rules: 2 }).push(circle.envelopes)
    const upgrade = amal.seal(await amal.sign(UPGRADE, payload(codecs[UPGRADE], 2)))
    await circle.add(upgrade)
    await newer.folded.push([upgrade])
    sameDigest(amal, bea, newer)
    const optional = await amal.sign(300, payload(codecs[NOTE], 'x'), { rules: 2 })
    const critical = await amal.sign(8, payload(codecs[NOTE], 'x'), { rules: 2 }, [optional])
    const more = [amal.seal(optional), amal.seal(critical), amal.seal(critical)]
    expect(await only(amal, ...more)).toEqual(['UnknownType', 'held', 'held'])
    expect(await only(bea, ...more)).toEqual(['UnknownType', 'held', 'held'])
    expect(await only(newer, ...more)).toEqual(['UnknownType', 'applied', 'AlreadySaid'])
    for (const person of [amal, bea])
      expect(person.folded.view().stopped).toEqual({ type: 'Frozen', seq: 7, rules: 2, entryType: 8 })
    expect(amal.folded.view().head).toEqual(newer.folded.view().head)
  })

  it('[FLD-8] an unknown type under rules it has, or rules nobody adopted, freezes nobody', async () => {
    const { amal, bea } = await together()
    const unknown = await bea.sign(200, payload(codecs[NOTE], 'x'))
    const future = await bea.sign(200, payload(codecs[NOTE], 'x'), { rules: 9 }, [unknown])
    expect(await only(amal, bea.seal(unknown), bea.seal(future))).toEqual(['UnknownType', 'OtherRules'])
    expect(amal.folded.view().stopped).toBeNull()
    expect(await only(amal, bea.seal(await bea.note('on', {}, [unknown, future])))).toEqual(['applied'])
  })
})

describe('coming in', () => {
  it('[FLD-13] an admission with keys that are not safe, or proved for another place, has no effect', async () => {
    const circle = new Circle()
    const [amal, bea] = [new Person('Amal'), new Person('Bea')]
    await circle.found(amal)
    const cam = new Person('Cam')
    const lowOrder = { ...cam.device, kem: { ...cam.device.kem, publicKey: new Uint8Array(32) } }
    const unsafe = await amal.admit(Object.assign(cam, { device: lowOrder }))
    expect(await only(amal, amal.seal(unsafe))).toEqual(['BadKeys'])
    const elsewhere = bea.keysFor('00'.repeat(16))
    const moved = await amal.admit(bea, { keys: elsewhere })
    expect(await only(amal, amal.seal(moved))).toEqual(['BadKeys'])
    expect(Object.keys(amal.folded.view().state.members)).toHaveLength(1)
  })

  it('[FLD-13] nobody comes in with a device’s key that is in the circle already', async () => {
    const { amal, bea } = await together()
    const cam = new Person('Cam')
    const signing = { ...cam.device.signing, publicKey: bea.device.signing.publicKey }
    const posing = await amal.admit(Object.assign(cam, { device: { ...cam.device, signing } }))
    const before = amal.folded.epochNow().recipients
    expect(await only(amal, amal.seal(posing))).toEqual(['BadKeys'])
    expect(amal.folded.epochNow().recipients).toEqual(before)
    expect(await only(amal, bea.seal(await bea.note('still me')))).toEqual(['applied'])
  })

  it('[FLD-13] ADV-33 an acceptance opens the commitment made before, with the identity let in', async () => {
    const circle = new Circle()
    const [amal, bea] = [new Person('Amal'), new Person('Bea')]
    await circle.found(amal)
    const admission = await amal.admit(bea)
    await circle.add(amal.seal(admission), amal.seal(await amal.rekey([admission])))
    bea.open(circle.circleId, circle.boxId, amal.folded.secrets())
    circle.people.push(bea)
    await circle.spread()
    const early = await bea.note('before saying yes')
    const sealed = bea.seal(early)
    for (const person of [amal, bea]) expect(await only(person, sealed)).toEqual(['Refused'])
    expect(await only(amal, bea.seal(await bea.accept(bea.random.bytes(32))))).toEqual(['BadAcceptance'])
  })

  it('[FLD-2] nothing counts before the founding, and only the founding whose hash is the circle counts', async () => {
    const { circle, amal } = await together()
    const fresh = new Person('Amal')
    fresh.open(circle.circleId, circle.boxId, amal.folded.secrets())
    const rival = new Circle()
    await rival.found(new Person('Rival'))
    const rivalFounder = rival.people[0] as Person
    const founding = must(
      decodeEntry(must(openEnvelope(there(rivalFounder.folded.keys()), rival.envelopes[0] as Bytes))),
    )
    const keys = epochKeys(circle.circleId, 0, amal.folded.secrets().get(0) as Bytes)
    const early = must(sealEnvelope(keys, (await amal.note('early')).bytes, amal.random))
    const sealed = must(sealEnvelope(keys, founding.bytes, amal.random))
    expect(await only(fresh, early, sealed)).toEqual(['NotFounded', 'OtherCircle'])
    expect(equalBytes(fresh.folded.digest(), amal.folded.digest())).toBe(false)
  })
})

function there<T>(value: T | null): T {
  if (value === null) throw new Error('must be there')
  return value
}
