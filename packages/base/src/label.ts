/**
 * Domain separation. Every hash, signature, derivation and associated data in the system begins with
 * `T(label, …parts)`, so that bytes made for one purpose can never be taken for another.
 * Source: protocol section 2.2.
 */
import { assert } from './assert.ts'
import { utf8, writeU32, type Bytes } from './bytes.ts'

/** Every label in use. A test proves that they are unique and that none is the start of another. */
export const LABELS = [
  'chain0',
  'chain',
  'circle',
  'dev',
  'dev-cert',
  'dev-revoke',
  'draft',
  'draft-id',
  'env',
  'env-hash',
  'event',
  'event-id',
  'hist',
  'join',
  'k/blob',
  'k/cap',
  'k/commit',
  'k/draft',
  'k/env',
  'k/hist',
  'k/live',
  'k/snap',
  'live',
  'live-sig',
  'local',
  'local-kek',
  'mbox',
  'member',
  'nonce-commit',
  'owner-op',
  'page',
  'page-sig',
  'place/cap',
  'place/id',
  'place/page',
  'place/psk',
  'place/mbox',
  'place-op',
  'receipt',
  'recover',
  'relay-auth',
  'reply',
  'roster',
  'rules',
  'safety',
  'sealed',
  'sealed-commit',
  'sealed-wrap',
  'state',
  'wayback',
  'welcome',
  'wrap',
  'wrap-eph',
  'ticket',
  'instance-code',
  'relay-nonce',
  'aad',
  'reply-code',
  'accept',
  'place/ticket',
  'reply-sig',
  'code-check',
  'draft-part',
  'client-id',
  'block-id',
] as const

export type Label = (typeof LABELS)[number]

const PREFIX = 'alongside/1/'

/** What `T` begins with, for each label; made once, because every entry is hashed and bound several times. */
const STARTS = new Map<Label, Bytes>(LABELS.map((label) => [label, utf8(`${PREFIX}${label}\0`)]))

/** `"alongside/1/" + label ‖ 0x00 ‖ for each part u32be(length) ‖ part`. Text parts are UTF-8. */
export function T(label: Label, ...parts: readonly (Uint8Array | string)[]): Bytes {
  const start = STARTS.get(label)
  assert(start !== undefined, `${label} is a label`)
  const pieces = parts.map((part) => (typeof part === 'string' ? utf8(part) : part))
  const all = new Uint8Array(pieces.reduce((size, piece) => size + 4 + piece.length, start.length))
  all.set(start)
  let at = start.length
  for (const piece of pieces) {
    writeU32(all, at, piece.length)
    all.set(piece, at + 4)
    at += 4 + piece.length
  }
  return all
}
