/**
 * The limit for opening a record: of the same bytes, only what no reader could leave out. Derive each envelope's key, open
 * it, parse it, verify its signature, with the fastest there is and without one check of ours: no commitment, no order, no
 * chain, no rules, no state. Runs in any thread, in Node and in a browser.
 */
import { T } from '@alongside/base/label.ts'
import type { Bytes } from '@alongside/base/bytes.ts'
import { aeadOpen, hkdf } from '@alongside/record/crypto.ts'

/** Envelopes one after another, and everything needed to read them. */
export interface RawJob {
  readonly envelopes: Bytes
  readonly sizes: Uint32Array<ArrayBuffer>
  readonly circleId: Bytes
  /** The envelope key of each epoch. */
  readonly keys: readonly Bytes[]
  /** A device's key, by its id in hexadecimal. */
  readonly signers: ReadonlyMap<string, Bytes>
}

export type RawVerify = (publicKey: Bytes, message: Bytes, signature: Bytes) => boolean | Promise<boolean>

type Item = number | string | boolean | null | Bytes | readonly Item[]
const decoder = new TextDecoder()

/** The item at the cursor, with nothing asked about how it is spelt. */
function parse(bytes: Bytes, cursor: { at: number }): Item {
  const head = bytes[cursor.at++] ?? 0
  let size = head & 31
  if (size >= 24 && head < 0xe0) {
    let left = 1 << (size - 24)
    for (size = 0; left > 0; left--) size = size * 256 + (bytes[cursor.at++] ?? 0)
  }
  if (head < 0x20) return size
  if (head >= 0xe0) return head === 0xf6 ? null : head === 0xf5
  if (head >= 0x80) return Array.from({ length: size }, () => parse(bytes, cursor))
  const data = bytes.subarray(cursor.at, (cursor.at += size))
  return head < 0x60 ? data : decoder.decode(data)
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('')
const names = new Map<string, string>()

/** An id as a key of `signers`; there are few, and they come again and again. */
function nameOf(id: Uint8Array): string {
  const short = String.fromCharCode(...id)
  const known = names.get(short) ?? hex(id)
  names.set(short, known)
  return known
}

/** How many of the envelopes hold an entry that is signed right; verifications are asked 64 at a time. */
export async function rawOpen(job: RawJob, verify: RawVerify): Promise<number> {
  let at = 0
  let right = 0
  let asked: (boolean | Promise<boolean>)[] = []
  const settle = async () => {
    for (const one of asked) if (typeof one === 'boolean' ? one : await one) right++
    asked = []
  }
  for (const size of job.sizes) {
    const envelope = job.envelopes.subarray(at, (at += size))
    const key = job.keys[envelope[5] ?? 0]
    const salt = envelope.subarray(6, 30)
    const info = T('env', job.circleId, envelope.subarray(0, 30))
    const okm = hkdf(key ?? new Uint8Array(32), info, 64, salt)
    const aad = T('aad', info, envelope.subarray(30, 62))
    const plain = aeadOpen(okm.subarray(0, 32), salt, aad, envelope.subarray(62))
    if (plain === null) continue
    const length = new DataView(plain.buffer, plain.byteOffset).getUint32(0)
    const [body, signature] = parse(plain.subarray(4, 4 + length), { at: 0 }) as [Bytes, Bytes]
    const fields = parse(body, { at: 0 }) as readonly Item[]
    const payload = parse(fields[10] as Bytes, { at: 0 })
    const signer = job.signers.get(nameOf(fields[4] as Bytes))
    if (signer !== undefined && Array.isArray(payload)) asked.push(verify(signer, T('event', body), signature))
    if (asked.length === 64) await settle()
  }
  await settle()
  return right
}
