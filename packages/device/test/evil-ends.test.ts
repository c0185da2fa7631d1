/**
 * What a relay can do around removing, restoring and moving: show a person who was removed more than they may read, come
 * back with an old copy, or answer under another key. Source: protocol section 4, tests 14, 97, 98 and 99.
 */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { startRelay } from '@alongside/relay/server.ts'
import { startTestRelay, testConfig, type TestRelay } from '@alongside/relay/testing/relay.ts'
import {
  alarmsOf,
  areSame,
  endCircle,
  evilCircle,
  inStep,
  isAway,
  isSent,
  say,
  viewed,
  type EvilCircle,
} from '../src/testing/evil-circle.ts'
import * as pairs from '../src/testing/pair.ts'
import { agenda, item, PASS, reopen, someId, type Pair, type Side } from '../src/testing/pair.ts'
import { testWorld, until } from '../src/testing/world.ts'

describe('somebody who was removed', () => {
  let circle: EvilCircle
  beforeEach(async () => {
    circle = await evilCircle()
  }, 60_000)
  afterEach(() => endCircle(circle))

  it('ADV-14 and is shown by the relay what came later learns that they are out, and nothing of what was written since', async () => {
    const { evil, box, amal, bea } = circle
    await say(amal, 'before')
    await inStep(circle)
    isAway(bea, true)
    await say(bea, 'mine, not sent')
    must(await amal.device.remove(amal.circle.id, bea.circle.me, PASS))
    await until(circle.time, 'removed', () => !viewed(amal).stopping && isSent(amal))
    await say(amal, 'between the two of us')
    await until(circle.time, 'sent', () => isSent(amal))
    // the relay keeps Bea’s old capability as good as new, and shows her everything
    await evil.reopenTo(box, bea.circle.capability().index, ['bea'])
    isAway(bea, false)
    await until(circle.time, 'Bea knows', () => bea.circle.now().meta.over !== null)
    expect(viewed(bea).phase).toBe('removedMe')
    const kept = await evil.record(box)
    expect((await evil.record(box, 'bea')).slice(0, kept.length)).toEqual(kept)
    expect(JSON.stringify(viewed(bea))).not.toContain('between the two of us')
    expect(bea.circle.secrets().size).toBe(0)
    expect(agenda(amal.circle)).toEqual(['before', 'between the two of us'])
    expect(alarmsOf(amal)).toEqual([])
  })
})

describe('a relay that comes back otherwise', () => {
  let relay: TestRelay
  let both: Pair
  const ends: (() => Promise<unknown>)[] = []

  beforeEach(async () => {
    relay = await startTestRelay()
    both = await pairs.pair(relay)
  }, 60_000)
  afterEach(async () => {
    for (const { core } of [both.amal, both.bea]) await core.close()
    for (const end of ends.splice(0)) await end()
    await relay.remove()
  })

  /** A copy of the relay's folder as it is, with or without its key, served at another address. */
  async function another(withKey: boolean) {
    const folder = `${relay.folder}-${ends.length}`
    cpSync(relay.folder, folder, { recursive: true })
    if (!withKey) rmSync(join(folder, 'relay.key'))
    const started = await startRelay(testConfig(folder), { report: () => undefined })
    ends.push(async () => {
      await started.close()
      rmSync(folder, { recursive: true })
    })
    return started
  }
  const sides = (): readonly Side[] => [both.amal, both.bea]
  function goTo(url: string): void {
    for (const { world } of sides()) {
      world.net.movedTo = url
      world.net.isUp = true
      world.net.cut()
    }
  }
  function allAway(): void {
    for (const side of sides()) isAway(side, true)
  }

  it('ADV-97 from last night’s backup is given back what it lost, by whoever comes first, to the very same head', async () => {
    must(await both.amal.circle.act([item(1)]))
    await pairs.inStep(both)
    await relay.close()
    const backup = await another(true)
    relay = await relay.restart()
    goTo(relay.url)
    for (let i = 2; i <= 30; i++) must(await (i % 2 === 0 ? both.amal : both.bea).circle.act([item(i)]))
    await pairs.inStep(both)
    const { head, seq } = both.amal.circle.now().confirmed
    allAway()
    goTo(backup.url)
    const noticed = () => sides().some((side) => alarmsOf(side).includes('RolledBack'))
    await until(both.time, 'noticed', noticed)
    await pairs.inStep(both)
    const { circle } = both.amal
    let stands = { seq: 0, hash: new Uint8Array() }
    await until(both.time, 'given back', () => {
      const { index } = circle.capability()
      void backup.store.boxes.access(circle.boxId, index).then((access) => (stands = access?.readable ?? stands))
      return stands.seq >= seq
    })
    expect(stands).toEqual({ seq, hash: head })
    expect(
      sides()
        .flatMap(alarmsOf)
        .every((alarm) => alarm === 'RolledBack'),
    ).toBe(true)
    expect(areSame(both.amal, both.bea)).toBe(true)
    must(await both.bea.circle.act([item(99)]))
    await pairs.inStep(both)
    expect(agenda(both.amal.circle).length).toBe(31)
  })

  it('ADV-98 moved with its key goes on with the unchanged chain; under another key it is refused and nothing is lost', async () => {
    must(await both.amal.circle.act([item(1)]))
    await pairs.inStep(both)
    const { head } = both.amal.circle.now().confirmed
    allAway()
    await relay.close()
    const stranger = await another(false)
    const moved = await another(true)
    goTo(stranger.url)
    must(await both.amal.circle.act([item(2)]))
    await until(both.time, 'refused', () => sides().every((side) => viewed(side).sync.connection === 'refused'))
    expect(viewed(both.amal).sync.waiting).toBe(1)
    expect(agenda(both.amal.circle)).toEqual(['item 1', 'item 2'])
    expect(both.bea.circle.now().confirmed.head).toEqual(head)
    for (const side of sides()) {
      const world = testWorld(both.time, side.world.disk)
      world.net.movedTo = moved.url
      await reopen(side, both.time, world)
    }
    await pairs.inStep(both)
    expect(sides().map((side) => agenda(side.circle))).toEqual([
      ['item 1', 'item 2'],
      ['item 1', 'item 2'],
    ])
    expect(sides().flatMap(alarmsOf)).toEqual([])
    expect(areSame(both.amal, both.bea)).toBe(true)
    relay = await relay.restart()
  })

  it('ADV-99 with the clock of a phone in 1970 or in 2100 unlocking, syncing and agreeing work; only the shown time differs', async () => {
    const { amal, bea, time } = both
    const line = (id: number): PracticeEvent => ({
      type: 'LineProposed',
      line: someId(id),
      section: 1,
      text: 'We start on time.',
      language: 'en',
      second: null,
      asks: [bea.circle.me],
      refusable: true,
      why: '',
      review: null,
      replaces: null,
      ready: null,
    })
    for (const [i, year] of [1970, 2100].entries()) {
      const skew = Date.UTC(year, 0, 1) - time.ms
      await reopen(bea, time, { ...testWorld(time, bea.world.disk), clock: { now: () => time.ms + skew } })
      must(await amal.circle.act([line(i)]))
      await pairs.inStep(both)
      must(await bea.circle.act([{ type: 'LineAccepted', line: someId(i) }]))
      await pairs.inStep(both)
      for (const side of sides()) expect(viewed(side).state.agreement.lines[someId(i)]?.status).toBe('live')
      const last = bea.circle.now().outcomes.at(-1)?.entry?.body.t ?? -1
      expect(last === 0).toBe(year === 1970) // minutes since 2020, for showing only
    }
    expect(sides().flatMap(alarmsOf)).toEqual([])
    expect(areSame(amal, bea)).toBe(true)
  })
})
