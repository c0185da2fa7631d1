/**
 * The layouts of the record once more, written out from `SPEC.md` over the second implementation's primitives: boxes, envelopes,
 * chain, entries, rekeys, key packages. Only for comparing; nothing here checks its input.
 */
import {
  big,
  cbor,
  hkdf,
  join,
  labelled,
  receiver,
  sealedTo,
  sha,
  signed,
  signer,
  words,
  xchachaSeal,
  type Pair,
  type Raw,
} from './second-crypto.ts'

export type Json = string | number | null | readonly Json[] | { readonly [name: string]: Json }
/** Gives `size` bytes, others each time. */
export type Draw = (size: number) => Raw

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const zeros = Buffer.alloc(32)

/** The chance of the tests: `name` and how many draws came before give the bytes. */
export function draws(name: string): Draw {
  let asked = 0
  return (size) => {
    const seed = sha(words(`${name} ${asked++}`))
    const made: Raw[] = []
    for (let at = 0; at < size; at += 8_000) made.push(hkdf(seed, words(`part ${at}`), Math.min(8_000, size - at)))
    return join(...made)
  }
}

export const padded = (data: Uint8Array, size: number): Raw =>
  join(big(data.length, 4), data, Buffer.alloc(size - 4 - data.length))

/** `salt ‖ commitment ‖ ciphertext ‖ tag` (protocol section 2.6). */
export function box(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, data: Uint8Array): Raw {
  const okm = hkdf(secret, info, 64, salt)
  const commitment = okm.subarray(32)
  return join(salt, commitment, xchachaSeal(okm.subarray(0, 32), salt, labelled('aad', info, commitment), data))
}

const SIZES = [512, 1024, 2048, 4096, 8192, 16384, 32768, 61440]

export function enveloped(circle: Raw, epoch: number, secret: Raw, salt: Raw, entry: Uint8Array): Raw {
  const header = join(Buffer.of(1, 1), big(epoch, 4))
  const key = hkdf(secret, labelled('k/env', circle, big(epoch, 4)))
  const size = SIZES.find((one) => entry.length + 4 <= one) as number
  return join(header, box(key, salt, labelled('env', circle, join(header, salt)), padded(entry, size)))
}

export const committed = (epoch: number, secret: Uint8Array): Raw => hkdf(secret, labelled('k/commit', big(epoch, 4)))
export const capability = (circle: Raw, secret: Raw, index: number): Pair =>
  signer(hkdf(secret, labelled('k/cap', circle, big(index, 4))))
export const hashed = (envelope: Uint8Array): Raw => sha(labelled('env-hash', envelope))
export const start = (boxId: Uint8Array): Raw => sha(labelled('chain0', boxId))
export const next = (head: Raw, position: number, envelope: Uint8Array): Raw =>
  sha(labelled('chain', head, big(position, 8), hashed(envelope)))
export const named = (label: string, ...of: readonly Uint8Array[]): Raw => sha(labelled(label, ...of)).subarray(0, 16)

interface Said {
  readonly rules: number
  readonly circle: Raw
  readonly type: number
  readonly device: Raw
  readonly ctr: number
  readonly prev: Raw
  readonly seenSeq: number
  readonly seenHead: Raw
  readonly t: number
  readonly payload: Raw
}

export interface Entry {
  readonly bytes: Raw
  readonly hash: Raw
}

export function entryOf(said: Said, by: Pair): Entry {
  const { rules, circle, type, device, ctr, prev, seenSeq, seenHead, t, payload } = said
  const body = cbor([1, rules, circle, type, device, ctr, prev, seenSeq, seenHead, t, payload])
  const signature = signed(by, labelled('event', body))
  return { bytes: cbor([body, signature]), hash: sha(labelled('event-id', body, signature)) }
}

export const circleOf = (founding: Uint8Array): Raw => sha(labelled('circle', founding))

interface To {
  readonly id: Raw
  readonly kem: Raw
}

/** The rekey from `epoch` to the one after it (protocol section 2.9). */
export function rekeyed(
  circle: Raw,
  epoch: number,
  capIndex: number,
  secret: Raw,
  history: Raw | null,
  to: readonly To[],
): Raw {
  const number = big(epoch + 1, 4)
  const commitment = committed(epoch + 1, secret)
  const wraps = [...to]
    .sort((a, b) => Buffer.compare(a.id, b.id))
    .map(({ id, kem }) => {
      const ikm = hkdf(secret, labelled('wrap-eph', circle, number), 32, id)
      const bound = { info: labelled('wrap', circle, number, id, commitment), aad: labelled('aad', id) }
      return join(id, sealedTo(kem, secret, bound, ikm))
    })
  const open = capability(circle, secret, capIndex).open
  return cbor([1, epoch, epoch + 1, commitment, capIndex, open, history, wraps])
}

export interface Keys {
  readonly identity: Pair
  readonly recovery: Pair
  readonly signing: Pair
  readonly kem: Pair
}
export const keysFrom = (draw: Draw): Keys => ({
  identity: signer(draw(32)),
  recovery: receiver(draw(32)),
  signing: signer(draw(32)),
  kem: receiver(draw(32)),
})
const publicOf = ({ identity, recovery, signing, kem }: Keys): Raw[] => [
  identity.open,
  recovery.open,
  signing.open,
  kem.open,
]
/** Four public keys and the identity's proof for `anchor` (SPEC PUB-1, PUB-3). */
export const packed = (anchor: Uint8Array, keys: Keys): Raw[] => [
  ...publicOf(keys),
  signed(keys.identity, labelled('dev-cert', anchor, ...publicOf(keys))),
]
