/**
 * What a worker of the name `invented` does: it holds one invented device, the real device on a store in memory, over the
 * real network. It is gone with its page. Nothing here opens this browser's own storage.
 */
import { expose } from 'comlink'
import { systemClock, systemRandom } from '@alongside/base/world.ts'
import { createAlongside } from '@alongside/device/alongside.ts'
import { realNet, realSchedule } from '@alongside/device/net.ts'
import { memoryStore } from '@alongside/device/store/memory.ts'
import { ARGON_FLOOR } from '@alongside/device/vault.ts'
import { marked } from './marked.ts'
import type { ToDevice } from './seats.ts'

let behind = 0
let mark = ''

const { device: _inner, ...whole } = createAlongside(
  {
    store: memoryStore(),
    net: realNet,
    clock: { now: () => systemClock.now() - behind },
    random: systemRandom,
    argon: ARGON_FLOOR,
    schedule: realSchedule,
  },
  { origin: self.location.origin, persisted: () => true },
)
const api = marked(whole, () => mark)

self.addEventListener('message', ({ data, ports }: MessageEvent<ToDevice>) => {
  switch (data.type) {
    case 'connect':
      if (ports[0] !== undefined) expose(api, ports[0])
      break
    case 'behind':
      behind = data.ms
      break
    case 'mark':
      mark = data.words
      break
  }
})
postMessage('ready')
