/** `GET /v1/relay`: the relay's public key, its version, and whether founding needs a code. `GET /v1/nonce`: a nonce. */
import { relayInfo } from '@alongside/wire/http.ts'
import { WIRE_VERSION } from '@alongside/wire/version.ts'
import type { Permit } from '../permit.ts'
import type { RelayKey } from '../keys.ts'
import type { Nonces } from '../nonces.ts'
import { answer, type Route } from '../reply.ts'

export const relayInfoRoute = (key: RelayKey, permit: Permit): Route => ({
  method: 'GET',
  path: /^\/v1\/relay$/,
  handle: async () =>
    answer(relayInfo.encode({ version: WIRE_VERSION, relayPk: key.publicKey, codeNeeded: permit.isNeeded })),
})

export const nonceRoute = (nonces: Nonces): Route => ({
  method: 'GET',
  path: /^\/v1\/nonce$/,
  handle: async () => answer(nonces.make()),
})
