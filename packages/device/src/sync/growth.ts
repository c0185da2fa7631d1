/**
 * How the chain of a box grows on this device: entries are taken in whatever order they come, follow one another without a
 * gap, and are let through only when they lead to the head that the relay signed, where it signed one ahead of them. So
 * a relay that changes one entry on the way is found out before any of it is opened. Source: protocol section 2.6.
 *
 * What the relay pushes as it happens comes without a signature; it is let through at once and compared at the next one.
 */
import { equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import { chainNext, envHash, type Head } from '@alongside/wire/chain.ts'
import type { Contradiction, SignedHead } from './talk.ts'

/** Entries taken in ahead of a gap; a relay that sends more makes no sense. */
const MOST_AHEAD = 20_000
/** Bytes of entries that wait for a signed head further on; a record longer than that is let through in parts. */
const MOST_UNSURE = 33_554_432

export interface Growth {
  /** The last entry let through. */
  readonly head: () => Head
  /** The head at a position let through, or null. */
  readonly at: (seq: number) => Bytes | null
  /** The last position up to which there is no gap, let through or not. */
  readonly reached: () => number
  /** Whether entries are here that come after a gap. */
  readonly hasGap: () => boolean
  /** Whether the chain contradicts what was signed; then nothing is let through any more. */
  readonly isForked: () => boolean
  readonly take: (firstSeq: number, envelopes: readonly Bytes[]) => void
  /** The relay signed this head. */
  readonly vouch: (head: SignedHead) => void
  /** Lets through what may be by now; `signedTo` is where the relay says the record ends, or null when it does not. */
  grow(signedTo: number | null): Grown
  /** Another line begins: what was not let through is asked for again. */
  forget(): void
}

export interface Grown {
  readonly firstSeq: number
  readonly envelopes: readonly Bytes[]
  /** Where the chain turned out to contradict what was signed, told once. */
  readonly fork: number | null
  /** With the fork, when the relay signed both sides of it. */
  readonly contradiction: Contradiction | null
  /** The furthest signed head that was let through, when it is another than before. */
  readonly witness: SignedHead | null
}

const isAt = (heads: readonly Bytes[], { seq, hash }: Head): boolean => {
  const mine = heads[seq]
  return mine !== undefined && equalBytes(mine, hash)
}

interface Fork {
  readonly seq: number
  readonly contradiction: Contradiction | null
  isTold: boolean
}

/** Begins with the heads this device holds, from position 0, and the furthest of them that the relay signed. */
export function createGrowth(held: readonly Bytes[], known: SignedHead | null): Growth {
  const heads: Bytes[] = [...held]
  const ahead = new Map<number, Bytes>()
  const promised = new Map<number, SignedHead>()
  let unsure: { readonly envelope: Bytes; readonly hash: Bytes }[] = []
  let unsureBytes = 0
  let fork: Fork | null = null
  let witness = known !== null && isAt(heads, known) ? known : null
  /** Signed heads that the chain leads to, not all let through yet. */
  let fitting: SignedHead[] = []

  const headSeq = () => heads.length - 1
  const reached = () => headSeq() + unsure.length
  const at = (seq: number): Bytes | null => heads[seq] ?? unsure[seq - heads.length]?.hash ?? null

  function forked(signed: SignedHead, before: SignedHead | null): void {
    const contradiction = before === null || before.seq < signed.seq ? null : { one: before, other: signed }
    fork ??= { seq: signed.seq, contradiction, isTold: false }
  }

  /** Strings together what follows without a gap. Gives how much of it is covered by what was signed. */
  function follow(): number {
    let sure = 0
    while (fork === null) {
      const seq = reached() + 1
      const envelope = ahead.get(seq)
      if (envelope === undefined) break
      ahead.delete(seq)
      const before = { seq: seq - 1, hash: at(seq - 1) as Bytes }
      const { hash } = chainNext(before, envHash(envelope))
      unsure.push({ envelope, hash })
      unsureBytes += envelope.length
      const signed = promised.get(seq)
      promised.delete(seq)
      if (signed === undefined) continue
      if (!equalBytes(signed.hash, hash)) forked(signed, null)
      else {
        sure = unsure.length
        fitting.push(signed)
      }
    }
    return sure
  }

  /** The furthest signed head among what has been let through, when it is a new one. */
  function furthest(): SignedHead | null {
    const through = fitting.filter(({ seq }) => seq <= headSeq())
    fitting = fitting.filter(({ seq }) => seq > headSeq())
    const last = through.reduce((a, b) => (a !== null && a.seq >= b.seq ? a : b), witness)
    const isNew = last !== witness
    witness = last
    return isNew ? last : null
  }

  const forget = () => {
    ahead.clear()
    unsure = []
    unsureBytes = 0
    fitting = []
  }

  return {
    head: () => ({ seq: headSeq(), hash: heads[headSeq()] as Bytes }),
    at: (seq) => heads[seq] ?? null,
    reached,
    hasGap: () => ahead.size > 0,
    isForked: () => fork !== null,
    take(firstSeq, envelopes) {
      if (ahead.size > MOST_AHEAD) ahead.clear()
      for (const [i, envelope] of envelopes.entries())
        if (firstSeq + i > reached()) ahead.set(firstSeq + i, Uint8Array.from(envelope))
    },
    vouch({ seq, hash, receipt }) {
      const signed = { seq, hash, receipt }
      const mine = at(seq)
      const before = promised.get(seq)
      if (mine !== null && equalBytes(mine, hash)) fitting.push(signed)
      else if (mine !== null) forked(signed, witness)
      else if (before !== undefined && !equalBytes(before.hash, hash)) forked(signed, before)
      else promised.set(seq, signed)
    },
    grow(signedTo) {
      const covered = follow()
      const firstSeq = headSeq() + 1
      const waits = signedTo !== null && reached() < signedTo && unsureBytes <= MOST_UNSURE
      const through = unsure.splice(0, fork !== null || waits ? covered : unsure.length)
      heads.push(...through.map(({ hash }) => hash))
      unsureBytes = unsure.reduce((sum, { envelope }) => sum + envelope.length, 0)
      if (fork !== null) forget()
      const told = fork === null || fork.isTold ? null : fork
      if (told !== null) told.isTold = true
      return {
        firstSeq,
        envelopes: through.map(({ envelope }) => envelope),
        fork: told?.seq ?? null,
        contradiction: told?.contradiction ?? null,
        witness: furthest(),
      }
    },
    forget,
  }
}
