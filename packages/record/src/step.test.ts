import { equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it } from 'vitest'
import { Circle, Person, together } from '../test/circle.ts'
import { codecs, NOTE, payload, UPGRADE } from '../test/law.ts'
import { only, sameDigest, there, words } from '../test/look.ts'
import { decodeEntry } from './entry.ts'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import { epochKeys } from './epoch.ts'

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
