/**
 * One fixed example of everything that goes over the wire. The fingerprint of their bytes is the fingerprint of the
 * schemas: a field added, moved or retyped changes it. Fixtures of each version are kept in `fixtures/`, so that a later
 * version is tried against what devices in the field still send.
 */
import { concat, toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { codeHash, openBytes, ownerOpBytes, ownerRekeyBytes, placeOpBytes, receiptBytes, ticketHash } from './auth.ts'
import { chainNext, chainStart, envHash, sha256 } from './chain.ts'
import * as http from './http.ts'
import * as limits from './limits.ts'
import { encodeDeviceFrame, encodeRelayFrame, type DeviceFrame, type RelayFrame } from './messages.ts'
import type { Refusal } from './refusals.ts'

const fill = (size: number, value: number): Bytes => new Uint8Array(size).fill(value)
const id = (value: number): string => toHex(fill(16, value))

const envelopes = [fill(590, 1), fill(1102, 2)]
const head = { seq: 7, hash: fill(32, 3), receipt: fill(64, 4) }
const box = { state: 'open', daysLeft: 0 } as const
const rekey = {
  envelopes,
  newCapIndex: 2,
  newCapPk: fill(32, 5),
  extend: 1,
  expectedHash: fill(32, 6),
  ownerSig: fill(64, 7),
}

export const deviceFrames: readonly DeviceFrame[] = [
  { type: 'hello', request: 0, body: { version: 1, boxId: id(9), capIndex: 1 } },
  { type: 'prove', request: 0, body: { sig: fill(64, 1) } },
  { type: 'append', request: 1, body: { envelopes } },
  { type: 'rekey', request: 2, body: rekey },
  { type: 'rekey', request: 2, body: { ...rekey, expectedHash: null, ownerSig: null } },
  { type: 'range', request: 3, body: { from: 1, limit: 10_000 } },
  { type: 'subscribe', request: 4, body: {} },
  { type: 'head', request: 5, body: {} },
  { type: 'draftPut', request: 6, body: { draftId: id(1), expectedVersion: 3, bytes: fill(100, 1) } },
  { type: 'draftGet', request: 7, body: { draftId: id(1) } },
  { type: 'draftDelete', request: 8, body: { draftId: id(1), expectedVersion: 4 } },
  { type: 'live', request: 0, body: { bytes: fill(limits.LIVE_BYTES, 1) } },
  { type: 'end', request: 9, body: { now: true, counter: 1, ownerSig: fill(64, 1) } },
  { type: 'takeBackEnd', request: 10, body: { counter: 2, ownerSig: fill(64, 2) } },
]

const welcome = { newestCapIndex: 1, hasOwner: true, ownerCounter: 0, entriesPerDay: 1, bytesPerDay: 2, boxBytes: 3 }
const placed = { seqs: [1, 2, 9], hash: fill(32, 1), receipt: fill(64, 2) }

export const refusals: readonly Refusal[] = [
  { type: 'Malformed' },
  { type: 'WrongVersion', version: 1 },
  { type: 'NotAdmitted' },
  { type: 'Superseded', newestCapIndex: 2 },
  { type: 'HeadMoved', seq: 9 },
  { type: 'OwnerMustSign' },
  { type: 'OwnerCounterUsed', counter: 4 },
  { type: 'Ending', daysLeft: 7 },
  { type: 'Ended' },
  { type: 'OverQuota', retryAfterMs: 1 },
  { type: 'TooFast', retryAfterMs: 1 },
  { type: 'CouldNotKeep', retryAfterMs: 1 },
  { type: 'TooManyDrafts' },
  { type: 'CodeNeeded' },
  { type: 'IdInUse' },
  { type: 'NoSuchPlace' },
  { type: 'PageIsNewer', version: 2 },
  { type: 'PlaceTaken' },
  { type: 'MailboxFull' },
  { type: 'NotFound' },
  { type: 'InsecureTransport' },
  { type: 'TooLarge' },
]

export const relayFrames: readonly RelayFrame[] = [
  { type: 'challenge', request: 0, body: { nonce: fill(32, 1), relayPk: fill(32, 2) } },
  { type: 'welcome', request: 0, body: { ...head, ...box, ...welcome } },
  { type: 'appended', request: 1, body: placed },
  { type: 'rekeyed', request: 2, body: placed },
  { type: 'entries', request: 3, body: { firstSeq: 2 ** 40, envelopes } },
  { type: 'rangeEnd', request: 3, body: { next: 9, seq: 8 } },
  { type: 'subscribed', request: 4, body: head },
  { type: 'headIs', request: 5, body: head },
  { type: 'arrived', request: 0, body: { firstSeq: 1, envelopes } },
  { type: 'draftStored', request: 6, body: { version: 4 } },
  { type: 'draftIs', request: 7, body: { version: 0, bytes: null } },
  { type: 'draftConflict', request: 8, body: { version: 5, bytes: fill(3, 3) } },
  { type: 'liveArrived', request: 0, body: { bytes: fill(limits.LIVE_BYTES, 1) } },
  { type: 'ownerDone', request: 9, body: { state: 'ending', daysLeft: 7 } },
  { type: 'stateChanged', request: 0, body: { state: 'ended', daysLeft: 0 } },
  { type: 'superseded', request: 0, body: { newestCapIndex: 3 } },
  ...refusals.map((refusal) => ({ type: 'refused', request: 11, body: { refusal } }) as const),
]

const nonce = fill(http.NONCE_BYTES, 1)
const relayPk = fill(32, 2)

/** Everything else that is sent or signed, by name. */
export const others: Readonly<Record<string, Bytes>> = {
  createBox: http.createBox.encode({
    version: 1,
    boxId: id(1),
    capIndex: 0,
    capPk: fill(32, 1),
    ownerPk: fill(32, 2),
    code: 'code',
    ticket: fill(32, 3),
  }),
  boxCreated: http.boxCreated.encode({ hash: fill(32, 1), receipt: fill(64, 2) }),
  putPlace: http.putPlace.encode({
    pageVersion: 1,
    authorPk: fill(32, 1),
    mailboxPk: fill(32, 2),
    page: fill(9, 3),
    code: null,
    ticketHashes: [fill(32, 4)],
  }),
  placeStored: http.placeStored.encode({ pageVersion: 1, days: limits.PLACE_DAYS }),
  placeIs: http.placeIs.encode({ pageVersion: 1, taken: false, page: fill(9, 3) }),
  postMessage: http.postMessage.encode({ take: true, bytes: fill(limits.MESSAGE_BYTES, 1) }),
  messagePosted: http.messagePosted.encode({ n: 1 }),
  messages: http.messages.encode({
    taken: true,
    messages: [{ n: 1, fromAuthor: false, bytes: fill(limits.MESSAGE_BYTES, 1) }],
  }),
  relayInfo: http.relayInfo.encode({ version: 1, relayPk, codeNeeded: true }),
  proof: utf8(http.encodeProof({ by: 'mailbox', nonce, sig: fill(64, 1) })),
  open: openBytes(relayPk, fill(32, 1), { version: 1, boxId: id(1), capIndex: 1 }),
  ownerRekey: ownerRekeyBytes(relayPk, id(1), rekey),
  ownerEnd: ownerOpBytes(relayPk, id(1), { op: 'end', now: false, counter: 1 }),
  ownerTakeBackEnd: ownerOpBytes(relayPk, id(1), { op: 'takeBackEnd', counter: 2 }),
  placeOp: placeOpBytes(relayPk, id(1), { op: 'post', nonce, body: fill(3, 1) }),
  receipt: receiptBytes(id(1), head),
  ticketHash: ticketHash(fill(32, 1)),
  codeHash: codeHash('code'),
  chain: chainNext(chainStart(id(1)), envHash(fill(590, 1))).hash,
  limits: utf8(JSON.stringify(Object.entries(limits).sort(([a], [b]) => (a < b ? -1 : 1)))),
}

/** The bytes of every sample by name, in hexadecimal: what `fixtures/v<n>.json` holds. */
export function samples(): Record<string, string> {
  const all: Record<string, string> = {}
  deviceFrames.forEach((frame, i) => (all[`device.${i}.${frame.type}`] = toHex(encodeDeviceFrame(frame))))
  relayFrames.forEach((frame, i) => (all[`relay.${i}.${frame.type}`] = toHex(encodeRelayFrame(frame))))
  for (const name in others) all[`other.${name}`] = toHex(others[name] as Bytes)
  return all
}

/** SHA-256 over all samples, in hexadecimal. */
export function fingerprint(): string {
  const all = samples()
  return toHex(sha256(concat(...Object.keys(all).map((name) => utf8(`${name} ${all[name]}\n`)))))
}
