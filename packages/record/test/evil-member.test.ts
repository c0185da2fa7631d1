import { concat, toHex, u32, type Bytes } from '@alongside/base/bytes.ts'
import { encodeCbor, type Plain } from '@alongside/base/cbor.ts'
import { LABELS, T } from '@alongside/base/label.ts'
import { must } from '@alongside/base/result.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { openBox } from '../src/box.ts'
import { chainStart, envelopeHash } from '../src/chain.ts'
import { aeadOpen, hkdf, signSync } from '../src/crypto.ts'
import { idBytes, signEntry, ZERO_HASH } from '../src/entry.ts'
import { MAX_ENTRY_SIZE, openEnvelope, sealEnvelope } from '../src/envelope.ts'
import { epochCommitment, epochKeys } from '../src/epoch.ts'
import { circleIdOf, makeKeyPackage, type DeviceKeys, type MemberKeys } from '../src/keys.ts'
import { encodeRekey, makeRekey, type Rekey } from '../src/rekey.ts'
import { Circle, Person, together } from './circle.ts'
import { EvilMember } from './evil-member.ts'
import { LOW_ORDER_KEM, malleated, SIGNS_ANYTHING, SMALL_ORDER, torsioned } from './hostile-keys.ts'
import { ACCEPT, ADMIT, codecs, FOUND, NOTE, payload, REKEY, REMOVE, UPGRADE } from './law.ts'
import { only, sameDigest, there, words } from './look.ts'
import { opensUnderBoth } from './two-keys.ts'

const saysRekey = (rekey: Rekey) => {
  const { fromEpoch, toEpoch, commitment } = rekey
  const said = { fromEpoch, toEpoch, commitment: toHex(commitment), body: encodeRekey(rekey) }
  return { type: REKEY, payload: payload(codecs[REKEY], said) }
}
const note = (text: string) => ({ type: NOTE, payload: payload(codecs[NOTE], text) })

let circle: Circle
let amal: Person
let bea: Person
/** Bea's keys in the hands of somebody who means harm. */
let evil: EvilMember<unknown, unknown>

beforeEach(async () => {
  const met = await together()
  circle = met.circle
  amal = met.amal
  bea = met.bea
  evil = new EvilMember(bea, saysRekey)
})

/** Puts envelopes into the box; both replicas must give the same steps, which it gives back. */
async function said(...envelopes: Bytes[]): Promise<readonly string[]> {
  circle.envelopes.push(...envelopes)
  const at = await Promise.all([amal, bea].map((person) => only(person, ...envelopes)))
  expect(at[0]).toEqual(at[1])
  sameDigest(amal, bea)
  return there(at[0])
}

describe('entries that a member signs wrong', () => {
  it('[FLD-2] ADV-42 ADV-53 no signature for another purpose, and none that fits anything, makes an entry', async () => {
    const entry = await evil.sign(note('agreed'))
    for (const label of LABELS) {
      const signature = signSync(bea.device.signing.secretKey, T(label, entry.bodyBytes))
      if (label !== 'event')
        expect(await said(evil.seal(evil.withSignature(entry, signature)))).toEqual(['BadSignature'])
    }
    const bare = signSync(bea.device.signing.secretKey, entry.bodyBytes)
    const forged = [bare, SIGNS_ANYTHING, malleated(entry.signature), torsioned(4, entry.bodyBytes).signature]
    for (const signature of forged)
      expect(await said(evil.seal(evil.withSignature(entry, signature)))).toEqual(['BadSignature'])
    expect(await said(evil.seal(entry))).toEqual(['applied'])
  })

  it('[ENT-4] ADV-80 fields too many, too few, of another version or beyond their range make no entry', async () => {
    const { body } = await evil.sign(note('x'))
    const { rules, circleId, type, ctr, prev, seenSeq, seenHead, t } = body
    const fields: readonly Plain[] = [
      1,
      rules,
      circleId,
      type,
      idBytes(body.deviceId),
      ctr,
      prev,
      seenSeq,
      seenHead,
      t,
      body.payload,
    ]
    const wrong = [
      fields.with(0, 2),
      [...fields, 0],
      fields.slice(0, -1),
      fields.with(1, 2 ** 32),
      fields.with(3, -1),
      fields.with(5, '1'),
      fields.with(6, prev.subarray(1)),
      fields.with(9, 2 ** 32),
      fields.with(10, 'payload'),
      [],
    ]
    for (const one of wrong) expect(await said(evil.seal(evil.signFields(one)))).toEqual(['NotAnEntry'])
    expect(await said(evil.seal(evil.signFields(fields)))).toEqual(['applied'])
  })

  it('[FLD-2] ADV-54 what the same person signed in another circle has no effect here, nor the other way round', async () => {
    const other = new Circle('another box')
    const twin = new Person('Bea')
    await other.found(twin)
    const stray = await twin.note('said elsewhere')
    expect(await said(evil.seal(stray))).toEqual(['OtherCircle'])
    const claims = await evil.sign({ ...note('x'), circleId: other.circleId })
    expect(await said(evil.seal(claims))).toEqual(['OtherCircle'])
    const home = must(sealEnvelope(there(twin.folded.keys()), (await evil.sign(note('x'))).bytes, twin.random))
    expect(await only(twin, home)).toEqual(['OtherCircle'])
  })

  it('[FLD-3] ADV-55 an unsent entry that somebody else sends counts as its author’s, who sees that it went out', async () => {
    const unsent = await amal.note('I was not going to say this')
    expect(await said(evil.seal(unsent))).toEqual(['applied'])
    expect(words(bea)).toEqual(['I was not going to say this'])
    expect(amal.folded.view().state.notes[0]?.by).toBe(amal.memberId)
    expect(amal.folded.peek([unsent]).outcomes[0]?.verdict).toMatchObject({ reason: { type: 'AlreadySaid' } })
    // had the device signed another in its place, everybody is told that the device said two things
    const instead = await amal.note('Something else', { ctr: unsent.body.ctr, prev: unsent.body.prev })
    expect(await said(amal.seal(instead))).toEqual(['Cloned'])
    expect(bea.folded.view().alarms).toMatchObject([{ type: 'Cloned', device: amal.deviceId }])
  })

  it('[FLD-1] [ENT-5] ADV-35 back-dated by ten years, or to the end of time, the record is the same but for the time shown', async () => {
    const digests: string[] = []
    for (const t of [6_000_000, 0, 6_000_000 - 10 * 365 * 24 * 60, 0xffff_ffff]) {
      const met = await together()
      const one = await new EvilMember(met.bea, saysRekey).sign({ ...note('back then'), t })
      await met.circle.add(met.bea.seal(one), met.amal.seal(await met.amal.note('now')))
      expect(words(met.amal)).toEqual(['back then', 'now'])
      expect(met.amal.folded.view().alarms).toEqual([])
      const { state, seq, epoch } = met.amal.folded.view()
      digests.push(JSON.stringify([state, seq, epoch]))
    }
    expect(new Set(digests).size).toBe(1)
  })

  it('[FLD-8] ADV-37 rules that nobody adopted have no effect; adopted ones are read alike from the beginning', async () => {
    expect(await said(evil.seal(await evil.sign({ type: UPGRADE, payload: payload(codecs[UPGRADE], 2) })))).toEqual([
      'Refused',
    ])
    expect(await said(evil.seal(await evil.sign({ ...note('x'), rules: 2 })))).toEqual(['OtherRules'])
    await said(bea.seal(await bea.note('under the first')))
    await said(amal.seal(await amal.sign(UPGRADE, payload(codecs[UPGRADE], 2))))
    expect(await said(bea.seal(await bea.note('under the first again')))).toEqual(['OtherRules'])
    const newer = [new Person('Amal'), new Person('Bea')]
    for (const person of newer) {
      person.open(circle.circleId, circle.boxId, amal.folded.secrets(), { rules: 2 })
      await person.folded.push(circle.envelopes)
    }
    const second = there(newer[1])
    const late = second.seal(await second.note('under the second', { rules: 2 }))
    for (const person of newer) expect(await only(person, late)).toEqual(['applied'])
    expect(words(second)).toEqual(['under the first', 'under the second'])
    sameDigest(...newer)
  })
})

describe('an entry that somebody wants out of the record', () => {
  it('[CHN-1] [FLD-4] ADV-41 is missed by everybody who reads on, whatever stands in its place and whoever agreed', async () => {
    // Bea is removed and Cam let in; whoever has the relay would have a newcomer believe that it never was
    const cam = new Person('Cam')
    await circle.letIn(amal, cam)
    await circle.add(amal.seal(await amal.remove(bea.memberId)))
    const at = circle.envelopes.length - 1
    await circle.add(amal.seal(await amal.rekey()))
    await circle.add(amal.seal(await amal.note('without Bea')), cam.seal(await cam.note('I saw it')))
    const stub = encodeCbor([at + 1, amal.deviceId, 'erased', envelopeHash(there(circle.envelopes[at]))])
    const excuse = await new EvilMember(amal, saysRekey).sign(note('erase it'))
    const stands = [
      stub,
      new Uint8Array(590),
      amal.random.bytes(590),
      amal.seal(excuse),
      there(circle.envelopes[at - 1]),
    ]
    for (const inPlace of [...stands, null]) {
      const doctored = circle.envelopes.toSpliced(at, 1, ...(inPlace === null ? [] : [inPlace]))
      const reader = new Person('Cam')
      reader.open(circle.circleId, circle.boxId, amal.folded.secrets())
      const told = await only(reader, ...doctored)
      expect(told.slice(at + 1)).not.toContain('applied')
      expect(reader.folded.view().alarms).toContainEqual({
        type: 'Drop',
        device: amal.deviceId,
        seq: expect.any(Number),
      })
      expect(reader.folded.view().head).not.toEqual(amal.folded.view().head)
      expect(words(reader)).toEqual([])
    }
  })
})

describe('envelopes that a member seals wrong', () => {
  it('[ENV-5] ADV-51 a ciphertext that opens under two keys makes no envelope that does', async () => {
    const { epoch } = amal.folded.view()
    const right = evil.keysAs({})
    const rival = epochKeys(circle.circleId, epoch, bea.random.bytes(32))
    const salt = bea.random.bytes(24)
    const header = concat(Uint8Array.of(1, 1), u32(epoch))
    const info = T('env', circle.circleId, concat(header, salt))
    const [one, two] = [right, rival].map((keys) => hkdf(keys.envelope, info, 64, salt)) as [Bytes, Bytes]
    for (const commitment of [one.subarray(32), two.subarray(32), new Uint8Array(32)]) {
      const aad = T('aad', info, commitment)
      const [k1, k2] = [one.subarray(0, 32), two.subarray(0, 32)] as [Bytes, Bytes]
      const sealed = opensUnderBoth(k1, k2, salt, aad, 512, bea.random)
      for (const key of [k1, k2]) expect(aeadOpen(key, salt, aad, sealed)).toHaveLength(512)
      const envelope = concat(header, salt, commitment, sealed)
      expect(envelope).toHaveLength(590)
      const opening = [right, rival].map((keys) => openBox(keys.envelope, info, envelope.subarray(6)).ok)
      expect(opening.filter(Boolean).length).toBe(commitment.some((byte) => byte !== 0) ? 1 : 0)
      for (const keys of [right, rival]) expect(openEnvelope(keys, envelope).ok).toBe(false)
      expect(await said(envelope)).toEqual(['CannotOpen'])
    }
  })

  it('[ENV-1] [FLD-9] ADV-80 nothing larger than the largest size goes in, however it is sealed', async () => {
    expect(() => evil.seal(new Uint8Array(MAX_ENTRY_SIZE + 1))).toThrow()
    const large = await evil.sign(note('x'.repeat(50_000)))
    expect(await said(evil.seal(large))).toEqual(['applied'])
    const over = concat(evil.seal(large), new Uint8Array(1))
    const twice = concat(evil.seal(large), evil.seal(large))
    expect(await said(over, twice, new Uint8Array(0))).toEqual(['NotAnEnvelope', 'NotAnEnvelope', 'NotAnEnvelope'])
    const { rekey } = await evil.rightRekey()
    const wraps = Array.from({ length: 451 }, () => bea.random.bytes(96))
    expect(await said(amal.seal(await new EvilMember(amal, saysRekey).signRekey({ ...rekey, wraps })))).toEqual([
      'BadRekey',
    ])
  })

  it('[FLD-6] ADV-29 an epoch that is over, or one that never was, takes nothing in', async () => {
    const secret = evil.keysAs({}).secret
    await said(amal.seal(await amal.rekey()))
    const entry = await evil.sign(note('as if I knew nothing'))
    for (const epoch of [0, 1, 3, 0xffff_ffff])
      expect(await said(evil.seal(entry, { epoch, secret }))).toEqual(['WrongEpoch'])
    expect(await said(evil.seal(entry, { epoch: 2, secret }))).toEqual(['CannotOpen'])
    expect(await said(evil.seal(entry, { circleId: ZERO_HASH }))).toEqual(['CannotOpen'])
    expect(await said(evil.seal(entry))).toEqual(['applied'])
  })
})

describe('keys that would make a circle ambiguous or lock it', () => {
  /** Keys that somebody made up, proved as well as they can be; only the public halves are hostile. */
  const posing = (person: Person, keys: Partial<Record<'identity' | 'recovery' | 'signing' | 'kem', Bytes>>) => {
    const put = <K extends { readonly publicKey: Bytes }>(pair: K, publicKey: Bytes | undefined): K =>
      publicKey === undefined ? pair : { ...pair, publicKey }
    const member: MemberKeys = {
      identity: put(person.member.identity, keys.identity),
      recovery: put(person.member.recovery, keys.recovery),
    }
    const device: DeviceKeys = {
      signing: put(person.device.signing, keys.signing),
      kem: put(person.device.kem, keys.kem),
    }
    return { member, device }
  }

  it('[FLD-13] [PUB-2] ADV-44 ADV-45 no hostile key comes in by an admission, and the next new epoch is not harmed', async () => {
    const dan = new Person('Dan')
    const signing = [...SMALL_ORDER, torsioned(10).publicKey, torsioned(4).publicKey, new Uint8Array(32).fill(255)]
    const cases = [
      ...signing.flatMap((key) => [{ identity: key }, { signing: key }]),
      ...LOW_ORDER_KEM.flatMap((key) => [{ recovery: key }, { kem: key }]),
      { kem: dan.member.recovery.publicKey },
      { signing: dan.member.identity.publicKey },
      { signing: bea.device.signing.publicKey },
    ]
    const founder = new EvilMember(amal, saysRekey)
    for (const keys of cases) {
      const { member, device } = posing(dan, keys)
      const made = makeKeyPackage(idBytes(dan.place), member, device)
      // a proof of small order fits any message: what counts is that the key is not safe
      for (const pack of [made, { ...made, proof: toHex(SIGNS_ANYTHING) }]) {
        const admit = { place: dan.place, commitment: '0'.repeat(64), keys: pack }
        const entry = await founder.sign({ type: ADMIT, payload: payload(codecs[ADMIT], admit) })
        expect(await said(amal.seal(entry))).toEqual(['BadKeys'])
      }
    }
    await said(amal.seal(await amal.rekey()))
    expect(bea.folded.view()).toMatchObject({ epoch: 2, stopped: null })
  })

  it('[FLD-2] [FLD-13] ADV-34 a founding with a key twice, with a hostile key, with two founders or fifty-one founds nothing', async () => {
    const eve = new Person('Eve')
    const box = toHex(eve.random.bytes(16))
    const first = eve.random.bytes(32)
    const commitment = toHex(epochCommitment(0, first))
    /** What a replica makes of a founding with this payload in the circle that it names. */
    async function founding(content: Bytes): Promise<readonly string[]> {
      const entry = await signEntry(
        {
          rules: 1,
          circleId: ZERO_HASH,
          type: FOUND,
          deviceId: eve.deviceId,
          ctr: 1,
          prev: ZERO_HASH,
          seenSeq: 0,
          seenHead: chainStart(idBytes(box)),
          t: 0,
          payload: content,
        },
        eve.device.signing.secretKey,
      )
      const circleId = circleIdOf(entry.bytes)
      eve.open(circleId, box, new Map([[0, first]]))
      return only(eve, must(sealEnvelope(epochKeys(circleId, 0, first), entry.bytes, eve.random)))
    }
    const pack = (member: MemberKeys, device: DeviceKeys) => makeKeyPackage(idBytes(box), member, device)
    const found = (keys: ReturnType<typeof pack>, change: { box?: string; commitment?: string } = {}) =>
      payload(codecs[FOUND], { box, commitment, keys, ...change })
    const right = pack(eve.member, eve.device)

    const same = posing(eve, { kem: eve.member.recovery.publicKey })
    expect(await founding(found(pack(same.member, same.device)))).toEqual(['BadKeys'])
    for (const key of SMALL_ORDER) {
      const { member, device } = posing(eve, { identity: key })
      expect(await founding(found({ ...pack(member, device), proof: toHex(SIGNS_ANYTHING) }))).toEqual(['BadKeys'])
    }
    expect(await founding(found(right, { box: 'ab'.repeat(16) }))).toEqual(['BadKeys'])
    expect(await founding(found(right, { commitment: 'ab'.repeat(32) }))).toEqual(['BadKeys'])
    for (const count of [2, 51]) {
      const many = concat(...Array.from({ length: count }, () => found(right)))
      expect(await founding(many)).toEqual(['NotFounded'])
    }
    expect(eve.folded.view().founded).toBe(false)
    expect(await founding(found(right))).toEqual(['applied'])
  })

  it('[REK-5] ADV-22 ADV-24 ADV-31 a new epoch made for other members than there are at its place is wrong for all, the next is right', async () => {
    const [cam, dan] = [new Person('Cam'), new Person('Dan')]
    const founder = new EvilMember(amal, saysRekey)
    const early = (await founder.rightRekey()).rekey // knows of neither
    const later = async (person: Person) => {
      const admission = await amal.admit(person)
      const { view } = amal.folded.peek([admission])
      const previous = there(amal.folded.secrets().get(view.epoch - 1))
      return { admission, rekey: await makeRekey(view.epochNow(), amal.random.bytes(32), previous) }
    }
    const [forCam, forDan] = [await later(cam), await later(dan)]
    // a rekey for somebody whom nobody has let in
    expect(await said(amal.seal(await founder.signRekey(forCam.rekey)))).toEqual(['BadRekey'])
    // two admissions race: the first that lands makes whatever was made for the other stale, on every replica
    const admitted = await amal.admit(cam)
    expect(await said(amal.seal(admitted))).toEqual(['applied'])
    for (const stale of [early, forDan.rekey])
      expect(await said(amal.seal(await founder.signRekey(stale)))).toEqual(['BadRekey'])
    expect(await said(amal.seal(forDan.admission))).toEqual(['Cloned'])
    const both = await amal.admit(dan)
    expect(await said(amal.seal(both))).toEqual(['applied'])
    for (const stale of [forCam.rekey, forDan.rekey])
      expect(await said(amal.seal(await founder.signRekey(stale)))).toEqual(['BadRekey'])
    // nor does one by somebody who may make none, however right it is
    expect(await said(evil.seal(await evil.signRekey((await evil.rightRekey()).rekey)))).toEqual(['Refused'])
    expect(await said(amal.seal(await amal.rekey()))).toEqual(['applied'])
    expect(amal.folded.view()).toMatchObject({ epoch: 2, stopped: null })
  })

  it('[FLD-13] ADV-33 nobody accepts who was not let in, nor with another’s nonce, proof or place', async () => {
    const dan = new Person('Dan')
    dan.open(circle.circleId, circle.boxId, amal.folded.secrets())
    await dan.folded.push(circle.envelopes)
    expect(await said(bea.seal(await dan.accept()))).toEqual(['UnknownDevice'])
    // Bea is here already; her acceptance again, and Dan's from her device, say nothing
    expect(await said(evil.seal(await bea.accept()))).toEqual(['Refused'])
    const borrowed = await evil.sign({
      type: ACCEPT,
      payload: payload(codecs[ACCEPT], { nonce: toHex(dan.nonce), proof: '0'.repeat(128) }),
    })
    expect(await said(evil.seal(borrowed))).toEqual(['BadAcceptance'])
  })
})

describe('somebody who was removed', () => {
  it('[FLD-6] ADV-30 writes in the time between with the relay’s help, and none of it counts', async () => {
    const unsaid = await evil.sign(note('signed before I knew'))
    const removal = await amal.remove(bea.memberId)
    const box = [amal.seal(removal)]
    expect(await only(amal, ...box)).toEqual(['applied'])
    const { seq, head } = amal.folded.view()
    const knowing = await evil.sign({ ...note('I saw it'), seenSeq: seq, seenHead: head })
    const backdated = await evil.sign({
      ...note('as if I had not'),
      seenSeq: 0,
      seenHead: chainStart(idBytes(circle.boxId)),
      t: 0,
    })
    for (const entry of [unsaid, knowing, backdated])
      expect(await only(amal, evil.seal(entry))).toEqual(['InactiveDevice'])
    const undo = await evil.sign({ type: REMOVE, payload: payload(codecs[REMOVE], amal.memberId) })
    expect(await only(amal, evil.seal(undo))).toEqual(['InactiveDevice'])
    expect(await only(amal, amal.seal(await amal.rekey()))).toEqual(['applied'])
    for (const entry of [unsaid, knowing, backdated]) expect(await only(amal, evil.seal(entry))).toEqual(['WrongEpoch'])
    expect(words(amal)).toEqual([])
    expect(amal.folded.view()).toMatchObject({ epoch: 2, alarms: [] })
  })
})
