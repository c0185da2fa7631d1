import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeRekey, makeRekey, type Rekey } from '../src/rekey.ts'
import { traceSecrets } from '../src/trace.ts'
import { Circle, Person } from './circle.ts'
import { EvilMember } from './evil-member.ts'
import { codecs, payload, REKEY } from './law.ts'
import { only, sameDigest, there } from './look.ts'

const saysRekey = (rekey: Rekey) => {
  const { fromEpoch, toEpoch, commitment } = rekey
  const said = { fromEpoch, toEpoch, commitment: toHex(commitment), body: encodeRekey(rekey) }
  return { type: REKEY, payload: payload(codecs[REKEY], said) }
}

/** What each of the three made of one wrong rekey, and the epoch each was in afterwards. */
interface Told {
  readonly how: string
  readonly verdicts: readonly string[]
  readonly epochs: readonly number[]
}

const circle = new Circle()
const [amal, bea, cam] = [new Person('Amal'), new Person('Bea'), new Person('Cam')]
const all = [amal, bea, cam]
const told: Told[] = []
/** Where the record stood before anything wrong was said; somebody offline since then knows no more. */
let before: { readonly envelopes: readonly Bytes[]; readonly secrets: ReadonlyMap<number, Bytes> }

/** Amal, who alone may begin an epoch, holds every key that makes them a member, and makes everything wrong once. */
beforeAll(async () => {
  await circle.found(amal)
  await circle.letIn(amal, bea)
  await circle.letIn(amal, cam)
  before = { envelopes: [...circle.envelopes], secrets: bea.folded.secrets() }
  const evil = new EvilMember(amal, saysRekey)
  for (const { how, rekey } of await evil.wrongRekeys()) {
    const sealed = evil.seal(await evil.signRekey(rekey))
    circle.envelopes.push(sealed)
    const verdicts: string[] = []
    for (const person of all) verdicts.push(...(await only(person, sealed)))
    told.push({ how, verdicts, epochs: all.map((person) => person.folded.view().epoch) })
  }
})

/** Every wrong rekey whose name begins so was refused by all three alike, and moved nobody; there were so many. */
function refusedByAll(begins: string, count: number): void {
  const found = told.filter(({ how }) => how.startsWith(begins))
  expect(found).toHaveLength(count)
  for (const one of found)
    expect(one).toEqual({ how: one.how, verdicts: ['BadRekey', 'BadRekey', 'BadRekey'], epochs: [2, 2, 2] })
}

describe('a member who makes a new epoch wrong', () => {
  it('[REK-3] ADV-46 with garbage for one: no replica takes it', () => {
    refusedByAll('garbage for recipient', 6)
    refusedByAll('one bent bit for recipient', 6)
  })

  it('[REK-3] ADV-47 with another secret for one, in a wrap that opens: no replica takes it', () => {
    refusedByAll('another secret for recipient', 6)
    refusedByAll('the commitment to another secret', 1)
  })

  it('[REK-2] [REK-3] with the right secret in a wrap nobody could make again: no replica takes it', () => {
    refusedByAll('an own ephemeral key for recipient', 6)
  })

  it('[REK-4] ADV-48 with a history that is garbage or missing: no replica takes it', () => {
    refusedByAll('a history', 1)
    refusedByAll('the history', 1)
  })

  it('[REK-5] ADV-49 without one device or member, or with one too many, twice or out of order: no replica takes it', () => {
    refusedByAll('nothing for recipient', 6)
    for (const how of ['nothing for anybody', 'somebody whom nobody let in', 'recipients out', 'one recipient twice'])
      refusedByAll(how, 1)
  })

  it('[REK-6] [REK-7] ADV-50 with a capability key of nobody, or an index or epoch that is not next: no replica takes it', () => {
    for (const how of ['a capability key', 'a capability index', 'the last capability', 'another suite'])
      refusedByAll(how, 1)
    for (const how of ['from an epoch to come', 'over an epoch']) refusedByAll(how, 1)
  })

  it('nothing that the harness can make wrong was left out above', () => {
    expect(told).toHaveLength(6 * 5 + 13)
  })

  it('[REK-6] ADV-50 a right one at a higher index carries everybody on, whoever was offline throughout too', async () => {
    sameDigest(...all)
    const now = amal.folded.epochNow()
    const previous = there(amal.folded.secrets().get(now.epoch - 1))
    const repair = await makeRekey(now, amal.random.bytes(32), previous, now.capIndex + 2)
    await circle.add(amal.seal(await new EvilMember(amal, saysRekey).signRekey(repair)))
    await circle.add(bea.seal(await bea.note('still here')))
    for (const person of all) expect(person.folded.view()).toMatchObject({ epoch: 3, capIndex: now.capIndex + 2 })

    const offline = new Person('Bea')
    const fold = offline.open(circle.circleId, circle.boxId, before.secrets)
    await fold.push(before.envelopes)
    expect(fold.view().epoch).toBe(2)
    await fold.push(circle.envelopes.slice(before.envelopes.length))
    sameDigest(offline, ...all)
  })

  it('[REK-9] ADV-48 somebody who is let in afterwards finds the whole way back between all that was wrong', async () => {
    const secrets = new Map([2, 3].map((epoch) => [epoch, there(amal.folded.secrets().get(epoch))]))
    const traced = await traceSecrets(circle.asRead(), secrets)
    expect(new Set(traced.keys())).toEqual(new Set([0, 1, 2, 3]))
    const later = new Person('Cam')
    await later.open(circle.circleId, circle.boxId, traced).push(circle.envelopes)
    sameDigest(later, ...all)
  })
})
