/**
 * The golden vectors once more, by the second implementation alone: every input is drawn again, every layout written out from
 * `SPEC.md`. If a byte of a file in `vectors/` changes, or the code and its description part ways, the two no longer agree.
 */
import { big, cbor, hkdf, join, labelled, receiver, sha, signed, signer, words, type Raw } from './second-crypto.ts'
import { circleFile } from './second-circle.ts'
import {
  box,
  capability,
  circleOf,
  committed,
  draws,
  entryOf,
  enveloped,
  hashed,
  keysFrom,
  named,
  next,
  packed,
  padded,
  rekeyed,
  start,
  text,
  type Draw,
  type Json,
} from './second-record.ts'

const vector = (name: string): Draw => draws(`vector ${name}`)

function envelopeFile(): Json {
  const draw = vector('envelope')
  const [circle, secret] = [draw(32), draw(32)]
  const epoch = big(7, 4)
  const draft = hkdf(secret, labelled('k/draft', circle, epoch))
  const cases = [0, 1, 300, 508, 509, 3_000].map((size) => {
    const [entry, salt] = [draw(size), draw(24)]
    const envelope = enveloped(circle, 7, secret, salt, entry)
    const whole = envelope.length <= 1_200 ? { envelope: text(envelope) } : {}
    return { entry: text(entry), salt: text(salt), size: envelope.length, hash: text(hashed(envelope)), ...whole }
  })
  return {
    circleId: text(circle),
    epoch: 7,
    secret: text(secret),
    envelopeKey: text(hkdf(secret, labelled('k/env', circle, epoch))),
    liveKey: text(hkdf(secret, labelled('k/live', circle, epoch))),
    draftKey: text(draft),
    draftId: text(hkdf(draft, labelled('draft-id', sha(words('note')).subarray(0, 16)), 16)),
    commitment: text(committed(7, secret)),
    capability: text(capability(circle, secret, 9).open),
    cases,
  }
}

function entryFile(): Json {
  const draw = vector('entry')
  const by = signer(draw(32))
  const [circle, prev, seenHead, payload] = [draw(32), draw(32), draw(32), draw(20)]
  const said = { rules: 1, type: 40, device: named('dev', by.open), ctr: 3, seenSeq: 17, t: 3_600_000 }
  const made = entryOf({ ...said, circle, prev, seenHead, payload }, by)
  return {
    secretKey: text(by.secret),
    publicKey: text(by.open),
    body: {
      rules: 1,
      type: 40,
      deviceId: text(said.device),
      ctr: 3,
      seenSeq: 17,
      t: 3_600_000,
      circleId: text(circle),
      prev: text(prev),
      seenHead: text(seenHead),
      payload: text(payload),
    },
    entry: text(made.bytes),
    hash: text(made.hash),
    id: text(made.hash.subarray(0, 16)),
    circleIdIfFounding: text(circleOf(made.bytes)),
    memberIdOfKey: text(named('member', circle, by.open)),
  }
}

function chainFile(): Json {
  const draw = vector('chain')
  const boxId = draw(16)
  const envelopes = [draw(590), draw(590), draw(590)]
  const heads = [start(boxId)]
  for (const [i, envelope] of envelopes.entries()) heads.push(next(heads[i] as Raw, i + 1, envelope))
  return { boxId: text(boxId), envelopes: envelopes.map(text), heads: heads.map(text) }
}

function rekeyFile(): Json {
  const draw = vector('rekey')
  const people = [1, 2, 3].map(() => ({ id: draw(16), keys: receiver(draw(32)) }))
  const [before, secret, circle] = [draw(32), draw(32), draw(32)]
  const to = people.map(({ id, keys }) => ({ id, kem: keys.open }))
  return {
    circleId: text(circle),
    epoch: 4,
    capIndex: 6,
    previousSecret: text(before),
    secret: text(secret),
    recipients: people.map(({ id, keys }) => ({
      id: text(id),
      secretKey: text(keys.secret),
      publicKey: text(keys.open),
    })),
    rekey: text(rekeyed(circle, 4, 7, secret, before, to)),
  }
}

const checked = (data: Uint8Array): Raw => join(data, sha(labelled('code-check', data)).subarray(0, 2))

/** Bits, highest first, in groups of `width`, zeros behind; each group is a sign. */
function spelled(data: Uint8Array, signs: string, width: number): string {
  let bits = [...data].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  while (bits.length % width !== 0) bits += '0'
  let made = ''
  for (let at = 0; at < bits.length; at += width)
    made += signs[Number.parseInt(bits.slice(at, at + width), 2)] as string
  return made
}

function placeFile(): Json {
  const draw = vector('place')
  const secret = draw(32)
  const id = hkdf(secret, labelled('place/id'), 16)
  const [author, inbox] = [signer(draw(32)), receiver(draw(32))]
  const keys = keysFrom(draw)
  const nonce = draw(32)
  const salt = draw(24)
  const commitment = sha(labelled('nonce-commit', id, nonce))
  const pack = packed(id, keys)
  const joined = signed(keys.identity, labelled('join', id, author.open, inbox.open, commitment, cbor(pack)))
  const body = cbor([1, author.open, inbox.open, pack, commitment, joined, words('A page.')])
  const signature = signed(author, labelled('page-sig', id, body))
  const key = hkdf(secret, labelled('place/page'))
  return {
    secret: text(secret),
    fragment: spelled(checked(secret), 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 6),
    id: text(id),
    pageKey: text(key),
    mailbox: text(signer(hkdf(secret, labelled('place/cap'))).open),
    psk: text(hkdf(secret, labelled('place/psk'))),
    ticket: text(hkdf(secret, labelled('place/ticket'))),
    nonce: text(nonce),
    nonceCommitment: text(commitment),
    page: {
      text: 'A page.',
      signed: text(body),
      signature: text(signature),
      sealedHash: text(sha(box(key, salt, labelled('page', id), padded(cbor([body, signature]), 65_536)))),
    },
  }
}

function safetyFile(): Json {
  const draw = vector('safety')
  const [circle, place, member, device, nonce] = [draw(32), draw(16), draw(32), draw(32), draw(32)]
  const [theirs, theirDevice, theirNonce] = [draw(32), draw(32), draw(32)]
  const hash = sha(labelled('safety', circle, place, member, device, theirs, theirDevice, nonce, theirNonce))
  const digits = [0, 6, 12, 18, 24].map((at) =>
    String(BigInt(`0x${text(hash.subarray(at, at + 6))}`) % 10_000n).padStart(4, '0'),
  )
  return {
    circleId: text(circle),
    place: text(place),
    person: { member: text(member), device: text(device) },
    personNonce: text(nonce),
    practitioner: { member: text(theirs), device: text(theirDevice) },
    practitionerNonce: text(theirNonce),
    digits: digits.join(' '),
    code: text(join(Buffer.of(1), hash)),
  }
}

function wayBackFile(): Json {
  const draw = vector('way back')
  const [key, salt] = [draw(32), draw(16)]
  const [identity, recovery, owner, circle, boxId] = [draw(32), draw(32), draw(32), draw(32), draw(16)]
  const [secret, before] = [draw(32), draw(32)]
  const contents = cbor([identity, recovery, owner, circle, boxId, 'https://relay.example', 2, 1, secret, before])
  const header = join(Buffer.of(1), salt)
  const sealed = join(header, box(key, draw(24), labelled('wayback', header), padded(contents, 512)))
  const written = spelled(checked(sealed), '0123456789ABCDEFGHJKMNPQRSTVWXYZ', 5)
  return { key: text(key), wayBack: text(sealed), text: (written.match(/.{1,4}/g) ?? []).join(' ') }
}

/** Every vector file by its name, as the second implementation has it. */
export const secondVectors = (): ReadonlyMap<string, Json> =>
  new Map<string, Json>([
    ['envelope.json', envelopeFile()],
    ['entry.json', entryFile()],
    ['chain.json', chainFile()],
    ['rekey.json', rekeyFile()],
    ['place.json', placeFile()],
    ['safety.json', safetyFile()],
    ['way-back.json', wayBackFile()],
    ['circle.json', circleFile()],
  ])
