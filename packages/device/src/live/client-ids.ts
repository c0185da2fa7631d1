/**
 * Names that prove whose they are. In Yjs whoever writes under another's client id can put words into their mouth, and
 * both sides then disagree for good without noticing. So a client id is never chosen: it is a hash over the note, the
 * device and a number the device draws when it begins to write, and everybody can work out whose it is. A block's id
 * likewise follows from its writer and kind. Source: protocol section 1 (4); decisions “Live writing is not kept”.
 */
import { toHex, u32, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { sha256 } from '@alongside/record/crypto.ts'
import { idBytes } from '@alongside/record/entry.ts'

/** The numbers a device may draw: few enough that nobody can search for one that gives another's client id. */
export const MAX_DRAW = 0xffff

/**
 * The Yjs client id of `device` in the note of an encounter, for the number it drew: 48 bits, more than Yjs draws
 * itself, so that one of a device's 65,536 ids is another's only by a chance of one in four billion.
 */
export function clientIdOf(encounter: Id, device: Id, draw: number): number {
  const hash = sha256(T('client-id', idBytes(encounter), idBytes(device), u32(draw)))
  return (
    new DataView(hash.buffer, hash.byteOffset).getUint32(0) * 0x1_0000 +
    ((hash[4] as number) << 8) +
    (hash[5] as number)
  )
}

export type BlockKind = 'shared' | 'ownWords' | 'noticed'

/** A block as it was begun; none of it can change. */
export interface BlockMeta {
  readonly salt: Bytes
  readonly kind: BlockKind
  readonly writer: Id
  readonly order: number
}

/** A block's id, from what cannot change about it; `salt` is 16 random bytes. */
export const blockIdOf = (encounter: Id, meta: BlockMeta): Id =>
  toHex(
    sha256(T('block-id', idBytes(encounter), meta.salt, meta.kind, idBytes(meta.writer), u32(meta.order))).subarray(
      0,
      16,
    ),
  )
