/** `GET /health`: whether the relay is up, for whoever watches it. Says nothing else. */
import { WIRE_VERSION } from '@alongside/wire/version.ts'
import { page, type Route } from '../reply.ts'

export const healthRoute: Route = {
  method: 'GET',
  path: /^\/health$/,
  handle: async () => page(200, 'application/json', JSON.stringify({ ok: true, version: WIRE_VERSION })),
}
