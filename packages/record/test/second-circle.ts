/** A whole small circle by the second implementation: founded, somebody let in, two notes; and the state all must share. */
import { cbor, labelled, parts, sha, signed, type Item, type Parts, type Raw } from './second-crypto.ts'
import {
  circleOf,
  committed,
  draws,
  entryOf,
  enveloped,
  keysFrom,
  named,
  next,
  packed,
  rekeyed,
  start,
  text,
  zeros,
  type Draw,
  type Entry,
  type Json,
  type Keys,
} from './second-record.ts'

/** A person of the small circle, and how far they have written. */
interface Writer {
  readonly draw: Draw
  readonly keys: Keys
  readonly device: Raw
  readonly nonce: Raw
  readonly place: Raw
  ctr: number
  last: Raw
}
function writer(name: string): Writer {
  const draw = draws(name)
  const keys = keysFrom(draw)
  const [nonce, place] = [draw(32), draw(16)]
  return { draw, keys, device: named('dev', keys.signing.open), nonce, place, ctr: 0, last: zeros }
}

const [FOUND, ADMIT, ACCEPT, REKEY, NOTE] = [1, 2, 3, 4, 5] as const

export function circleFile(): Json {
  const boxId = draws('circle')(16)
  const [amal, bea] = [writer('Amal'), writer('Bea')]
  const envelopes: Raw[] = []
  const heads = [start(boxId)]
  const add = (circle: Raw, epoch: number, secret: Raw, by: Writer, entry: Entry): void => {
    const envelope = enveloped(circle, epoch, secret, by.draw(24), entry.bytes)
    envelopes.push(envelope)
    heads.push(next(heads.at(-1) as Raw, envelopes.length, envelope))
  }
  // the author's next entry, seen at the box's end; `t` counts with the author's entries
  const says = (by: Writer, circle: Raw, type: number, payload: Item): Entry => {
    const [ctr, prev, seenSeq] = [by.ctr + 1, by.last, envelopes.length]
    const seenHead = heads.at(-1) as Raw
    const entry = entryOf(
      {
        rules: 1,
        circle,
        type,
        device: by.device,
        ctr,
        prev,
        seenSeq,
        seenHead,
        t: 3_000_000 + by.ctr,
        payload: cbor(payload),
      },
      by.keys.signing,
    )
    by.ctr = ctr
    by.last = entry.hash
    return entry
  }

  const first = amal.draw(32)
  const founding = says(amal, zeros, FOUND, [boxId, committed(0, first), packed(boxId, amal.keys)])
  const circle = circleOf(founding.bytes)
  add(circle, 0, first, amal, founding)

  const promise = sha(labelled('nonce-commit', bea.place, bea.nonce))
  const admission = says(amal, circle, ADMIT, [bea.place, promise, packed(bea.place, bea.keys)])
  const memberOf = (by: Writer): Raw => named('member', circle, by.keys.identity.open)
  // sealed before the rekey is made: its salt is drawn first
  add(circle, 0, first, amal, admission)
  const second = amal.draw(32)
  const to = [amal, bea].flatMap((one) => [
    { id: memberOf(one), kem: one.keys.recovery.open },
    { id: one.device, kem: one.keys.kem.open },
  ])
  // signed after the admission but before hearing it back: what was seen is the founding
  const body = rekeyed(circle, 0, 1, second, null, to)
  const rekey = entryOf(
    {
      rules: 1,
      circle,
      type: REKEY,
      device: amal.device,
      ctr: 3,
      prev: amal.last,
      seenSeq: 1,
      seenHead: heads[1] as Raw,
      t: 3_000_002,
      payload: cbor([0, 1, committed(1, second), body]),
    },
    amal.keys.signing,
  )
  amal.ctr = 3
  amal.last = rekey.hash
  add(circle, 0, first, amal, rekey)

  const proof = signed(bea.keys.identity, labelled('accept', circle, bea.place, bea.nonce))
  add(circle, 1, second, bea, says(bea, circle, ACCEPT, [bea.nonce, proof]))
  add(circle, 1, second, amal, says(amal, circle, NOTE, 'one'))
  add(circle, 1, second, bea, says(bea, circle, NOTE, 'two'))

  const member = (one: Writer, place: Raw, commitment: string): Parts => {
    const [identity, recovery, device, deviceKem, made] = packed(place, one.keys).map(text) as [
      string,
      string,
      string,
      string,
      string,
    ]
    const keys = { member: identity, recovery, device, deviceKem, proof: made }
    return { status: 'here', keys, device: text(one.device), place: text(place), commitment }
  }
  const [founder, other] = [text(memberOf(amal)), text(memberOf(bea))]
  const state: Parts = {
    rules: 1,
    founder,
    members: { [founder]: member(amal, boxId, ''), [other]: member(bea, bea.place, text(promise)) },
    notes: [
      { by: founder, seq: 5, words: 'one' },
      { by: other, seq: 6, words: 'two' },
    ],
    owedSince: null,
  }
  const chains = [amal, bea]
    .sort((a, b) => Buffer.compare(a.device, b.device))
    .map((one) => [one.device, one.ctr, one.last])
  return {
    circleId: text(circle),
    boxId: text(boxId),
    secrets: [
      { epoch: 0, secret: text(first) },
      { epoch: 1, secret: text(second) },
    ],
    envelopes: envelopes.map(text),
    seq: envelopes.length,
    epoch: 1,
    head: text(heads.at(-1) as Raw),
    digest: text(sha(labelled('state', cbor(parts(state)), cbor(chains)))),
  }
}
