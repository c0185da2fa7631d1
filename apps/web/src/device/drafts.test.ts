// @vitest-environment happy-dom
/** Half-typed words over a lock, with a real device behind a port as in the browser. */
import { expose } from 'comlink'
import { expect, it, vi } from 'vitest'
import { err, must } from '@alongside/base/result.ts'
import { systemClock, systemRandom } from '@alongside/base/world.ts'
import { createAlongside } from '@alongside/device/alongside.ts'
import { realNet } from '@alongside/device/net.ts'
import { memoryStore } from '@alongside/device/store/memory.ts'
import type { Store } from '@alongside/device/store/port.ts'
import { lockDevice, useDeviceAt, view } from './client.ts'
import { draftOf, forgetDrafts } from './drafts.ts'

const PASS = 'three blue boats'

/** Whether the disk takes anything in. */
let hasRoom = true
const memory = memoryStore()
const store: Store = {
  ...memory,
  write: (batch) => (hasRoom ? memory.write(batch) : Promise.resolve(err({ type: 'StorageFull' }))),
}

const becomes = (type: string): Promise<void> => vi.waitFor(() => expect(view.value.type).toBe(type))

it('nothing half typed can be read in the page while the device is locked, and all of it is back afterwards', async () => {
  const { device: _inner, ...api } = createAlongside(
    {
      store,
      net: realNet,
      clock: systemClock,
      random: systemRandom,
      argon: { memoryKiB: 64, iterations: 1, lanes: 1 },
      schedule: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    },
    { origin: 'https://relay.example', persisted: () => true },
  )
  const { port1, port2 } = new MessageChannel()
  expose(api, port1)
  await useDeviceAt(port2)
  must(await api.create({ name: 'Amal', language: 'en', passphrase: PASS }))
  await becomes('open')

  const room = draftOf('one/room')
  room.value = 'there was room'
  await vi.waitFor(async () => expect(must(await api.typed())).toEqual({ 'one/room': 'there was room' }))
  hasRoom = false
  const none = draftOf('one/none')
  none.value = 'there was none'
  await lockDevice()
  await becomes('locked')
  // a screen that asks now, with nobody's passphrase, is given nothing
  expect(draftOf('one/room').value).toBe('')
  expect(draftOf('one/none').value).toBe('')

  must(await api.unlock(PASS))
  await becomes('open')
  await vi.waitFor(() => {
    expect(draftOf('one/room').value).toBe('there was room')
    expect(draftOf('one/none').value).toBe('there was none')
  })
  hasRoom = true
  draftOf('one/none').value = 'and now there is'
  await vi.waitFor(async () => expect(must(await api.typed())['one/none']).toBe('and now there is'))
  forgetDrafts('one/')
  await vi.waitFor(async () => expect(must(await api.typed())).toEqual({}))
  port1.close()
  port2.close()
})
