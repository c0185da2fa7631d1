import { cpSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toHex, utf8 } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { startRelay } from '@alongside/relay/server.ts'
import { startTestRelay, testConfig, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { decodeRelayFrame } from '@alongside/wire/messages.ts'
import { faultyStore, type Fault, type Faulty } from '../store/faults.ts'
import type { Disk } from '../store/memory.ts'
import { agenda, inStep, item, pair, reopen, type Pair, type Side } from '../testing/pair.ts'
import { testWorld, until } from '../testing/world.ts'
import { viewOf, noExtras } from './view.ts'

let relay: TestRelay
let both: Pair

beforeEach(async () => {
  relay = await startTestRelay()
  both = await pair(relay)
})

afterEach(async () => {
  void both.amal.core.close() // a device that died never finishes
  void both.bea.core.close()
  await relay.remove().catch(() => undefined) // a test may have closed it
})

const same = () => {
  const [a, b] = [both.amal.circle.now(), both.bea.circle.now()]
  expect(a.confirmed.head).toEqual(b.confirmed.head)
  expect(a.state).toEqual(b.state)
  expect([...a.confirmed.alarms, ...a.alarms, ...b.confirmed.alarms, ...b.alarms]).toEqual([])
}

const viewed = (side: Side) => viewOf(side.circle, noExtras)

describe('two devices and a relay', () => {
  it('what one says the other has, in the same order, with the same head and state', async () => {
    must(await both.amal.circle.act([item(1)]))
    must(await both.bea.circle.act([item(2)]))
    await inStep(both)
    expect(agenda(both.amal.circle).length).toBe(2)
    same()
  })

  it('shows what was said here at once, and how far it went only when that is known', async () => {
    both.amal.world.net.isUp = false
    both.amal.world.net.cut()
    must(await both.amal.circle.act([item(1)]))
    const { state, sync } = viewed(both.amal)
    const seq = Object.values(state.encounter.agenda)[0]?.seq ?? 0
    expect(sync).toMatchObject({ connection: 'offline', waiting: 1 })
    expect(seq).toBeGreaterThan(sync.head)
    both.amal.world.net.isUp = true
    await inStep(both)
    expect(viewed(both.amal).sync.head).toBeGreaterThanOrEqual(seq)
    expect(viewed(both.amal).sync.seen[both.bea.circle.me]).toBeLessThan(seq)
    must(await both.bea.circle.act([item(2)]))
    await inStep(both)
    expect(viewed(both.amal).sync.seen[both.bea.circle.me]).toBeGreaterThanOrEqual(seq)
  })

  it('whoever wrote an entry has it, and has nothing more for that', async () => {
    const { amal, bea } = both
    bea.world.net.toRelay = () => null // what Bea says does not arrive for now
    must(await bea.circle.act([item(1, 'from Bea')]))
    bea.world.net.toRelay = (bytes) => bytes
    bea.world.net.isUp = false
    bea.world.net.cut()
    must(await amal.circle.act([item(2, 'from Amal')]))
    await until(both.time, 'Amal has said it', () => amal.circle.now().outbox.entries.length === 0)
    const { seq } = amal.circle.now().confirmed
    bea.world.net.isUp = true
    await inStep(both)
    // Bea's entry stands behind one that she had not seen when she wrote it
    expect(agenda(amal.circle)).toEqual(['from Amal', 'from Bea'])
    expect(viewed(amal).sync.seen[bea.circle.me]).toBeLessThan(seq)
    must(await bea.circle.act([item(3), item(4)]))
    await inStep(both)
    expect(viewed(amal).sync.seen[bea.circle.me]).toBe(amal.circle.now().confirmed.seq)
  })

  it('goes on when the clock is set to another century and back while there is no line', async () => {
    const { amal, time } = both
    let skew = 0
    await reopen(amal, time, { ...testWorld(time, amal.world.disk), clock: { now: () => time.ms + skew } })
    amal.circle.connect()
    await inStep(both)
    const century = 100 * 365 * 86_400_000
    for (const set of [century, -century, 0]) {
      amal.world.net.isUp = false
      amal.world.net.cut()
      await until(time, 'it waits to try again', () => viewed(amal).sync.retryAt !== null)
      skew = set
      must(await amal.circle.act([item(set + century + 1)]))
      amal.world.net.isUp = true
      await inStep(both)
    }
    expect(agenda(both.bea.circle).length).toBe(3)
  })

  it('refuses with the rule that says why, and then nothing was said', async () => {
    must(await both.amal.circle.act([item(1)]))
    const again = await both.amal.circle.act([item(2), item(1)])
    expect(again.ok).toBe(false)
    if (!again.ok) expect(again.error.type).toBe('RuleRefused')
    await inStep(both)
    expect(agenda(both.bea.circle)).toEqual(['item 1'])
  })

  it('judges shape and size before anything is signed', async () => {
    expect(await both.amal.circle.act([item(1, 'x'.repeat(100_000))])).toMatchObject({
      ok: false,
      error: { type: 'WrongShape' },
    })
    expect(both.amal.circle.now().outbox.entries).toEqual([])
  })

  it('ADV-84 two devices offline with a hundred sayings each end at the same head and state', async () => {
    for (const side of [both.amal, both.bea]) {
      side.world.net.isUp = false
      side.world.net.cut()
    }
    for (let i = 0; i < 100; i++) {
      must(await both.amal.circle.act([item(1_000 + i)]))
      must(await both.bea.circle.act([item(2_000 + i)]))
    }
    both.bea.world.net.isUp = true
    both.amal.world.net.isUp = true
    await inStep(both)
    expect(new Set(agenda(both.amal.circle)).size).toBe(200)
    same()
  })

  it('ADV-99 a phone whose clock is in 1970 or in 2150 is heard like every other', async () => {
    for (const [i, year] of [1970, 2150].entries()) {
      both.time.ms = Date.UTC(year, 0, 1)
      must(await both.amal.circle.act([item(10 + i)]))
      must(await both.bea.circle.act([item(20 + i)]))
      await inStep(both)
    }
    expect(agenda(both.bea.circle).length).toBe(4)
    same()
  })

  it('a person without anybody else keeps a circle of one, that no relay hears of', async () => {
    const { own } = both.amal.core
    must(await own.act([{ type: 'PrivateNoteKept', note: '0'.repeat(32), text: 'only mine', about: null }]))
    expect(own.now().phase).toBe('open')
    expect(own.now().outbox.entries).toEqual([])
    await reopen(both.amal, both.time)
    expect(both.amal.core.own.state().own).toEqual(own.state().own)
  })
})

describe('a line that breaks', () => {
  it('cut before any one message, everything arrives once', async () => {
    for (let at = 1; at <= 30; at++) {
      const { net } = both.amal.world
      net.cutAt = net.carried + at
      must(await both.amal.circle.act([item(at * 2)]))
      must(await both.bea.circle.act([item(at * 2 + 1)]))
      await until(both.time, 'the cut came', () => net.cutAt === null || net.carried > 0)
      await inStep(both)
    }
    expect(agenda(both.amal.circle).length).toBe(60)
    same()
  })

  it('that repeats every message of the relay, changes nothing', async () => {
    both.amal.world.net.repeats = true
    both.amal.world.net.cut()
    for (let i = 1; i <= 5; i++) must(await both.amal.circle.act([item(i)]))
    await inStep(both)
    expect(agenda(both.bea.circle).length).toBe(5)
    same()
  })

  it('hung up and taken up again while entries are being placed, takes each once', async () => {
    for (let i = 1; i <= 20; i++) {
      must(await both.bea.circle.act([item(i)]))
      both.amal.circle.disconnect()
      both.amal.circle.connect()
    }
    await until(both.time, 'there again', () => both.amal.circle.now().link !== null)
    await inStep(both)
    expect(agenda(both.amal.circle).length).toBe(20)
    same()
  })

  it('to a relay that goes away and comes back, is taken up again', async () => {
    both.amal.world.net.isUp = false
    both.amal.world.net.cut()
    must(await both.amal.circle.act([item(1)]))
    await until(both.time, 'it waits', () => viewed(both.amal).sync.retryAt !== null)
    both.time.pass(600_000)
    both.amal.world.net.isUp = true
    await inStep(both)
    same()
  })
})

describe('a device that stops anywhere', () => {
  it('ADV-93 killed at each store write, before or after it was kept: no counter twice, nothing lost or doubled', async () => {
    let number = 0
    const said: string[] = []
    for (const fault of ['diesBefore', 'diesAfter'] as const satisfies readonly Fault[]) {
      for (let nth = 1; nth <= 8; nth++) {
        const world = testWorld(both.time, both.amal.world.disk, (store) => faultyStore(store, nth, fault))
        await reopen(both.amal, both.time, world)
        const { circle } = both.amal
        const isDead = () => 'dead' in world.store && (world.store as Faulty).dead()
        while (!isDead()) {
          const text = `said ${++number}`
          void circle.act([item(number, text)]).then((done) => done.ok && said.push(text))
          must(await both.bea.circle.act([item(10_000 + number)]))
          await until(both.time, 'a write more', () => isDead() || both.bea.circle.now().outbox.entries.length === 0)
        }
        await reopen(both.amal, both.time)
        await inStep(both)
        same()
      }
    }
    const all = agenda(both.bea.circle)
    expect(new Set(all).size).toBe(all.length)
    for (const text of said) expect(all).toContain(text)
  })

  it('ADV-96 a full disk refuses before anything is used, and the next saying works', async () => {
    const world = testWorld(both.time, both.amal.world.disk, (store) => faultyStore(store, 1, 'full'))
    await reopen(both.amal, both.time, world)
    expect(await both.amal.circle.act([item(1)])).toEqual({ ok: false, error: { type: 'StorageFull' } })
    must(await both.amal.circle.act([item(2)]))
    await inStep(both)
    expect(agenda(both.bea.circle)).toEqual(['item 2'])
    same()
  })

  it('a full disk while hearing loses nothing: it is written when there is room, or read again', async () => {
    for (let nth = 1; nth <= 4; nth++) {
      const world = testWorld(both.time, both.bea.world.disk, (store) => faultyStore(store, nth, 'full'))
      await reopen(both.bea, both.time, world)
      for (let i = 0; i < 3; i++) {
        must(await both.amal.circle.act([item(nth * 10 + i)]))
        const said = await both.bea.circle.act([item(nth * 100 + i)])
        if (!said.ok) expect(said.error).toEqual({ type: 'StorageFull' })
      }
      await inStep(both)
      await reopen(both.bea, both.time)
      await inStep(both)
      same()
    }
  })

  it('ADV-67 a device restored from a backup notices and signs nothing more', async () => {
    const backup: Disk = new Map([...both.amal.world.disk].map(([key, value]) => [key, value.slice()]))
    must(await both.amal.circle.act([item(1)]))
    await inStep(both)
    await reopen(both.amal, both.time, testWorld(both.time, backup))
    await until(both.time, 'it has noticed', () => both.amal.circle.now().meta.isCopied)
    expect(await both.amal.circle.act([item(2)])).toEqual({ ok: false, error: { type: 'DeviceCopied' } })
    expect(viewed(both.amal).alarms).toContainEqual({ type: 'Cloned', device: both.amal.circle.device })
    await inStep(both)
    expect(agenda(both.amal.circle)).toEqual(['item 1'])
  })

  it('ADV-70 a locked store shows nothing that was said and no name, in UTF-8, UTF-16 or keys', async () => {
    must(await both.amal.circle.act([item(1, 'the blue door on Canal Street')]))
    await inStep(both)
    for (const { world } of [both.amal, both.bea])
      for (const text of ['blue door', 'Canal', 'Amal', 'Bea', both.amal.circle.id, both.amal.circle.boxId]) {
        const wide = toHex(Uint8Array.from(Array.from(text, (c) => [c.charCodeAt(0), 0]).flat()))
        for (const [key, value] of world.disk) {
          const hex = toHex(value)
          expect(key.includes(text) || hex.includes(toHex(utf8(text))) || hex.includes(wide)).toBe(false)
        }
      }
    expect(relay.isOnDisk('blue door')).toBe(false)
  })
})

describe('a relay that lies', () => {
  it('ADV-12 an append acknowledged without a right receipt stays queued, and arrives once the relay is honest', async () => {
    let lies = 0
    both.amal.world.net.fromRelay = (bytes) => {
      const frame = decodeRelayFrame(bytes)
      if (!frame.ok || frame.value.type !== 'appended') return bytes
      lies++
      const forged = bytes.slice()
      forged[5 + 40] = (forged[5 + 40] as number) ^ 1 // inside the receipt
      return forged
    }
    must(await both.amal.circle.act([item(1)]))
    await until(both.time, 'it lied', () => lies > 0)
    both.amal.world.net.fromRelay = (bytes) => bytes
    await inStep(both)
    expect(agenda(both.bea.circle)).toEqual(['item 1'])
    same()
  })

  it('ADV-16 an envelope that was exchanged on the way shows as a fork at its position, and nothing after it is taken', async () => {
    const before = both.bea.circle.now().confirmed.seq
    both.bea.world.net.isUp = false
    both.bea.world.net.cut()
    must(await both.amal.circle.act([item(1), item(2)]))
    await until(both.time, 'sent', () => both.amal.circle.now().outbox.entries.length === 0)
    both.bea.world.net.fromRelay = (bytes) => {
      const frame = decodeRelayFrame(bytes)
      if (frame.ok && frame.value.type === 'entries') bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1
      return bytes
    }
    both.bea.world.net.isUp = true
    await until(both.time, 'noticed', () => both.bea.circle.now().alarms.length > 0)
    expect(both.bea.circle.now().alarms).toEqual([{ type: 'Fork', seq: before + 2 }])
    expect(viewed(both.bea).alarms).toContainEqual({ type: 'Fork', seq: before + 2 })
    // reading and what binds nobody go on; what binds waits
    must(await both.bea.circle.act([item(3)]))
    expect(await both.bea.circle.act([{ type: 'LineAccepted', line: '0'.repeat(32) }])).toEqual({
      ok: false,
      error: { type: 'Frozen' },
    })
  })

  it('ADV-7 two records grown apart are noticed when they meet; nobody loses what they said', async () => {
    const sides = [both.amal, both.bea]
    for (const { world } of sides) {
      world.net.isUp = false
      world.net.cut()
    }
    await relay.close()
    const copy = `${relay.folder}-fork`
    cpSync(relay.folder, copy, { recursive: true })
    const one = await relay.restart()
    const two = await startRelay(testConfig(copy), { report: () => undefined })
    both.amal.world.net.movedTo = one.url
    both.bea.world.net.movedTo = two.url
    for (const { world } of sides) world.net.isUp = true
    for (let i = 1; i <= 50; i++) {
      must(await both.amal.circle.act([item(i, `Amal ${i}`)]))
      must(await both.bea.circle.act([item(1_000 + i, `Bea ${i}`)]))
    }
    const isSent = (side: Side) => side.circle.now().outbox.entries.length === 0
    await until(both.time, 'each is sent', () => sides.every(isSent))
    both.bea.world.net.movedTo = one.url
    both.bea.world.net.cut()
    await until(both.time, 'Bea notices', () => both.bea.circle.now().alarms.length > 0)
    expect(viewed(both.bea).alarms[0]?.type).toBe('Fork')
    expect(agenda(both.bea.circle).filter((text) => text.startsWith('Bea')).length).toBe(50)
    expect(agenda(both.amal.circle).length).toBe(50)
    must(await both.bea.circle.act([item(2_000, 'still mine to write')]))
    for (const { core } of sides) await core.close()
    await two.close()
    await one.remove()
    rmSync(copy, { recursive: true })
  })

  it('ADV-5 a relay that lost the end of the record is given it back, and the head is the same', async () => {
    must(await both.amal.circle.act([item(1)]))
    await inStep(both)
    const sides = [both.amal, both.bea]
    const away = (isAway: boolean) => {
      for (const { world } of sides) {
        world.net.isUp = !isAway
        if (isAway) world.net.cut()
      }
    }
    away(true)
    await relay.close()
    const backup = `${relay.folder}-backup`
    cpSync(relay.folder, backup, { recursive: true })
    const went = await relay.restart()
    for (const { world } of sides) world.net.movedTo = went.url
    away(false)
    for (let i = 2; i <= 40; i++) must(await both.amal.circle.act([item(i)]))
    must(await both.bea.circle.act([item(100)]))
    await inStep(both)
    const { head, seq } = both.amal.circle.now().confirmed
    away(true)
    await went.close()
    const restored = await startRelay(testConfig(backup), { report: () => undefined })
    for (const { world } of sides) world.net.movedTo = restored.url
    away(false)
    must(await both.amal.circle.act([item(200)]))
    await until(both.time, 'given back', () => both.amal.circle.now().outbox.entries.length === 0)
    await inStep(both)
    const alarms = sides.flatMap(({ circle }) => circle.now().alarms.map((alarm) => alarm.type))
    expect(new Set(alarms)).toEqual(new Set(['RolledBack'])) // whoever came back first gave it back
    expect(both.bea.circle.now().confirmed.seq).toBe(seq + 1)
    expect(agenda(both.bea.circle).length).toBe(42)
    expect(both.amal.circle.now().confirmed.head).toEqual(both.bea.circle.now().confirmed.head)
    expect(head).not.toEqual(both.amal.circle.now().confirmed.head)
    for (const { core } of sides) await core.close()
    await restored.close()
    rmSync(backup, { recursive: true })
  })
})
