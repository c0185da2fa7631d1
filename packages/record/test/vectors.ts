/**
 * Golden vectors (SPEC VEC-1): fixed inputs through the real code, as plain JSON with bytes in hexadecimal. A change of format shows as
 * a changed file. Written by `node packages/record/test/write-vectors.ts`, compared by `vectors.test.ts`.
 */
import { fromHex, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { chainNext, chainStart, envelopeHash } from '../src/chain.ts'
import { newKemKeys, newSigningKeys, sha256 } from '../src/crypto.ts'
import { draftId } from '../src/draft.ts'
import { signEntry } from '../src/entry.ts'
import { sealEnvelope } from '../src/envelope.ts'
import { capabilityKeys, epochCommitment, epochKeys } from '../src/epoch.ts'
import { placeKeys, newPlaceAuthor, toFragment } from '../src/invite/place.ts'
import { openPage, sealPage } from '../src/invite/page.ts'
import { nonceCommitment } from '../src/joining.ts'
import { circleIdOf, deviceId, memberId } from '../src/keys.ts'
import { encodeRekey, makeRekey } from '../src/rekey.ts'
import { safetyCode, safetyDigits } from '../src/safety.ts'
import { newPassphraseSalt, sealWayBack, wayBackToText } from '../src/way-back.ts'
import { chance } from './chance.ts'
import { together } from './circle.ts'

export type Json = string | number | null | readonly Json[] | { readonly [name: string]: Json }

const random = (name: string) => chance(`vector ${name}`)

function envelopeVector(): Json {
  const from = random('envelope')
  const keys = epochKeys(from.bytes(32), 7, from.bytes(32))
  const cases = [0, 1, 300, 508, 509, 3_000].map((size) => {
    const entry = from.bytes(size)
    const salt = from.bytes(24)
    const envelope = must(sealEnvelope(keys, entry, { bytes: () => salt }))
    const whole = envelope.length <= 1_200 ? { envelope: toHex(envelope) } : {}
    return {
      entry: toHex(entry),
      salt: toHex(salt),
      size: envelope.length,
      hash: toHex(envelopeHash(envelope)),
      ...whole,
    }
  })
  return {
    circleId: toHex(keys.circleId),
    epoch: keys.epoch,
    secret: toHex(keys.secret),
    envelopeKey: toHex(keys.envelope),
    liveKey: toHex(keys.live),
    draftKey: toHex(keys.draft),
    draftId: draftId(keys, toHex(sha256(utf8('note')).subarray(0, 16))),
    commitment: toHex(epochCommitment(7, keys.secret)),
    capability: toHex(capabilityKeys(keys.circleId, keys.secret, 9).publicKey),
    cases,
  }
}

async function entryVector(): Promise<Json> {
  const from = random('entry')
  const device = newSigningKeys(from)
  const body = {
    rules: 1,
    circleId: from.bytes(32),
    type: 40,
    deviceId: deviceId(device.publicKey),
    ctr: 3,
    prev: from.bytes(32),
    seenSeq: 17,
    seenHead: from.bytes(32),
    t: 3_600_000,
    payload: from.bytes(20),
  }
  const entry = await signEntry(body, device.secretKey)
  const { circleId, prev, seenHead, payload, ...plain } = body
  return {
    secretKey: toHex(device.secretKey),
    publicKey: toHex(device.publicKey),
    body: {
      ...plain,
      circleId: toHex(circleId),
      prev: toHex(prev),
      seenHead: toHex(seenHead),
      payload: toHex(payload),
    },
    entry: toHex(entry.bytes),
    hash: toHex(entry.hash),
    id: entry.id,
    circleIdIfFounding: toHex(circleIdOf(entry.bytes)),
    memberIdOfKey: memberId(circleId, device.publicKey),
  }
}

function chainVector(): Json {
  const from = random('chain')
  const boxId = from.bytes(16)
  const heads = [chainStart(boxId)]
  const envelopes = [1, 2, 3].map(() => from.bytes(590))
  for (const [i, envelope] of envelopes.entries())
    heads.push(chainNext(heads[i] as Bytes, i + 1, envelopeHash(envelope)))
  return { boxId: toHex(boxId), envelopes: envelopes.map(toHex), heads: heads.map(toHex) }
}

async function rekeyVector(): Promise<Json> {
  const from = random('rekey')
  const people = [1, 2, 3].map(() => ({ id: toHex(from.bytes(16)), keys: newKemKeys(from) }))
  const before = from.bytes(32)
  const secret = from.bytes(32)
  const circleId = from.bytes(32)
  const now = {
    circleId,
    epoch: 4,
    capIndex: 6,
    previousCommitment: epochCommitment(3, before),
    recipients: people.map(({ id, keys }) => ({ id, kemPublicKey: keys.publicKey })),
  }
  return {
    circleId: toHex(circleId),
    epoch: 4,
    capIndex: 6,
    previousSecret: toHex(before),
    secret: toHex(secret),
    recipients: people.map(({ id, keys }) => ({
      id,
      secretKey: toHex(keys.secretKey),
      publicKey: toHex(keys.publicKey),
    })),
    rekey: toHex(encodeRekey(await makeRekey(now, secret, before))),
  }
}

function placeVector(): Json {
  const from = random('place')
  const secret = from.bytes(32)
  const keys = placeKeys(secret)
  const author = newPlaceAuthor(from)
  const sealed = sealPage(keys, author, utf8('A page.'), from)
  const page = must(openPage(keys, sealed))
  return {
    secret: toHex(secret),
    fragment: toFragment(secret),
    id: keys.id,
    pageKey: toHex(keys.page),
    mailbox: toHex(keys.mailbox.publicKey),
    psk: toHex(keys.psk),
    ticket: toHex(keys.ticket),
    nonce: toHex(author.nonce),
    nonceCommitment: toHex(nonceCommitment(keys.id, author.nonce)),
    page: {
      text: 'A page.',
      signed: toHex(page.signed),
      signature: toHex(page.signature),
      sealedHash: toHex(sha256(sealed)),
    },
  }
}

function safetyVector(): Json {
  const from = random('safety')
  const hex = (size: number) => toHex(from.bytes(size))
  const input = {
    circleId: hex(32),
    place: hex(16),
    person: { member: hex(32), device: hex(32) },
    personNonce: hex(32),
    practitioner: { member: hex(32), device: hex(32) },
    practitionerNonce: hex(32),
  }
  const unhex = (value: string) => fromHex(value) as Bytes
  const parsed = {
    ...input,
    circleId: unhex(input.circleId),
    personNonce: unhex(input.personNonce),
    practitionerNonce: unhex(input.practitionerNonce),
  }
  return { ...input, digits: safetyDigits(parsed).join(' '), code: toHex(safetyCode(parsed)) }
}

function wayBackVector(): Json {
  const from = random('way back')
  const key = from.bytes(32)
  const salt = newPassphraseSalt(from)
  const contents = {
    identity: from.bytes(32),
    recovery: from.bytes(32),
    owner: from.bytes(32),
    circleId: from.bytes(32),
    boxId: toHex(from.bytes(16)),
    relayUrl: 'https://relay.example',
    capIndex: 2,
    epoch: 1,
    secret: from.bytes(32),
    previousSecret: from.bytes(32),
  }
  const sealed = sealWayBack(key, salt, contents, from)
  return { key: toHex(key), wayBack: toHex(sealed), text: wayBackToText(sealed) }
}

/** A whole small circle: founded, somebody let in, two notes. */
async function circleVector(): Promise<Json> {
  const { circle, amal, bea } = await together()
  await circle.add(amal.seal(await amal.note('one')))
  await circle.add(bea.seal(await bea.note('two')))
  const { seq, head, epoch } = amal.folded.view()
  return {
    circleId: toHex(circle.circleId),
    boxId: circle.boxId,
    secrets: [...amal.folded.secrets()].map(([number, secret]) => ({ epoch: number, secret: toHex(secret) })),
    envelopes: circle.envelopes.map(toHex),
    seq,
    epoch,
    head: toHex(head),
    digest: toHex(amal.folded.digest()),
  }
}

/** Every vector file by its name, as text. */
export async function vectorFiles(): Promise<ReadonlyMap<string, string>> {
  const vectors: Record<string, Json> = {
    envelope: envelopeVector(),
    entry: await entryVector(),
    chain: chainVector(),
    rekey: await rekeyVector(),
    place: placeVector(),
    safety: safetyVector(),
    'way-back': wayBackVector(),
    circle: await circleVector(),
  }
  return new Map(Object.entries(vectors).map(([name, json]) => [`${name}.json`, `${JSON.stringify(json, null, 2)}\n`]))
}
