/**
 * What devices say to each other while a note is written, before it is sealed into live frames; and what one device
 * lays down in the shared draft: its own part, signed. Each is one CBOR item. Reading any bytes gives a value or null.
 */
import { T } from '@alongside/base/label.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import type { Bytes } from '@alongside/base/bytes.ts'
import {
  bool,
  bytes,
  bytesUpTo,
  id,
  list,
  maybe,
  oneOf,
  record,
  uint,
  type Codec,
  type Id,
  type Of,
} from '@alongside/base/codec.ts'
import { idBytes } from '@alongside/record/entry.ts'
import { variants, type VariantOf } from '@alongside/wire/variants.ts'
import { MAX_UPDATE } from './check-update.ts'
import { MAX_DRAW } from './client-ids.ts'

/** Blocks that can be open in one note at a time. */
export const MAX_BLOCKS = 64
/** Draws of one device that have text in a note. */
export const MAX_DRAWS = 64

const draws = list(uint(MAX_DRAW), MAX_DRAWS)
const meta = record({
  salt: bytes(16),
  kind: oneOf(['shared', 'ownWords', 'noticed']),
  writer: id,
  order: uint(0xffff_ffff),
})
const vector = bytesUpTo(4_096)
const update = bytesUpTo(MAX_UPDATE)
const cursor = maybe(bytesUpTo(128))

const MESSAGES = {
  /** I am here and know this much; whoever wrote more answers. */
  hello: { vectors: list(record({ block: id, vector }), MAX_BLOCKS) },
  /** Blocks that there are, and blocks that the sender took out. */
  blocks: { metas: list(meta, MAX_BLOCKS), dropped: list(id, 4 * MAX_BLOCKS) },
  /** Text of the sender, written under these draws. */
  update: { draws, block: id, update },
  here: { block: maybe(id), anchor: cursor, head: cursor },
  bye: { back: bool },
} as const

export type NoteMessage = VariantOf<typeof MESSAGES>
const message = variants(MESSAGES)
const addressed = record({ encounter: id, message })

const partCodec = record({
  draws,
  metas: list(meta, MAX_BLOCKS),
  dropped: list(id, 4 * MAX_BLOCKS),
  texts: list(record({ block: id, update }), MAX_BLOCKS),
})
/** What one device has to say of a note: the blocks it knows, those it took out, and its own text. */
export type Part = Of<typeof partCodec>

const signedPartCodec = record({ device: id, part: bytesUpTo(61_440), signature: bytes(64) })
export type SignedPart = Of<typeof signedPartCodec>
const draftCodec = list(signedPartCodec, 16)

const read = <V>(codec: Codec<V>, wire: Uint8Array): V | null => {
  const plain = decodeCbor(wire)
  const value = plain.ok ? codec.decode(plain.value) : plain
  return value.ok ? value.value : null
}

/** What is said about the note of one encounter; the live channel of a circle carries them all. */
export const encodeMessage = (encounter: Id, said: NoteMessage): Bytes =>
  encodeCbor([id.encode(encounter), message.encode(said)])
/** The message, or null when it is none or about another note. */
export function readMessage(encounter: Id, wire: Uint8Array): NoteMessage | null {
  const said = read(addressed, wire)
  return said?.encounter === encounter ? said.message : null
}
export const encodePart = (part: Part): Bytes => encodeCbor(partCodec.encode(part))
export const readPart = (wire: Uint8Array): Part | null => read(partCodec, wire)
/** A shared draft: each device's part, as that device signed it. */
export const encodeDraft = (parts: readonly SignedPart[]): Bytes => encodeCbor(draftCodec.encode(parts))
export const readDraft = (wire: Uint8Array): readonly SignedPart[] | null => read(draftCodec, wire)

/** The bytes a device signs for its part: only it, only in this circle's note of this encounter. */
export const partBytes = (circleId: Uint8Array, encounter: Id, device: Id, part: Uint8Array): Bytes =>
  T('draft-part', circleId, idBytes(encounter), idBytes(device), part)
