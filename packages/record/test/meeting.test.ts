import { fromHex, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it } from 'vitest'
import { nonceCommitment } from '../src/joining.ts'
import { openMessage, sealMessage, secretsOf } from '../src/invite/message.ts'
import { openPage, sealPage } from '../src/invite/page.ts'
import { fromFragment, newLinkSecret, newPlaceAuthor, placeKeys, toFragment } from '../src/invite/place.ts'
import { capabilityKeys } from '../src/epoch.ts'
import { compareSafetyCode, safetyCode, safetyDigits } from '../src/safety.ts'
import { traceSecrets } from '../src/trace.ts'
import { openWayBack, sealWayBack } from '../src/way-back.ts'
import { Circle, Person } from './circle.ts'
import { ADMIT, codecs, payload } from './law.ts'

const hold = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('must be there')
  return value
}

/** The whole way in: page, link, yes, founding, admission, welcome, acceptance. `middle` spoils what goes between. */
async function meet(middle: { page?: (sealed: Bytes) => Bytes } = {}) {
  const [amal, bea] = [new Person('Amal'), new Person('Bea')]
  const secret = newLinkSecret(bea.random)
  const place = placeKeys(secret)
  const author = { ...newPlaceAuthor(bea.random), member: bea.member, device: bea.device, nonce: bea.nonce }
  const stored = (middle.page ?? ((same: Bytes) => same))(sealPage(place, author, utf8('My page'), bea.random))

  const link = placeKeys(must(fromFragment(toFragment(secret))))
  const page = must(openPage(link, stored))
  const circle = new Circle()
  await circle.found(amal)
  const admission = { place: link.id, commitment: toHex(page.nonceCommitment), keys: page.keys }
  const admit = await amal.sign(ADMIT, payload(codecs[ADMIT], admission))
  await circle.add(amal.seal(admit), amal.seal(await amal.rekey([admit])))
  const { epoch, capIndex, seq } = amal.folded.view()
  const secrets = amal.folded.secrets()
  const yes = await sealMessage(link, page.inbox, {
    type: 'yes',
    welcome: {
      circleId: circle.circleId,
      boxId: circle.boxId,
      relayUrl: 'https://relay.example',
      capIndex,
      epoch,
      secret: hold(secrets.get(epoch)),
      previousSecret: secrets.get(epoch - 1) ?? null,
      position: seq,
      identity: toHex(amal.member.identity.publicKey),
      nonce: amal.nonce,
    },
  })
  return { amal, bea, author, place, page, circle, yes }
}

describe('coming in, from the link to the first word', () => {
  it('[INV-1] [INV-4] [REK-9] [FLD-13] [SAF-1] the newcomer finds everything from one message, and both see one phrase', async () => {
    const { amal, bea, author, place, page, circle, yes } = await meet()
    const message = must(await openMessage(place, author, yes))
    if (message.type !== 'yes') throw new Error('must be a yes')
    const { welcome } = message
    expect(capabilityKeys(welcome.circleId, welcome.secret, welcome.capIndex).publicKey).toHaveLength(32)
    const secrets = await traceSecrets(circle.asRead(), secretsOf(welcome))
    bea.open(welcome.circleId, welcome.boxId, secrets)
    Object.assign(bea, { place: place.id })
    await bea.folded.push(circle.envelopes)
    circle.people.push(bea)
    expect(nonceCommitment(place.id, bea.nonce)).toEqual(page.nonceCommitment)
    await circle.add(bea.seal(await bea.accept()))
    await circle.add(bea.seal(await bea.note('Hello, Amal.')), amal.seal(await amal.note('Hello, Bea.')))
    expect(amal.folded.view().state.notes).toHaveLength(2)
    expect(amal.folded.digest()).toEqual(bea.folded.digest())

    const sides = Object.values(amal.folded.view().state.members)
    const person = hold(sides.find((side) => side.keys.member === welcome.identity)).keys
    const seen = { circleId: circle.circleId, place: place.id, personNonce: amal.nonce, practitionerNonce: bea.nonce }
    const atAmal = { ...seen, person, practitioner: page.keys }
    const atBea = { ...seen, person, practitioner: bea.keysFor(place.id), personNonce: welcome.nonce }
    expect(safetyDigits(atAmal)).toEqual(safetyDigits(atBea))
    expect(compareSafetyCode(atAmal, safetyCode(atBea)).ok).toBe(true)
  })

  it('[SAF-2] somebody who put their own page in place of hers is seen by the phrase', async () => {
    const eve = new Person('Eve')
    const { circle, page, amal, bea, place } = await meet({
      page: () => {
        const theirs = placeKeys(newLinkSecret(new Person('Bea').random))
        const author = { ...newPlaceAuthor(eve.random), member: eve.member, device: eve.device, nonce: eve.nonce }
        return sealPage(theirs, author, utf8('Her page, they say'), eve.random)
      },
    })
    const person = amal.keysFor(circle.boxId)
    const seen = { circleId: circle.circleId, place: place.id, person, personNonce: amal.nonce }
    const atAmal = { ...seen, practitioner: page.keys, practitionerNonce: eve.nonce }
    const atBea = { ...seen, practitioner: bea.keysFor(place.id), practitionerNonce: bea.nonce }
    expect(compareSafetyCode(atAmal, safetyCode(atBea))).toEqual({ ok: false, error: { type: 'Different' } })
  })

  it('[WAY-1] [REK-9] ADV-63 a way back of an old epoch opens the whole record and all that came after', async () => {
    const { amal, circle } = await meet()
    const { epoch, capIndex } = amal.folded.view()
    const secrets = amal.folded.secrets()
    const key = amal.random.bytes(32)
    const code = sealWayBack(
      key,
      amal.random.bytes(16),
      {
        identity: amal.member.identity.secretKey,
        recovery: amal.member.recovery.secretKey,
        owner: null,
        circleId: circle.circleId,
        boxId: circle.boxId,
        relayUrl: 'https://relay.example',
        capIndex,
        epoch,
        secret: hold(secrets.get(epoch)),
        previousSecret: secrets.get(epoch - 1) ?? null,
      },
      amal.random,
    )
    for (let i = 0; i < 2; i++) {
      const note = await amal.note(`${i}`)
      await circle.add(amal.seal(note), amal.seal(await amal.rekey([note])))
    }

    const back = must(openWayBack(key, code))
    const known = new Map([
      [back.epoch, back.secret],
      [back.epoch - 1, hold(back.previousSecret)],
    ])
    const found = new Person('a new phone')
    Object.assign(found, {
      member: { ...amal.member, recovery: { ...amal.member.recovery, secretKey: back.recovery } },
    })
    found.open(back.circleId, back.boxId, await traceSecrets(circle.asRead(), known))
    await found.folded.push(circle.envelopes)
    expect(found.folded.view()).toMatchObject({ epoch: epoch + 2, stopped: null })
    expect(found.folded.digest()).toEqual(amal.folded.digest())
    expect(fromHex(back.boxId)).toHaveLength(16)
  })
})
