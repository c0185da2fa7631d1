import { equalBytes, fromHex, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it } from 'vitest'
import { chance } from '../../test/chance.ts'
import { kemKeys } from '../crypto.ts'
import { nonceCommitment } from '../joining.ts'
import { checkKeyPackage } from '../keys.ts'
import { newShortCode, readShortCode } from '../text-code.ts'
import { openMessage, sealMessage, secretsOf, type MailboxMessage, type Welcome } from './message.ts'
import { MAX_PAGE_SIZE, openPage, readPage, SEALED_PAGE_SIZE, sealPage } from './page.ts'
import { fromFragment, newLinkSecret, newPlaceAuthor, placeKeys, toFragment } from './place.ts'
import { newReplyKeys, openReply, replyKeysFromCode, sealReply } from './reply.ts'

const random = chance('invite')
const secret = newLinkSecret(random)
const place = placeKeys(secret)
const other = placeKeys(newLinkSecret(random))
const bea = newPlaceAuthor(random)
const text = utf8('How we work together')
const sealed = sealPage(place, bea, text, random)

describe('a link', () => {
  it('[INV-1] carries its secret and a check, and says whether it was cut short or mistyped', () => {
    const fragment = toFragment(secret)
    expect(fragment).toHaveLength(46)
    expect(must(fromFragment(`#${fragment}`))).toEqual(secret)
    expect(fromFragment(fragment.slice(0, 30))).toEqual({ ok: false, error: { type: 'WrongLength', length: 30 } })
    const wrong = `${fragment[0] === 'A' ? 'B' : 'A'}${fragment.slice(1)}`
    expect(fromFragment(wrong)).toEqual({ ok: false, error: { type: 'Mistyped' } })
    expect(fromFragment('<script>')).toEqual({ ok: false, error: { type: 'NotACode' } })
    expect(fromFragment('')).toEqual({ ok: false, error: { type: 'WrongLength', length: 0 } })
  })

  it('[INV-1] gives the same keys each time, and nothing in common with another link', () => {
    const flat = (keys: typeof place) => [keys.id, keys.page, keys.psk, keys.ticket, keys.mailbox.publicKey].map(String)
    expect(flat(placeKeys(secret))).toEqual(flat(place))
    expect(new Set([...flat(place), ...flat(other)]).size).toBe(10)
  })
})

describe('a practice page', () => {
  it('[INV-2] has one size, and opens with the link to what the practitioner wrote and the keys they bring', () => {
    expect(sealed.length).toBe(SEALED_PAGE_SIZE)
    const longest = sealPage(place, bea, random.bytes(MAX_PAGE_SIZE), random)
    expect(longest.length).toBe(SEALED_PAGE_SIZE)
    expect(must(openPage(place, longest)).signed.length).toBeLessThanOrEqual(56_000)
    const page = must(openPage(place, sealed))
    expect(equalBytes(page.page, text)).toBe(true)
    expect(page.inbox).toEqual(bea.inbox.publicKey)
    expect(page.nonceCommitment).toEqual(nonceCommitment(place.id, bea.nonce))
    expect(checkKeyPackage(fromHex(place.id) as Bytes, page.keys).ok).toBe(true)
    expect(must(readPage(place.id, page.signed, page.signature))).toEqual(page)
  })

  it('[INV-2] opens with no other link, and not when a byte changed', () => {
    expect(openPage(other, sealed)).toEqual({ ok: false, error: { type: 'WrongLink' } })
    for (const at of [0, 30, 60, 40_000, SEALED_PAGE_SIZE - 1]) {
      const bent = Uint8Array.from(sealed)
      bent[at] = (bent[at] as number) ^ 1
      expect(openPage(place, bent).ok).toBe(false)
    }
    expect(openPage(place, sealed.subarray(0, 50))).toEqual({ ok: false, error: { type: 'NotAPage' } })
  })

  it('[INV-3] ADV-44 is refused when its keys are another’s, not safe, or not signed for this place', () => {
    const eve = newPlaceAuthor(random)
    const page = must(openPage(place, sealed))
    expect(readPage(other.id, page.signed, page.signature)).toMatchObject({ error: { type: 'BadSignature' } })
    expect(readPage(place.id, page.signed, new Uint8Array(64))).toMatchObject({ error: { type: 'BadSignature' } })
    const low = { ...eve, inbox: { ...eve.inbox, publicKey: new Uint8Array(32) } }
    const made = openPage(place, sealPage(place, low, text, random))
    expect(made).toEqual({ ok: false, error: { type: 'BadKeys', why: { type: 'UnsafeInbox' } } })
    const mixed = {
      ...eve,
      member: { ...eve.member, identity: { ...eve.member.identity, publicKey: bea.member.identity.publicKey } },
    }
    expect(openPage(place, sealPage(place, mixed, text, random))).toEqual({
      ok: false,
      error: { type: 'BadKeys', why: { type: 'BadProof' } },
    })
  })
})

const welcome: Welcome = {
  circleId: random.bytes(32),
  boxId: toHex(random.bytes(16)),
  relayUrl: 'https://relay.example',
  capIndex: 1,
  epoch: 1,
  secret: random.bytes(32),
  previousSecret: random.bytes(32),
  position: 4,
  identity: toHex(random.bytes(32)),
  nonce: random.bytes(32),
}
const replyTo = newReplyKeys(random)
const all: MailboxMessage[] = [
  { type: 'yes', welcome },
  { type: 'ask', ask: { question: 'What must you report?', replyTo: replyTo.publicKey } },
  { type: 'decline' },
]

describe('messages to the practitioner', () => {
  it('[INV-4] each opens to what was said, and all have one size', async () => {
    for (const message of all) {
      const bytes = await sealMessage(place, bea.inbox.publicKey, message)
      expect(bytes.length).toBe(8_192)
      expect(must(await openMessage(place, bea, bytes))).toEqual(message)
    }
    expect(secretsOf(welcome)).toEqual(
      new Map([
        [1, welcome.secret],
        [0, welcome.previousSecret],
      ]),
    )
    expect(secretsOf({ ...welcome, epoch: 0, previousSecret: null }).size).toBe(1)
  })

  it('[INV-5] the link alone reads none of them, and without the link none can be written', async () => {
    const bytes = await sealMessage(place, bea.inbox.publicKey, { type: 'decline' })
    const nosy = { ...bea, inbox: kemKeys(random.bytes(32)) }
    expect(await openMessage(place, nosy, bytes)).toEqual({ ok: false, error: { type: 'CannotOpen' } })
    const noLink = { ...place, psk: random.bytes(32) }
    const forged = await sealMessage(noLink, bea.inbox.publicKey, { type: 'yes', welcome })
    expect(await openMessage(place, bea, forged)).toEqual({ ok: false, error: { type: 'CannotOpen' } })
    expect(await openMessage(other, bea, bytes)).toEqual({ ok: false, error: { type: 'CannotOpen' } })
    expect(await openMessage(place, bea, bytes.subarray(1))).toEqual({ ok: false, error: { type: 'NotAMessage' } })
  })
})

describe('an answer to a question without details', () => {
  it('[INV-6] opens for who asked, in this tab or by the code written down, and for nobody else', async () => {
    const code = newShortCode(random)
    expect(code).toMatch(/^\w{4} \w{4} \w{4}$/)
    const typed = must(readShortCode(code.toLowerCase().replace(/0/g, 'o').replace(/1/g, 'l')))
    const written = replyKeysFromCode(place, typed)
    for (const keys of [replyTo, written]) {
      const bytes = must(await sealReply(place, bea, keys.publicKey, 'Only harm to a child.'))
      expect(bytes.length).toBe(8_192)
      expect(must(await openReply(place, bea.author.publicKey, keys, bytes))).toBe('Only harm to a child.')
      const stranger = await openReply(place, bea.author.publicKey, newReplyKeys(random), bytes)
      expect(stranger).toEqual({ ok: false, error: { type: 'NotForMe' } })
    }
    expect(replyKeysFromCode(other, typed).publicKey).not.toEqual(written.publicKey)
    expect(readShortCode('ABC')).toEqual({ ok: false, error: { type: 'WrongLength', length: 3 } })
  })

  it('[INV-6] ADV-45 comes from the page’s author or counts for nothing, and goes to no unsafe key', async () => {
    const eve = newPlaceAuthor(random)
    const bytes = must(await sealReply(place, eve, replyTo.publicKey, 'Trust me.'))
    expect(await openReply(place, bea.author.publicKey, replyTo, bytes)).toEqual({
      ok: false,
      error: { type: 'BadReply' },
    })
    expect(await sealReply(place, bea, new Uint8Array(32), 'x')).toEqual({ ok: false, error: { type: 'UnsafeKey' } })
  })
})
