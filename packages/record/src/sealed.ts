/**
 * A sealed item: an answer that is fixed now and opened later, or never. Every item looks alike, real or empty, wrapped or
 * not, so that neither its size nor its shape says what is in it. SPEC SEA-1 (shape), SEA-2 (readers), SEA-3 (binding).
 *
 * | offset | size | field |
 * |---|---|---|
 * | 0 | 4,096 | box of the padded answer, under a random key K |
 * | 4,096 | 32 | commitment `SHA-256(T("sealed-commit", circle, encounter, author, K))` |
 * | 4,128 | 80 | K sealed to the key that may open it, or random K' sealed to a key nobody has |
 *
 * Whoever learns K can check that it is the one committed to; nobody can show another answer than the one sealed.
 */
import { concat, equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { BOX_OVERHEAD, openBox, SALT_SIZE, sealBox } from './box.ts'
import { newKemKeys, sha256 } from './crypto.ts'
import { idBytes } from './entry.ts'
import { HPKE_OVERHEAD, hpkeOpen, hpkeSeal } from './hpke.ts'
import { LENGTH_SIZE, pad, unpad } from './pad.ts'

const BOX_SIZE = 4_096
const KEY_SIZE = 32
const COMMITMENT_SIZE = 32
const WRAP_SIZE = KEY_SIZE + HPKE_OVERHEAD
/** Every sealed item has exactly this many bytes. */
export const SEALED_ITEM_SIZE = BOX_SIZE + COMMITMENT_SIZE + WRAP_SIZE
/** The longest answer, in bytes. */
export const MAX_SEALED_ANSWER = BOX_SIZE - BOX_OVERHEAD - LENGTH_SIZE

/** What an item is tied to: it means nothing anywhere else. */
export interface SealedContext {
  readonly circleId: Bytes
  readonly encounter: Id
  /** The member who answers. */
  readonly author: Id
}

export type SealedError =
  | { readonly type: 'NotAnItem' }
  /** The key is not the one committed to. */
  | { readonly type: 'WrongKey' }
  | { readonly type: 'Altered' }

const parts = ({ circleId, encounter, author }: SealedContext) => [circleId, idBytes(encounter), idBytes(author)]
const infoOf = (context: SealedContext): Bytes => T('sealed', ...parts(context))
const commitmentOf = (context: SealedContext, key: Uint8Array): Bytes =>
  sha256(T('sealed-commit', ...parts(context), key))
const binding = (context: SealedContext, commitment: Uint8Array) => ({
  info: T('sealed-wrap', ...parts(context)),
  aad: T('aad', commitment),
})

/**
 * Seals an answer of at most 4,020 bytes (no bytes for an empty item). With `openableBy`, an X25519 key that passed
 * `isSafeKemKey`, its holder can open the item; without, only the key given back can.
 */
export async function sealItem(
  context: SealedContext,
  answer: Uint8Array,
  openableBy: Uint8Array | null,
  random: Random,
): Promise<{ readonly item: Bytes; readonly key: Bytes }> {
  const key = random.bytes(KEY_SIZE)
  const commitment = commitmentOf(context, key)
  const padded = pad(answer, BOX_SIZE - BOX_OVERHEAD)
  const box = sealBox(key, random.bytes(SALT_SIZE), infoOf(context), padded)
  // without a reader, something else goes to a key that is thrown away: the same bytes to look at
  const wrap =
    openableBy === null
      ? await hpkeSeal(newKemKeys(random).publicKey, random.bytes(KEY_SIZE), binding(context, commitment))
      : await hpkeSeal(openableBy, key, binding(context, commitment))
  return { item: concat(box, commitment, wrap), key }
}

/** Opens an item with its key, after checking that the key is the one committed to. */
export function openItem(context: SealedContext, item: Uint8Array, key: Uint8Array): Result<Bytes, SealedError> {
  if (item.length !== SEALED_ITEM_SIZE) return err({ type: 'NotAnItem' })
  const commitment = item.subarray(BOX_SIZE, BOX_SIZE + COMMITMENT_SIZE)
  if (!equalBytes(commitmentOf(context, key), commitment)) return err({ type: 'WrongKey' })
  const opened = openBox(key, infoOf(context), item.subarray(0, BOX_SIZE))
  const answer = opened.ok ? unpad(opened.value) : null
  return answer === null ? err({ type: 'Altered' }) : ok(answer)
}

/** The key inside an item, for whoever it was made openable by; null for everybody else. */
export async function keyInItem(
  context: SealedContext,
  item: Uint8Array,
  kemSecretKey: Uint8Array,
): Promise<Bytes | null> {
  if (item.length !== SEALED_ITEM_SIZE) return null
  const commitment = item.subarray(BOX_SIZE, BOX_SIZE + COMMITMENT_SIZE)
  return hpkeOpen(kemSecretKey, item.subarray(BOX_SIZE + COMMITMENT_SIZE), binding(context, commitment))
}
