/** A worker of the page that opens records: reads ahead for the device, or does what the raw limit does. */
import { serveChecks } from '@alongside/device/check-thread.ts'
import type { CheckJob } from '@alongside/record/check.ts'
import { rawOpen, type RawJob } from '../lib/raw-open.ts'

const keys = new Map<string, Promise<CryptoKey>>()

async function verify(
  publicKey: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
) {
  const name = String.fromCharCode(...publicKey)
  const key = keys.get(name) ?? crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
  keys.set(name, key)
  return crypto.subtle.verify('Ed25519', await key, signature, message)
}

const serve = serveChecks((checked, give) => postMessage(checked, { transfer: [...give] }))
addEventListener('message', ({ data }: MessageEvent<CheckJob | RawJob>) => {
  if ('circleId' in data) void rawOpen(data, verify).then((right) => postMessage(right))
  else serve(data)
})
