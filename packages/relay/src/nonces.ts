/**
 * Nonces for signed HTTP requests: u64be(expiry, ms) ‖ 16 random ‖ HMAC-SHA-256, good for two minutes and once. They
 * spare the relay a table and the device a right clock. The key is made at start and never written down, so a restart
 * ends every nonce. Source: protocol section 2.16.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { concat, toHex, u64, type Bytes } from '@alongside/base/bytes.ts'
import { T } from '@alongside/base/label.ts'
import type { Clock, Random } from '@alongside/base/world.ts'
import { NONCE_BYTES } from '@alongside/wire/http.ts'
import { NONCE_LIFE_MS } from '@alongside/wire/limits.ts'

export interface Nonces {
  /** A fresh one, 56 bytes. */
  make(): Bytes
  /** Whether it is ours, still good and unused; it is used from then on. */
  use(nonce: Uint8Array): boolean
}

export function createNonces(clock: Clock, random: Random): Nonces {
  const secret = random.bytes(32)
  const mac = (body: Uint8Array) => new Uint8Array(createHmac('sha256', secret).update(T('relay-nonce', body)).digest())
  let used = new Map<string, number>()
  return {
    make() {
      const body = concat(u64(clock.now() + NONCE_LIFE_MS), random.bytes(16))
      return concat(body, mac(body))
    },
    use(nonce) {
      if (nonce.length !== NONCE_BYTES) return false
      const body = nonce.subarray(0, 24)
      if (!timingSafeEqual(mac(body), nonce.subarray(24))) return false
      const expiry = Number(new DataView(nonce.buffer, nonce.byteOffset, 8).getBigUint64(0))
      const now = clock.now()
      const name = toHex(nonce)
      if (expiry < now || used.has(name)) return false
      if (used.size > 10_000) used = new Map([...used].filter(([, until]) => until >= now))
      used.set(name, expiry)
      return true
    },
  }
}
