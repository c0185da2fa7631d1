/**
 * Proof that a relay contradicted itself: two heads of one box that it signed and that no record can both have. Whoever
 * knows the relay's key can check it, without any key of the circle and without learning anything that was written.
 *
 * `one` stands at the position of `other` or later; `hashes` lead from `before`, the head at `other`'s position on the side
 * of `one`, to `one`. Sources: protocol sections 2.6 and 2.17.
 */
import { equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { verify } from '@alongside/record/crypto.ts'
import { receiptBytes } from '@alongside/wire/auth.ts'
import { chainNext, type Head } from '@alongside/wire/chain.ts'
import type { Contradiction } from './talk.ts'

export interface Equivocation extends Contradiction {
  readonly boxId: Id
  /** 32 bytes. */
  readonly relayPk: Bytes
  /** 32 bytes. */
  readonly before: Bytes
  /** `env_hash` of each entry after `other`'s position up to `one`'s, 32 bytes each. */
  readonly hashes: readonly Bytes[]
}

/** Whether it proves what it says; total, so that it can be asked of anything of this shape. */
export async function isEquivocation(proof: Equivocation): Promise<boolean> {
  const { boxId, relayPk, one, other, before, hashes } = proof
  if (equalBytes(before, other.hash)) return false
  const start: Head = { seq: other.seq, hash: before }
  const end = hashes.reduce((head, hash) => chainNext(head, hash), start)
  if (end.seq !== one.seq || !equalBytes(end.hash, one.hash)) return false
  for (const signed of [one, other])
    if (!(await verify(relayPk, receiptBytes(boxId, signed), signed.receipt))) return false
  return true
}
