/**
 * RFC 9180, single shot: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, in base mode or with a pre-shared
 * key. A context is made for one message and thrown away. `ephemeral` fixes the sender's key pair (DeriveKeyPair of these
 * bytes), which is what lets everybody recompute a rekey; leave it out everywhere else.
 */
import { concat, type Bytes } from '@alongside/base/bytes.ts'
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { CipherSuite, HkdfSha256 } from '@hpke/core'
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519'

/** The encapsulated key (32 bytes) in front and the tag (16 bytes) behind. */
export const HPKE_OVERHEAD = 48

export interface HpkeBinding {
  /** A `T(...)` that names the purpose and everything the message is tied to. */
  readonly info: Uint8Array
  readonly aad: Uint8Array
  /** A secret of at least 32 bytes that both sides hold, and its name. */
  readonly psk?: { readonly key: Bytes; readonly id: Bytes }
}

const suite = () =>
  new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() })

const buffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer

const pskOf = (binding: HpkeBinding) =>
  binding.psk === undefined ? {} : { psk: { key: buffer(binding.psk.key), id: buffer(binding.psk.id) } }

/** Seals to a public key: `enc(32) ‖ ciphertext ‖ tag(16)`. The key must have passed `isSafeKemKey`; if not, it throws. */
export async function hpkeSeal(
  publicKey: Uint8Array,
  plaintext: Uint8Array,
  binding: HpkeBinding,
  ephemeral?: Uint8Array,
): Promise<Bytes> {
  const hpke = suite()
  const sealed = await hpke.seal(
    {
      recipientPublicKey: await hpke.kem.deserializePublicKey(buffer(publicKey)),
      info: buffer(binding.info),
      ...pskOf(binding),
      ...(ephemeral === undefined ? {} : { ekm: buffer(ephemeral) }),
    },
    buffer(plaintext),
    buffer(binding.aad),
  )
  return concat(new Uint8Array(sealed.enc), new Uint8Array(sealed.ct))
}

/** The plaintext, or null when these bytes were not sealed to this key with this binding. */
export async function hpkeOpen(secretKey: Uint8Array, sealed: Uint8Array, binding: HpkeBinding): Promise<Bytes | null> {
  if (sealed.length < HPKE_OVERHEAD) return null
  const hpke = suite()
  try {
    const plaintext = await hpke.open(
      {
        recipientKey: await hpke.kem.deserializePrivateKey(buffer(secretKey)),
        enc: buffer(sealed.subarray(0, 32)),
        info: buffer(binding.info),
        ...pskOf(binding),
      },
      buffer(sealed.subarray(32)),
      buffer(binding.aad),
    )
    return new Uint8Array(plaintext)
  } catch {
    return null
  }
}
