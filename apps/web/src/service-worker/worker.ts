/**
 * The service worker: opens the shell without a network. It keeps exactly the built files it was made with,
 * and of the languages only English and the one chosen on this device. It never touches `/v1` or anything
 * a record is made of, and answers every deep link with the one page there is.
 *
 * A new version waits until no tab uses the old one, so an open screen never meets files of another build.
 */
/// <reference lib="webworker" />
import { answerFor, type ShellList } from './answer.ts'

declare const self: ServiceWorkerGlobalScope
declare const __SHELL__: ShellList

const CACHE = `shell-${__SHELL__.version}`

async function keep(addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE)
  await Promise.all(
    addresses.map(async (address) => {
      if ((await cache.match(address)) === undefined) await cache.add(new Request(address, { cache: 'no-cache' }))
    }),
  )
}

self.addEventListener('install', (event) => {
  event.waitUntil(keep([...__SHELL__.shell, ...(__SHELL__.words['en'] ?? [])]))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})

self.addEventListener('message', (event) => {
  const asked: unknown = event.data
  if (typeof asked !== 'object' || asked === null || !('language' in asked) || typeof asked.language !== 'string')
    return
  // Without a network the language stays to be fetched when it is next asked for.
  event.waitUntil(keep(__SHELL__.words[asked.language] ?? []).catch(() => undefined))
})

self.addEventListener('fetch', (event) => {
  const answer = answerFor(__SHELL__, {
    method: event.request.method,
    mode: event.request.mode,
    url: event.request.url,
    origin: self.location.origin,
  })
  if (answer.type === 'network') return
  event.respondWith(
    (async () => {
      const kept = await (await caches.open(CACHE)).match(answer.address)
      return kept ?? fetch(event.request)
    })(),
  )
})
