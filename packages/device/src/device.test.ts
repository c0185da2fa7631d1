import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import type { DeviceView } from './api.ts'
import { noExtras } from './circle/view.ts'
import { createDevice, type Device, type Hooks } from './device.ts'
import { faultyStore, type Fault } from './store/faults.ts'
import { openIndexedDb } from './store/indexeddb.ts'
import type { Disk } from './store/memory.ts'
import { PASS } from './testing/pair.ts'
import { testWorld, TestTime, until } from './testing/world.ts'

const hooks: Hooks = {
  circle: () => noExtras,
  practitioner: () => ({ page: { draft: blankPage(), missing: [], savedAt: null }, places: [] }),
  opened: async () => () => undefined,
}

const blankPage = (): never => null as never

const AMAL = { name: 'Amal', language: 'ar', passphrase: PASS } as const

function fresh(disk: Disk = new Map(), wrap?: Parameters<typeof testWorld>[2]) {
  const time = new TestTime()
  const world = testWorld(time, disk, wrap)
  const device: Device = createDevice(world, hooks, { persisted: () => true })
  return { time, world, disk, device }
}

const last = async (device: Device): Promise<DeviceView> => {
  let shown: DeviceView = { type: 'starting' }
  await device.watch((view) => {
    shown = view
  })
  return shown
}

describe('a device', () => {
  it('is empty, then open, then locked with its language, then open with the same person', async () => {
    const { device } = fresh()
    expect(await last(device)).toEqual({ type: 'empty' })
    must(await device.create(AMAL))
    expect(device.view()).toMatchObject({ type: 'open', me: { name: 'Amal', language: 'ar', side: 'practitioner' } })
    await device.lock()
    expect(device.view()).toEqual({ type: 'locked', language: 'ar' })
    expect(await device.unlock('another phrase')).toEqual({ ok: false, error: { type: 'WrongPassphrase' } })
    must(await device.unlock(PASS))
    expect(device.view()).toMatchObject({ type: 'open', own: { phase: 'open' } })
  })

  it('lies in IndexedDB as well, and is whole when it is opened there again', async () => {
    const open = async () => {
      const store = must(await openIndexedDb('a device'))
      return createDevice({ ...testWorld(new TestTime()), store }, hooks, { persisted: () => true })
    }
    const first = await open()
    must(await first.create(AMAL))
    const note = { type: 'PrivateNoteKept' as const, note: '1'.repeat(32), text: 'mine', about: null }
    must((await first.core()?.own.act([note])) ?? { ok: false, error: 'locked' })
    await first.lock()
    const second = await open()
    must(await second.unlock(PASS))
    expect(second.core()?.own.state().own).toMatchObject({ notes: { ['1'.repeat(32)]: { text: 'mine' } } })
    await second.wipe()
    expect(await last(second)).toEqual({ type: 'empty' })
  })

  it('keeps what is being typed, sealed, until it is let go of', async () => {
    const { device, disk } = fresh()
    expect(await device.typed()).toEqual({ ok: false, error: { type: 'Locked' } })
    must(await device.create(AMAL))
    must(await device.keepTyped({ 'form/words': 'half a sentence', 'form/day': '2030-01-10' }))
    await device.lock()
    expect(await device.keepTyped({ 'form/words': 'too late' })).toEqual({ ok: false, error: { type: 'Locked' } })
    expect([...disk.values()].some((bytes) => Buffer.from(bytes).includes('half a'))).toBe(false)
    must(await device.unlock(PASS))
    expect(must(await device.typed())).toEqual({ 'form/words': 'half a sentence', 'form/day': '2030-01-10' })
    must(await device.keepTyped({ 'form/words': null }))
    expect(must(await device.typed())).toEqual({ 'form/day': '2030-01-10' })
  })

  it('seals what there is no room for, so that only this device, unlocked, reads it again', async () => {
    const { device } = fresh()
    must(await device.create(AMAL))
    const texts = { 'form/words': 'half a sentence', 'form/day': '2030-01-10' }
    const sealed = must(await device.sealTyped(texts))
    expect(Buffer.from(sealed).includes('half a')).toBe(false)
    await device.lock()
    expect(await device.openTyped(sealed)).toEqual({ ok: false, error: { type: 'Locked' } })
    must(await device.unlock(PASS))
    expect(must(await device.openTyped(sealed))).toEqual(texts)
    const other = fresh().device
    must(await other.create(AMAL))
    expect(must(await other.openTyped(sealed))).toEqual({})
  })

  it('answers every act with Locked while it is locked', async () => {
    const { device } = fresh()
    must(await device.create(AMAL))
    const id = device.core()?.own.id ?? ''
    await device.lock()
    const locked = { ok: false, error: { type: 'Locked' } }
    expect(await device.act(id, [])).toEqual(locked)
    expect(await device.leave(id)).toEqual(locked)
    expect(await device.remove(id, id, PASS)).toEqual(locked)
    expect(await device.changeSettings({ textSize: 1.5 })).toEqual(locked)
  })

  it('is not set up again over what is there', async () => {
    const { device, disk } = fresh()
    must(await device.create(AMAL))
    await device.lock()
    const other = fresh(disk)
    expect(await other.device.create({ ...AMAL, name: 'Other' })).toEqual({ ok: false, error: { type: 'Locked' } })
    must(await other.device.unlock(PASS))
    expect(other.device.view()).toMatchObject({ me: { name: 'Amal' } })
  })

  it('keeps settings, and asks in the new language when locked', async () => {
    const { device, disk } = fresh()
    must(await device.create(AMAL))
    must(await device.changeSettings({ language: 'es', textSize: 1.5, leaveTo: 'https://weather.example' }))
    await device.lock()
    expect(device.view()).toEqual({ type: 'locked', language: 'es' })
    const again = fresh(disk).device
    must(await again.unlock(PASS))
    const view = again.view()
    expect(view.type === 'open' && view.settings).toMatchObject({
      language: 'es',
      numerals: null,
      textSize: 1.5,
      leaveTo: 'https://weather.example',
    })
  })

  it('leaves nothing after a wipe', async () => {
    const { device, disk } = fresh()
    must(await device.create(AMAL))
    await device.wipe()
    expect(disk.size).toBe(0)
    expect(device.view()).toEqual({ type: 'empty' })
  })

  it('killed at any write while it is set up is either empty or whole', async () => {
    for (const fault of ['diesBefore', 'diesAfter'] as const satisfies readonly Fault[])
      for (let nth = 1; nth <= 3; nth++) {
        const { device, disk, world } = fresh(new Map(), (store) => faultyStore(store, nth, fault))
        const time = new TestTime()
        let isDone = false
        void device.create(AMAL).then(() => (isDone = true))
        await until(
          time,
          'done or dead',
          () => isDone || ('dead' in world.store && (world.store as { dead(): boolean }).dead()),
        )
        const again = fresh(disk).device
        const view = await last(again)
        if (view.type === 'empty') must(await again.create(AMAL))
        else must(await again.unlock(PASS))
        expect(again.view()).toMatchObject({ type: 'open', own: { phase: 'open' } })
      }
  })

  it('with a full disk is not begun, and begins when there is room', async () => {
    for (let nth = 1; nth <= 2; nth++) {
      const { device } = fresh(new Map(), (store) => faultyStore(store, nth, 'full'))
      expect(await device.create(AMAL)).toEqual({ ok: false, error: { type: 'StorageFull' } })
      must(await device.create(AMAL))
      expect(device.view().type).toBe('open')
    }
  })

  it('shows one view for many changes', async () => {
    const { device, time } = fresh()
    must(await device.create(AMAL))
    let shown = 0
    await device.watch(() => shown++)
    const { own } = device.core() ?? { own: null }
    const note = (n: number) => ({
      type: 'PrivateNoteKept' as const,
      note: n.toString(16).padStart(32, '0'),
      text: 'x',
      about: null,
    })
    for (let i = 0; i < 5; i++) must((await own?.act([note(i)])) ?? { ok: false, error: 'locked' })
    const before = shown
    time.pass(100)
    expect(shown).toBe(before + 1)
  })
})
