/**
 * What becomes of a note that was written together. While it is being written nothing of it is here; what is offered to
 * be kept is one block of frozen text, with who wrote which part.
 */
import { id, list, maybe, oneOf, record, text, uint, type Of } from '@alongside/base/codec.ts'
import { defineEvent } from '../define.ts'
import { language } from '../people/events.ts'

/** The most a block holds, in UTF-16 units. A differing has the same room. */
export const BLOCK_TEXT = 8000

/** `ownWords`: only its owner's. `noticed`: what a member noticed, open for the others to write in. */
export const BLOCK_KINDS = ['shared', 'ownWords', 'noticed'] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]

/** The next `length` UTF-16 units of a block's text, and who wrote them. */
export const span = record({ member: id, length: uint(BLOCK_TEXT) })
export type Span = Of<typeof span>

/** Text that somebody would like to keep. The offerer's yes is in it; other writers say theirs. */
export const BlockOffered = defineEvent(48, 'BlockOffered', {
  encounter: maybe(id),
  block: id,
  kind: oneOf(BLOCK_KINDS),
  text: text(BLOCK_TEXT, 1),
  language,
  spans: list(span, 400),
  /** The kept block that this one corrects. */
  replaces: maybe(id),
  /** Who else might read this, as they thought about it before keeping. */
  readBy: maybe(text(500, 1)),
})

/** A yes to keeping exactly this text. */
export const BlockAgreed = defineEvent(49, 'BlockAgreed', { block: id })

/** It is not to be kept after all. */
export const BlockTakenBack = defineEvent(50, 'BlockTakenBack', { block: id })

/** A member who did not write it stands by exactly this text. */
export const BlockSigned = defineEvent(51, 'BlockSigned', { block: id })

/** A member sees it differently, with as much room as the block has. */
export const BlockDiffers = defineEvent(52, 'BlockDiffers', { block: id, words: text(BLOCK_TEXT, 1) })

/** A kept block is struck. It stays, and shows as struck. */
export const BlockStruck = defineEvent(53, 'BlockStruck', { block: id })
