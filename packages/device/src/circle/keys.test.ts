import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { decodeDeviceFrame, decodeRelayFrame, encodeDeviceFrame, encodeRelayFrame } from '@alongside/wire/messages.ts'
import { agenda, inStep, item, letIn, pair, PASS, reopen, type Pair, type Side } from '../testing/pair.ts'
import { testWorld, until } from '../testing/world.ts'
import { deepName } from './rows.ts'
import { noExtras, viewOf } from './view.ts'

let relay: TestRelay
let both: Pair

beforeEach(async () => {
  relay = await startTestRelay()
  both = await pair(relay)
})

afterEach(async () => {
  void both.amal.core.close()
  void both.bea.core.close()
  await relay.remove()
})

const away = (side: Side) => {
  side.world.net.isUp = false
  side.world.net.cut()
}
const back = (side: Side) => {
  side.world.net.isUp = true
}
const quiet = (side: Side) =>
  until(both.time, 'nothing waits', () => {
    const { outbox } = side.circle.now()
    return outbox.entries.length === 0 && outbox.batch === null && outbox.ops.length === 0
  })

describe('removing somebody', () => {
  it('needs the passphrase, and a wrong one changes nothing', async () => {
    const wrong = await both.amal.device.remove(both.amal.circle.id, both.bea.circle.me, 'another phrase')
    expect(wrong).toEqual({ ok: false, error: { type: 'WrongPassphrase' } })
    expect(both.amal.circle.now().outbox.batch).toBeNull()
  })

  it('works offline at once for this device, waits for the relay in words, and then shuts the other out', async () => {
    must(await both.amal.circle.act([item(1)]))
    await inStep(both)
    away(both.amal)
    must(await both.amal.device.remove(both.amal.circle.id, both.bea.circle.me, PASS))
    expect(both.amal.circle.state().people.members[both.bea.circle.me]?.status).toBe('removed')
    expect(both.amal.circle.now().outbox.batch).not.toBeNull()
    must(await both.amal.circle.act([item(2, 'only for us now')]))
    expect(both.amal.circle.now().outbox.entries.at(-1)?.envelope).toBeNull()
    back(both.amal)
    await quiet(both.amal)
    expect(both.amal.circle.now().confirmed.epoch).toBe(2)
    await until(both.time, 'Bea is out', () => both.bea.circle.now().phase === 'removedMe')
    await both.bea.circle.settled()
    expect(both.bea.circle.keys()).toBeNull()
    expect(both.bea.circle.secrets().size).toBe(0)
    expect(agenda(both.bea.circle)).toEqual([])
    expect(agenda(both.amal.circle)).toEqual(['item 1', 'only for us now'])
  })

  it('leaves nothing of the record with the one removed but their own words and what they declared', async () => {
    must(
      await both.bea.circle.act([
        {
          type: 'OutsideRecordDeclared',
          what: 'one form',
          where: 'office',
          source: 'law 1',
          until: null,
          required: true,
        },
        item(1, 'seen by both'),
      ]),
    )
    await inStep(both)
    must(await both.amal.device.remove(both.amal.circle.id, both.bea.circle.me, PASS))
    await until(both.time, 'Bea is out', () => both.bea.circle.now().meta.over === 'removedMe')
    await reopen(both.bea, both.time)
    const { kept, phase, meta } = both.bea.circle.now()
    expect(phase).toBe('removedMe')
    expect(kept.map((one) => one.event.type)).toEqual(['OutsideRecordDeclared'])
    expect(meta.secrets).toEqual([])
    const deep = must(await both.bea.core.vault.openDeep(PASS))
    expect(must(await deep.get(deepName(both.bea.circle.id)))).toBeNull()
    expect(await both.bea.circle.act([item(9)])).toEqual({ ok: false, error: { type: 'Frozen' } })
  })

  it('says that it stops until it has stopped, also when the relay turns the batch down', async () => {
    let refusals = 0
    both.amal.world.net.toRelay = (bytes) => {
      const frame = decodeDeviceFrame(bytes)
      if (!frame.ok || frame.value.type === 'append') return null
      if (frame.value.type !== 'rekey') return bytes
      return encodeDeviceFrame({ ...frame.value, body: { ...frame.value.body, ownerSig: new Uint8Array(64) } })
    }
    both.amal.world.net.fromRelay = (bytes) => {
      const frame = decodeRelayFrame(bytes)
      if (frame.ok && frame.value.type === 'refused') refusals++
      return bytes
    }
    must(await both.amal.device.remove(both.amal.circle.id, both.bea.circle.me, PASS))
    await until(both.time, 'it was turned down', () => refusals > 0 && both.amal.circle.now().outbox.batch === null)
    expect(viewOf(both.amal.circle, noExtras).stopping).toBe(true)
  })

  it('a second removal or new epoch waits for the first to reach the relay', async () => {
    away(both.amal)
    must(await both.amal.device.remove(both.amal.circle.id, both.bea.circle.me, PASS))
    const again = await both.amal.device.renewKeys(both.amal.circle.id, PASS)
    expect(again).toEqual({ ok: false, error: { type: 'RekeyWaiting' } })
  })

  it('survives being cut at any message and killed before it was sent', async () => {
    const { net } = both.amal.world
    net.cutAt = net.carried + 2
    must(await both.amal.device.remove(both.amal.circle.id, both.bea.circle.me, PASS))
    await reopen(both.amal, both.time)
    await quiet(both.amal)
    expect(both.amal.circle.now().confirmed.epoch).toBe(2)
    must(await both.amal.circle.act([item(1)]))
    await quiet(both.amal)
    expect(both.amal.circle.now().confirmed.alarms).toEqual([])
  })

  it('an acknowledgement of the batch that never came is asked for again, and nothing stands twice', async () => {
    both.amal.world.net.fromRelay = (bytes) => {
      const frame = decodeRelayFrame(bytes)
      if (!frame.ok || frame.value.type !== 'rekeyed') return bytes
      both.amal.world.net.cut()
      return null
    }
    must(await both.amal.device.remove(both.amal.circle.id, both.bea.circle.me, PASS))
    await quiet(both.amal)
    expect(both.amal.circle.now().confirmed.epoch).toBe(2)
    expect(both.amal.circle.now().confirmed.alarms).toEqual([])
    expect(both.amal.circle.now().outcomes.filter((one) => one.verdict.type !== 'applied')).toEqual([])
  })
})

describe('a new epoch', () => {
  it('ADV-88 what was written under the old epoch while the new one landed arrives once, as the same entry', async () => {
    away(both.bea)
    must(await both.bea.circle.act([item(1, 'written before I knew')]))
    const entry = both.bea.circle.now().outbox.entries[0]?.entry.id
    must(await both.amal.device.renewKeys(both.amal.circle.id, PASS))
    await quiet(both.amal)
    expect(both.amal.circle.now().confirmed.epoch).toBe(2)
    back(both.bea)
    await inStep(both)
    expect(agenda(both.amal.circle)).toEqual(['written before I knew'])
    const landed = both.amal.circle.now().outcomes.filter((one) => one.entry?.id === entry)
    expect(landed.map((one) => one.verdict.type)).toEqual(['applied'])
  })

  it('ADV-88 also when the old envelope was slipped in after the new epoch', async () => {
    must(await both.amal.device.renewKeys(both.amal.circle.id, PASS))
    must(await both.bea.circle.act([item(1)])) // sent or not, before Bea knows
    await quiet(both.amal)
    await inStep(both)
    expect(agenda(both.amal.circle)).toEqual(['item 1'])
    expect(both.bea.circle.now().confirmed.epoch).toBe(2)
  })

  it('ADV-86 two begun from the same epoch: the relay takes one, and all reach the same', async () => {
    // the same device's rekey, made twice from one backup: only one owner key exists
    const twin = { ...both.amal }
    away(both.amal)
    const copy = new Map([...both.amal.world.disk].map(([key, value]) => [key, value.slice()]))
    must(await both.amal.device.renewKeys(both.amal.circle.id, PASS))
    await reopen(twin, both.time, testWorld(both.time, copy))
    must(await twin.device.renewKeys(twin.circle.id, PASS))
    await quiet(twin)
    back(both.amal)
    await until(both.time, 'the loser has noticed', () => both.amal.circle.now().meta.isCopied)
    await until(both.time, 'all are there', () =>
      [both.amal, both.bea, twin].every(({ circle }) => circle.now().confirmed.epoch === 2),
    )
    expect(both.amal.circle.keys()?.secret).toEqual(twin.circle.keys()?.secret)
    expect(both.bea.circle.keys()?.secret).toEqual(twin.circle.keys()?.secret)
    await twin.core.close()
  })
})

describe('leaving', () => {
  it('erases on the leaver when it has reached the relay, and the person is asked for a new epoch', async () => {
    must(await both.bea.device.leave(both.bea.circle.id))
    await until(both.time, 'Bea has left', () => both.bea.circle.now().meta.over === 'left')
    await until(both.time, 'Amal knows', () => both.amal.circle.state().people.rekeyOwedSince !== null)
    const early = await both.amal.circle.act([item(1)])
    expect(early).toMatchObject({ ok: false, error: { type: 'RuleRefused', rule: 'KEY-1' } })
    must(await both.amal.device.renewKeys(both.amal.circle.id, PASS))
    must(await both.amal.circle.act([item(1)]))
    await quiet(both.amal)
    expect(agenda(both.amal.circle)).toEqual(['item 1'])
    expect(both.bea.circle.secrets().size).toBe(0)
  })

  it('ADV-31 somebody leaves while a new epoch made offline still names them: it has no effect, and the next try does', async () => {
    away(both.amal)
    must(await both.amal.device.renewKeys(both.amal.circle.id, PASS)) // still reaches Bea
    must(await both.bea.device.leave(both.bea.circle.id))
    await until(both.time, 'Bea has left', () => both.bea.circle.now().meta.over === 'left')
    back(both.amal)
    await quiet(both.amal)
    expect(both.amal.circle.now().confirmed.epoch).toBe(1)
    expect(both.amal.circle.state().people.rekeyOwedSince).not.toBeNull()
    must(await both.amal.device.renewKeys(both.amal.circle.id, PASS))
    must(await both.amal.circle.act([item(1)]))
    await quiet(both.amal)
    expect(both.amal.circle.now().confirmed.epoch).toBe(2)
    expect(agenda(both.amal.circle)).toEqual(['item 1'])
  })
})

describe('three in a circle', () => {
  it('who stays reads and writes on when another is removed, and never sees the difference but in who is there', async () => {
    const cleo = await letIn(both, 'Cleo')
    must(await cleo.circle.act([item(1, 'Cleo says')]))
    must(await both.amal.device.remove(both.amal.circle.id, both.bea.circle.me, PASS))
    await until(both.time, 'Bea is out', () => both.bea.circle.now().meta.over === 'removedMe')
    must(await both.amal.circle.act([item(2, 'Amal says')]))
    const without = { ...both, bea: cleo }
    await until(both.time, 'Cleo has it', () => agenda(cleo.circle).length === 2)
    must(await cleo.circle.act([item(3, 'Cleo goes on')]))
    await inStep(without)
    expect(agenda(both.amal.circle)).toEqual(['Cleo says', 'Amal says', 'Cleo goes on'])
    expect(cleo.circle.now().confirmed.head).toEqual(both.amal.circle.now().confirmed.head)
    await cleo.core.close()
  })

  it('ADV-31 who had no part in a failed new epoch finds the next one and reads on', async () => {
    const cleo = await letIn(both, 'Cleo')
    away(both.amal)
    must(await both.amal.device.renewKeys(both.amal.circle.id, PASS)) // reaches Bea, who is about to leave
    must(await both.bea.device.leave(both.bea.circle.id))
    await until(both.time, 'Bea has left', () => both.bea.circle.now().meta.over === 'left')
    back(both.amal)
    await quiet(both.amal)
    const { epoch } = both.amal.circle.now().confirmed
    expect(both.amal.circle.state().people.rekeyOwedSince).not.toBeNull()
    must(await both.amal.device.renewKeys(both.amal.circle.id, PASS))
    must(await both.amal.circle.act([item(1, 'found again')]))
    await until(both.time, 'Cleo reads on', () => agenda(cleo.circle).includes('found again'))
    expect(cleo.circle.now().confirmed.epoch).toBe(epoch + 1)
    must(await cleo.circle.act([item(2)]))
    await inStep({ ...both, bea: cleo })
    await cleo.core.close()
  })
})

describe('ending', () => {
  it('stops writing at once, can be taken back, and then goes on', async () => {
    must(await both.amal.device.end(both.amal.circle.id, { now: false, passphrase: PASS }))
    expect(both.amal.circle.now().phase).toBe('ending')
    await quiet(both.amal)
    await until(both.time, 'Bea knows', () => both.bea.circle.now().phase === 'ending')
    expect((await both.bea.circle.act([item(1)])).ok).toBe(false)
    must(await both.amal.device.takeBackEnd(both.amal.circle.id, PASS))
    await quiet(both.amal)
    await until(both.time, 'Bea knows', () => both.bea.circle.now().phase === 'open')
    must(await both.bea.circle.act([item(1)]))
    await inStep(both)
    expect(agenda(both.amal.circle)).toEqual(['item 1'])
  })

  it('now: the box is gone, the practitioner keeps nothing, the person keeps the record to read', async () => {
    must(await both.amal.circle.act([item(1)]))
    await inStep(both)
    away(both.bea)
    must(await both.amal.device.end(both.amal.circle.id, { now: true, passphrase: PASS }))
    await until(both.time, 'it ended', () => both.amal.circle.now().meta.over === 'ended')
    back(both.bea)
    await until(both.time, 'Bea hears of it', () => both.bea.circle.now().meta.over === 'ended')
    expect(both.bea.circle.secrets().size).toBe(0)
    await reopen(both.amal, both.time)
    expect(agenda(both.amal.circle)).toEqual(['item 1'])
    expect(both.amal.circle.now().phase).toBe('ended')
    expect(await both.amal.circle.act([item(2)])).toEqual({ ok: false, error: { type: 'Frozen' } })
  })

  it('a relay that says the box has ended, when its person never asked for it, ends nothing on the person’s device', async () => {
    must(await both.amal.circle.act([item(1)]))
    await inStep(both)
    let lies = 0
    both.amal.world.net.fromRelay = (bytes) => {
      const frame = decodeRelayFrame(bytes)
      if (!frame.ok || frame.value.type !== 'welcome') return bytes
      lies++
      return encodeRelayFrame({ type: 'refused', request: 0, body: { refusal: { type: 'Ended' } } })
    }
    both.amal.world.net.cut()
    must(await both.amal.circle.act([item(2, 'said while it lied')]))
    await until(both.time, 'it lied', () => lies > 0)
    await both.amal.circle.settled()
    expect(both.amal.circle.now().meta.over).toBeNull()
    const shown = viewOf(both.amal.circle, noExtras)
    expect(shown.phase).toBe('open')
    expect(shown.sync).toMatchObject({ connection: 'refused', waiting: 1 })
    expect(shown.alarms).toContainEqual({ type: 'RolledBack', had: shown.sync.head, has: 0 })
    must(await both.amal.circle.act([item(3)]))
    await reopen(both.amal, both.time)
    both.amal.circle.connect()
    await inStep(both)
    expect(agenda(both.bea.circle)).toEqual(['item 1', 'said while it lied', 'item 3'])
  })
})

describe('a device that stopped before it had let go', () => {
  it('lets go when it is next opened, without a word from the relay', async () => {
    must(await both.amal.circle.act([item(1)]))
    await inStep(both)
    const { store } = both.bea.world
    const write = store.write.bind(store)
    Object.assign(store, {
      write: (batch: Parameters<typeof write>[0]) =>
        batch.some(({ value }) => value === null)
          ? Promise.resolve({ ok: false, error: { type: 'StorageFull' } })
          : write(batch),
    })
    must(await both.amal.device.remove(both.amal.circle.id, both.bea.circle.me, PASS))
    await until(both.time, 'Bea is out', () => both.bea.circle.now().phase === 'removedMe')
    await both.bea.circle.settled()
    expect(both.bea.circle.now().meta.over).toBeNull()
    await reopen(both.bea, both.time)
    expect(both.bea.circle.now().meta.over).toBe('removedMe')
    expect(both.bea.circle.now().meta.secrets).toEqual([])
    expect(both.bea.circle.secrets().size).toBe(0)
    expect(agenda(both.bea.circle)).toEqual([])
  })
})
