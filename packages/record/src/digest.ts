/**
 * One hash for what two replicas must agree on: the shared state and how far each author's chain goes. A difference means
 * a fork or a fault in a reducer, and is shown. Source: protocol section 2.10, SPEC FLD-10.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { canonical } from '@alongside/base/canonical.ts'
import { encodeCbor } from '@alongside/base/cbor.ts'
import { T } from '@alongside/base/label.ts'
import type { Constitution } from './constitution.ts'
import { sha256 } from './crypto.ts'
import { idBytes } from './entry.ts'
import type { Ledger } from './ledger.ts'

/** `SHA-256(T("state", CBOR(shared state), CBOR(author chains in order of device)))`. */
export function digestOf<S, R>(law: Constitution<S, R>, ledger: Ledger<S>): Bytes {
  const chains = [...ledger.authors]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([device, { ctr, last }]) => [idBytes(device), ctr, last])
  return sha256(T('state', encodeCbor(canonical(law.digest(ledger.state))), encodeCbor(chains)))
}
