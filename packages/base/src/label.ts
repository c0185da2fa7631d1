/**
 * Domain separation. Every hash, signature, derivation and associated data in the system begins with
 * `T(label, …parts)`, so that bytes made for one purpose can never be taken for another.
 * Source: protocol section 2.2.
 */
import { concat, u32, utf8, type Bytes } from './bytes.ts'

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
] as const

export type Label = (typeof LABELS)[number]

const PREFIX = 'alongside/1/'

/** `"alongside/1/" + label ‖ 0x00 ‖ for each part u32be(length) ‖ part`. Text parts are UTF-8. */
export function T(label: Label, ...parts: readonly (Uint8Array | string)[]): Bytes {
  const pieces: Uint8Array[] = [utf8(`${PREFIX}${label}`), Uint8Array.of(0)]
  for (const part of parts) {
    const bytes = typeof part === 'string' ? utf8(part) : part
    pieces.push(u32(bytes.length), bytes)
  }
  return concat(...pieces)
}
