/** Node's own Ed25519, without promises: what a thread has that does nothing else. */
import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { toHex } from '@alongside/base/bytes.ts'

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex') // RFC 8410 section 4, without the key
const keys = new Map<string, KeyObject>()

function keyOf(publicKey: Uint8Array): KeyObject {
  const name = toHex(publicKey)
  const known = keys.get(name)
  if (known !== undefined) return known
  const made = createPublicKey({ key: Buffer.concat([SPKI_ED25519, publicKey]), format: 'der', type: 'spki' })
  keys.set(name, made)
  return made
}

/** What Node says of a signature; never throws. */
export function nodeVerify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, message, keyOf(publicKey), signature)
  } catch {
    return false
  }
}
