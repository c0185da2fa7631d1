import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { devicesOf, devicesThatWait, everydayDeviceOf } from '@alongside/practice/people/state.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { item, someId } from '../testing/pair.ts'
import {
  circleOf,
  close,
  inStep,
  metBy,
  openView,
  PASS,
  restart,
  seat,
  type Meeting,
  type Seat,
} from '../testing/meet.ts'
import { until } from '../testing/world.ts'

let relay: TestRelay
let meeting: Meeting

beforeEach(async () => {
  relay = await startTestRelay()
  meeting = await metBy(relay)
})
afterEach(async () => {
  await close(meeting)
  await relay.remove()
})

const NEW_PASS = 'four green hills'

/** Amal's way back, on paper and at the relay. */
async function onPaper(): Promise<string> {
  const { amal } = meeting
  const { text } = must(await amal.api.makeWayBack(circleOf(amal).id, PASS))
  await inStep(meeting)
  return text
}

/** The phone is gone; a new one comes back and is brought in. */
async function back(text: string): Promise<Seat> {
  const fresh = seat(meeting.time, relay)
  must(await fresh.api.comeBack(text, { passphrase: PASS, devicePassphrase: NEW_PASS }))
  await until(meeting.time, 'the record is here', () => Object.keys(circleOf(fresh).state.people.members).length === 2)
  await until(meeting.time, 'the fresh device stands', () => {
    const me = circleOf(fresh).state.people.members[circleOf(fresh).me]
    const device = fresh.api.device.core()?.circles.get(circleOf(fresh).id)?.device
    return me !== undefined && everydayDeviceOf(me).id === device && circleOf(fresh).sync.connection === 'live'
  })
  return fresh
}

describe('a way back', () => {
  it('brings somebody who lost their phone into their circle as the same member, with a device of its own', async () => {
    must(await meeting.amal.api.act(circleOf(meeting.amal).id, [item(1, 'before')]))
    const text = await onPaper()
    expect(circleOf(meeting.amal).wayBack).toBe('made')
    const { id, me } = circleOf(meeting.amal)
    await meeting.amal.api.lock()
    must(await meeting.bea.api.act(id, [item(2, 'meanwhile')]))
    meeting.amal = await back(text)
    expect(circleOf(meeting.amal)).toMatchObject({ id, me, phase: 'open' })
    expect(openView(meeting.amal).me).toMatchObject({ name: 'Amal', side: 'person' })
    must(await meeting.amal.api.act(id, [item(3, 'after')]))
    await inStep(meeting)
    const texts = Object.values(circleOf(meeting.bea).state.encounter.agenda).map((one) => one.text)
    expect(texts.sort()).toEqual(['after', 'before', 'meanwhile'])
    const member = circleOf(meeting.bea).state.people.members[me]
    expect(member && devicesOf(member).map(({ use }) => use)).toEqual(['everyday', 'wayBack', 'everyday'])
    expect(circleOf(meeting.bea).alarms).toEqual([])
    expect(circleOf(meeting.amal).alarms).toEqual([])
  })

  it('still leads back after new epochs, and back again from the same paper', async () => {
    const text = await onPaper()
    const { id } = circleOf(meeting.amal)
    for (let epoch = 2; epoch <= 4; epoch++) {
      must(await meeting.amal.api.renewKeys(id, PASS))
      await until(meeting.time, 'a new epoch', () => circleOf(meeting.bea).state.people.epoch === epoch)
      must(await meeting.bea.api.act(id, [item(epoch)]))
      await inStep(meeting)
    }
    await meeting.amal.api.lock()
    meeting.amal = await back(text)
    await inStep(meeting)
    expect(Object.keys(circleOf(meeting.amal).state.encounter.agenda)).toHaveLength(3)
    await meeting.amal.api.lock()
    meeting.amal = await back(text)
    must(await meeting.amal.api.act(id, [item(9, 'from the third phone')]))
    await inStep(meeting)
    expect(circleOf(meeting.bea).alarms).toEqual([])
  })

  it('made in a later epoch leads back to the whole record', async () => {
    const { id } = circleOf(meeting.amal)
    must(await meeting.bea.api.act(id, [item(1)]))
    for (let epoch = 2; epoch <= 3; epoch++) {
      must(await meeting.amal.api.renewKeys(id, PASS))
      await until(meeting.time, 'a new epoch', () => circleOf(meeting.bea).state.people.epoch === epoch)
      await inStep(meeting)
    }
    const text = await onPaper()
    await meeting.amal.api.lock()
    meeting.amal = await back(text)
    await inStep(meeting)
    expect(circleOf(meeting.amal).state).toEqual(circleOf(meeting.bea).state)
  })

  it('holds the owner key: whoever comes back can remove and renew', async () => {
    const text = await onPaper()
    const { id } = circleOf(meeting.amal)
    const bea = circleOf(meeting.bea).me
    await meeting.amal.api.lock()
    meeting.amal = await back(text)
    must(await meeting.amal.api.remove(id, bea, NEW_PASS))
    await until(meeting.time, 'Bea is out', () => circleOf(meeting.bea).phase === 'removedMe')
  })

  it('ADV-25 whoever comes back reads, writes and says no at once; their yes waits until the other knows them', async () => {
    const text = await onPaper()
    const { id, me } = circleOf(meeting.amal)
    const bea = circleOf(meeting.bea).me
    const line = (name: number, asks: readonly string[]): PracticeEvent => ({
      type: 'LineProposed',
      line: someId(name),
      section: 6,
      text: 'We start on time.',
      language: 'en',
      second: null,
      asks: [...asks],
      refusable: true,
      why: '',
      review: null,
      replaces: null,
      ready: null,
    })
    must(await meeting.bea.api.act(id, [line(801, [bea]), line(802, [bea])]))
    await inStep(meeting)
    await meeting.amal.api.lock()
    meeting.amal = await back(text)
    const yes: PracticeEvent = { type: 'LineAccepted', line: someId(801) }
    const refused = await meeting.amal.api.act(id, [yes])
    expect(refused).toMatchObject({ ok: false, error: { type: 'RuleRefused', rule: 'PEO-18' } })
    must(await meeting.amal.api.act(id, [{ type: 'LineDeclined', line: someId(802) }, item(1, 'I am back')]))
    await inStep(meeting)
    const { device } = circleOf(meeting.amal)
    expect(circleOf(meeting.bea).state.agreement.lines[someId(802)]?.status).toBe('off')
    expect(devicesThatWait(circleOf(meeting.bea).state).map((one) => [one.id, one.member])).toEqual([[device, me]])
    const own = await meeting.amal.api.act(id, [{ type: 'DeviceAcknowledged', device }])
    expect(own).toMatchObject({ ok: false, error: { type: 'RuleRefused', rule: 'PEO-19' } })
    must(await meeting.bea.api.act(id, [{ type: 'DeviceAcknowledged', device }]))
    await inStep(meeting)
    must(await meeting.amal.api.act(id, [yes]))
    await inStep(meeting)
    expect(circleOf(meeting.bea).state.agreement.lines[someId(801)]?.status).toBe('live')
  })

  it('cut short, mistyped, with another passphrase or without a line it leaves nothing on the device', async () => {
    const text = await onPaper()
    const fresh = seat(meeting.time, relay)
    const as = { passphrase: PASS, devicePassphrase: NEW_PASS }
    const bent = `${text.startsWith('0') ? '1' : '0'}${text.slice(1)}`
    for (const wrong of [text.slice(0, -9), bent, 'hello', ''])
      expect(await fresh.api.comeBack(wrong, as)).toEqual({ ok: false, error: { type: 'LinkNotWhole' } })
    expect(await fresh.api.comeBack(text, { ...as, passphrase: 'not this one' })).toEqual({
      ok: false,
      error: { type: 'WrongPassphrase' },
    })
    fresh.world.net.isUp = false
    expect(await fresh.api.comeBack(text, as)).toEqual({ ok: false, error: { type: 'Unreachable' } })
    expect(fresh.world.disk.size).toBe(0)
    expect(await meeting.amal.api.makeWayBack(circleOf(meeting.amal).id, 'not this one')).toEqual({
      ok: false,
      error: { type: 'WrongPassphrase' },
    })
  })

  it('interrupted right after coming back, goes on by itself', async () => {
    const text = await onPaper()
    await meeting.amal.api.lock()
    const fresh = seat(meeting.time, relay)
    must(await fresh.api.comeBack(text, { passphrase: PASS, devicePassphrase: PASS }))
    meeting.amal = await restart(fresh, meeting.time, relay)
    await until(meeting.time, 'the fresh device stands', () => {
      const view = meeting.amal.api.device.view()
      const circle = view.type === 'open' ? view.circles[0] : undefined
      const me = circle?.state.people.members[circle.me]
      return me !== undefined && devicesOf(me).length === 3
    })
    await inStep(meeting)
    expect(openView(meeting.amal).me.name).toBe('Amal')
  })
})
