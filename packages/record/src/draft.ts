/**
 * A shared draft between meetings: one overwritable sealed object a note, named so that the relay cannot tell which note,
 * and named anew in each epoch. What it holds is the caller's; here are only its name, its key and its size. SPEC DRA-1,
 * DRA-2.
 */
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { openBox, SALT_SIZE, sealBox, type BoxError } from './box.ts'
import { hkdf } from './crypto.ts'
import { idBytes } from './entry.ts'
import { BUCKETS, MAX_ENTRY_SIZE, type SealError } from './envelope.ts'
import type { EpochKeys } from './epoch.ts'
import { pad, paddedSize, unpad } from './pad.ts'

/** The longest draft, in bytes; sealed drafts come in eight sizes, like envelopes. */
export const MAX_DRAFT_SIZE = MAX_ENTRY_SIZE

export type DraftError = BoxError | { readonly type: 'BadPadding' }

/** The name under which the relay keeps the draft of a note in this epoch. */
export const draftId = (keys: EpochKeys, note: Id): Id => toHex(hkdf(keys.draft, T('draft-id', idBytes(note)), 16))

const infoOf = (keys: EpochKeys, note: Id): Bytes => T('draft', keys.circleId, idBytes(note))

/** Seals a draft; `TooLong` when it is over 61,436 bytes. */
export function sealDraft(keys: EpochKeys, note: Id, draft: Uint8Array, random: Random): Result<Bytes, SealError> {
  const size = paddedSize(draft.length, BUCKETS)
  if (size === null) return err({ type: 'TooLong', size: draft.length, max: MAX_DRAFT_SIZE })
  return ok(sealBox(keys.draft, random.bytes(SALT_SIZE), infoOf(keys, note), pad(draft, size)))
}

/** Opens a draft of this epoch and note. */
export function openDraft(keys: EpochKeys, note: Id, sealed: Uint8Array): Result<Bytes, DraftError> {
  const opened = openBox(keys.draft, infoOf(keys, note), sealed)
  if (!opened.ok) return opened
  const draft = unpad(opened.value)
  return draft === null ? err({ type: 'BadPadding' }) : ok(draft)
}
