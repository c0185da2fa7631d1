/**
 * A second, plain way to every byte: Node's own primitives and layouts written out by hand from `SPEC.md`, RFC 9180 and the
 * XChaCha draft. It shares no code with the record, is slow, and is only for comparing. Nothing here checks its input.
 */
import {
  createCipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  sign,
} from 'node:crypto'

export type Raw = Buffer

export const hexed = (text: string): Raw => Buffer.from(text, 'hex')
export const words = (text: string): Raw => Buffer.from(text, 'utf8')
export const join = (...parts: readonly Uint8Array[]): Raw => Buffer.concat(parts)

/** A whole number as `size` bytes, big-endian. */
export function big(value: number, size: number): Raw {
  const made = Buffer.alloc(size)
  let left = BigInt(value)
  for (let i = size - 1; i >= 0; i--) {
    made[i] = Number(left & 255n)
    left >>= 8n
  }
  return made
}

/** `"alongside/1/" + label ‖ 0x00 ‖ for each part u32be(length) ‖ part` (protocol section 2.2). */
export const labelled = (label: string, ...parts: readonly Uint8Array[]): Raw =>
  join(words(`alongside/1/${label}`), Buffer.of(0), ...parts.flatMap((part) => [big(part.length, 4), part]))

export const sha = (data: Uint8Array): Raw => createHash('sha256').update(data).digest()
export const hmac = (key: Uint8Array, data: Uint8Array): Raw => createHmac('sha256', key).update(data).digest()

/** RFC 5869: extract, then expand. */
export const hkdf = (secret: Uint8Array, info: Uint8Array, size = 32, salt: Uint8Array = Buffer.alloc(32)): Raw =>
  expand(hmac(salt, secret), info, size)

function expand(prk: Uint8Array, info: Uint8Array, size: number): Raw {
  let made: Raw = Buffer.alloc(0)
  let block: Raw = Buffer.alloc(0)
  for (let i = 1; made.length < size; i++) {
    block = hmac(prk, join(block, info, Buffer.of(i)))
    made = join(made, block)
  }
  return made.subarray(0, size)
}

export interface Pair {
  readonly secret: Raw
  readonly open: Raw
}

const DER = { Ed25519: '70', X25519: '6e' } as const
type Curve = keyof typeof DER
const secretKey = (curve: Curve, secret: Uint8Array) =>
  createPrivateKey({
    key: join(hexed(`302e020100300506032b65${DER[curve]}04220420`), secret),
    format: 'der',
    type: 'pkcs8',
  })
const openKey = (curve: Curve, open: Uint8Array) =>
  createPublicKey({ key: join(hexed(`302a300506032b65${DER[curve]}032100`), open), format: 'der', type: 'spki' })

function pair(curve: Curve, secret: Uint8Array): Pair {
  const open = createPublicKey(secretKey(curve, secret)).export({ format: 'der', type: 'spki' }).subarray(12)
  return { secret: Buffer.from(secret), open }
}
export const signer = (secret: Uint8Array): Pair => pair('Ed25519', secret)
export const receiver = (secret: Uint8Array): Pair => pair('X25519', secret)
export const signed = (by: Pair, message: Uint8Array): Raw => sign(null, message, secretKey('Ed25519', by.secret))
export const shared = (secret: Uint8Array, open: Uint8Array): Raw =>
  diffieHellman({ privateKey: secretKey('X25519', secret), publicKey: openKey('X25519', open) })

/** HChaCha20 (draft-irtf-cfrg-xchacha section 2.2), in big and slow numbers. */
function hchacha(key: Uint8Array, nonce16: Uint8Array): Raw {
  const input = join(words('expand 32-byte k'), key, nonce16)
  const s = Array.from({ length: 16 }, (_, i) => input.readUInt32LE(i * 4))
  const at = (i: number): number => s[i] as number
  const turn = (value: number, by: number): number => ((value << by) | (value >>> (32 - by))) >>> 0
  const quarter = (a: number, b: number, c: number, d: number): void => {
    for (const [x, y, z, by] of [
      [a, b, d, 16],
      [c, d, b, 12],
      [a, b, d, 8],
      [c, d, b, 7],
    ] as const) {
      s[x] = (at(x) + at(y)) >>> 0
      s[z] = turn((at(z) ^ at(x)) >>> 0, by)
    }
  }
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 4; i++) quarter(i, 4 + i, 8 + i, 12 + i)
    for (let i = 0; i < 4; i++) quarter(i, 4 + ((i + 1) % 4), 8 + ((i + 2) % 4), 12 + ((i + 3) % 4))
  }
  const out = Buffer.alloc(32)
  for (const [place, i] of [0, 1, 2, 3, 12, 13, 14, 15].entries()) out.writeUInt32LE(at(i), place * 4)
  return out
}

/** ChaCha20-Poly1305 (RFC 8439) with a 12-byte nonce: ciphertext and tag. */
export function chachaSeal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, text: Uint8Array): Raw {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  cipher.setAAD(aad, { plaintextLength: text.length })
  return join(cipher.update(text), cipher.final(), cipher.getAuthTag())
}

/** XChaCha20-Poly1305 with a 24-byte nonce. */
export const xchachaSeal = (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, text: Uint8Array): Raw =>
  chachaSeal(hchacha(key, nonce.subarray(0, 16)), join(Buffer.alloc(4), nonce.subarray(16)), aad, text)

// RFC 9180: DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, ChaCha20-Poly1305 0x0003

const KEM_SUITE = join(words('KEM'), big(0x20, 2))
const HPKE_SUITE = join(words('HPKE'), big(0x20, 2), big(1, 2), big(3, 2))
const extractFor = (suite: Raw, salt: Uint8Array, label: string, ikm: Uint8Array): Raw =>
  hmac(salt, join(words('HPKE-v1'), suite, words(label), ikm))
const expandFor = (suite: Raw, prk: Uint8Array, label: string, info: Uint8Array, size: number): Raw =>
  expand(prk, join(big(size, 2), words('HPKE-v1'), suite, words(label), info), size)

export interface Bound {
  readonly info: Uint8Array
  readonly aad: Uint8Array
  readonly psk?: { readonly key: Uint8Array; readonly id: Uint8Array }
}

/** DeriveKeyPair of section 7.1.3. */
export const derivedPair = (ikm: Uint8Array): Pair =>
  receiver(expandFor(KEM_SUITE, extractFor(KEM_SUITE, Buffer.alloc(0), 'dkp_prk', ikm), 'sk', Buffer.alloc(0), 32))

/** KEM secret from a raw Diffie-Hellman value, and the key schedule of section 5.1: base mode, or PSK mode with one. */
export function scheduled(
  dh: Uint8Array,
  enc: Uint8Array,
  to: Uint8Array,
  bound: Bound,
): { readonly kemSecret: Raw; readonly key: Raw; readonly nonce: Raw } {
  const eae = extractFor(KEM_SUITE, Buffer.alloc(0), 'eae_prk', dh)
  const kemSecret = expandFor(KEM_SUITE, eae, 'shared_secret', join(enc, to), 32)
  const { key: psk, id } = bound.psk ?? { key: Buffer.alloc(0), id: Buffer.alloc(0) }
  const context = join(
    Buffer.of(bound.psk === undefined ? 0 : 1),
    extractFor(HPKE_SUITE, Buffer.alloc(0), 'psk_id_hash', id),
    extractFor(HPKE_SUITE, Buffer.alloc(0), 'info_hash', bound.info),
  )
  const secret = extractFor(HPKE_SUITE, kemSecret, 'secret', psk)
  return {
    kemSecret,
    key: expandFor(HPKE_SUITE, secret, 'key', context, 32),
    nonce: expandFor(HPKE_SUITE, secret, 'base_nonce', context, 12),
  }
}

/** `enc(32) ‖ ciphertext ‖ tag` for the key `to`, when the two sides' Diffie-Hellman value is `dh`. */
export function sealedWith(dh: Uint8Array, enc: Uint8Array, to: Uint8Array, text: Uint8Array, bound: Bound): Raw {
  const { key, nonce } = scheduled(dh, enc, to, bound)
  return join(enc, chachaSeal(key, nonce, bound.aad, text))
}

/** Single shot HPKE with the ephemeral pair derived from `ikm`. */
export function sealedTo(to: Uint8Array, text: Uint8Array, bound: Bound, ikm: Uint8Array): Raw {
  const ephemeral = derivedPair(ikm)
  return sealedWith(shared(ephemeral.secret, to), ephemeral.open, to, text, bound)
}

// Deterministic CBOR, written only (protocol section 2.2)

export type Item = number | boolean | null | string | Uint8Array | readonly Item[]

function head(major: number, size: number): Raw {
  const top = major << 5
  if (size < 24) return Buffer.of(top + size)
  if (size < 0x100) return join(Buffer.of(top + 24), big(size, 1))
  if (size < 0x10000) return join(Buffer.of(top + 25), big(size, 2))
  if (size < 0x100000000) return join(Buffer.of(top + 26), big(size, 4))
  return join(Buffer.of(top + 27), big(size, 8))
}

export function cbor(item: Item): Raw {
  if (item === null) return Buffer.of(0xf6)
  if (typeof item === 'boolean') return Buffer.of(item ? 0xf5 : 0xf4)
  if (typeof item === 'number') return head(0, item)
  if (typeof item === 'string') return join(head(3, words(item).length), words(item))
  if (item instanceof Uint8Array) return join(head(2, item.length), item)
  return join(head(4, item.length), ...item.map(cbor))
}

/** State, as its `[name, value]` lists in bytewise order of the name (protocol section 2.10). */
export interface Parts {
  readonly [name: string]: Item | Parts | readonly Parts[]
}
export const parts = (value: Parts): Item =>
  Object.keys(value)
    .sort((a, b) => Buffer.compare(words(a), words(b)))
    .map((name) => [name, plain(value[name] ?? null)])

function plain(value: Item | Parts | readonly Parts[]): Item {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
  return Array.isArray(value) ? value.map(plain) : parts(value as Parts)
}
