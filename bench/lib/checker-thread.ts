/** A thread of the Node benchmarks: reads envelopes ahead of their turn, with Node's own verification as the accelerator. */
import { createPublicKey, verify as platformVerify, type KeyObject } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { toHex } from '@alongside/base/bytes.ts'
import { serveChecks } from '@alongside/device/checkers.ts'
import { verifySync, type Verify } from '@alongside/record/crypto.ts'

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

function platformSays(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return platformVerify(null, message, keyOf(publicKey), signature)
  } catch {
    return false
  }
}

/** As the record has it (SPEC CRY-3): the platform is believed only when it says yes. */
const verify: Verify = async (publicKey, message, signature) =>
  platformSays(publicKey, message, signature) || verifySync(publicKey, message, signature)

const port = parentPort
if (port === null) throw new Error('bug: this file runs as a thread')
port.on(
  'message',
  serveChecks((checked, give) => port.postMessage(checked, [...give]), verify),
)
