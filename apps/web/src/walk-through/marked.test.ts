/** A seat's device and a real one, through one relay: neither can read anything that the other gives out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import { createAlongside } from '@alongside/device/alongside.ts'
import type { DeviceApi, OpenView } from '@alongside/device/api.ts'
import { finishedPage, PASS } from '@alongside/device/testing/meet.ts'
import { TestTime, testWorld } from '@alongside/device/testing/world.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { readTypedLink } from '../shell/link-typed.ts'
import { marked, markLink, unmarkLink } from './marked.ts'

const BANNER = 'Invented.'
const NOT_OURS = { ok: false, error: { type: 'LinkNotWhole' } }

describe('what a seat of the walk-through world gives out', () => {
  let relay: TestRelay
  const time = new TestTime()
  const real = (): DeviceApi => createAlongside(testWorld(time), { origin: relay.url, persisted: () => true })
  const seat = (): DeviceApi => marked(real(), () => BANNER)
  const linkOf = async (device: DeviceApi): Promise<string> => {
    must(await device.create({ name: 'Rosa', language: 'en', passphrase: PASS }))
    must(await device.savePage(finishedPage('Rosa')))
    return must(await device.openPlace({ code: null })).link
  }
  beforeAll(async () => {
    relay = await startTestRelay()
  })
  afterAll(() => relay.remove())

  it('is a link that leads to the walk-through world and that only a seat reads', async () => {
    const rosa = seat()
    const link = await linkOf(rosa)
    expect(link.startsWith(`${relay.url}/story#`)).toBe(true)
    expect(await real().readLink(link)).toEqual(NOT_OURS)
    expect((await seat().readLink(link)).ok).toBe(true)
    const shown: OpenView[] = []
    await rosa.watch((view) => view.type === 'open' && shown.push(view))
    expect(shown.at(-1)?.places.map((place) => place.link)).toEqual([link])
  })

  it('also when the link, or only its end, is typed where links are typed', async () => {
    const link = await linkOf(seat())
    for (const typed of [link, link.slice(link.indexOf('#') + 1)]) {
      const read = must(readTypedLink(typed, relay.url))
      expect(read.path).toBe('/meet')
      expect(await real().readLink(`${relay.url}/#${read.secret}`)).toEqual(NOT_OURS)
      expect((await seat().readLink(`${relay.url}/#${read.secret}`)).ok).toBe(true)
    }
  })

  it('and a seat reads no link and no reply of a real device', async () => {
    const link = await linkOf(real())
    expect(await seat().readLink(link)).toEqual(NOT_OURS)
    expect(await seat().readReplies(link, 'AAAA')).toEqual(NOT_OURS)
    expect((await real().readLink(link)).ok).toBe(true)
  })

  it('is a way back that no real device comes back with, nor a seat with a real one', async () => {
    const paper = async (amina: DeviceApi, rosa: DeviceApi): Promise<string> => {
      const { visit } = must(await amina.readLink(await linkOf(rosa)))
      const { circle } = must(
        await amina.sayYes(visit, { name: 'Amina', language: 'en', passphrase: PASS, limits: 'read' }),
      )
      return must(await amina.makeWayBack(circle, PASS)).text
    }
    const as = { passphrase: PASS, devicePassphrase: PASS }
    expect(await real().comeBack(await paper(seat(), seat()), as)).toEqual(NOT_OURS)
    expect(await seat().comeBack(await paper(real(), real()), as)).toEqual(NOT_OURS)
  })

  it('is marked in a way that is taken off exactly', () => {
    expect(unmarkLink(markLink('https://a.example/#abc'))).toBe('https://a.example/#abc')
    for (const link of ['https://a.example/#abc', 'https://a.example/', 'invented.abc', '#invented.abc'])
      expect(unmarkLink(link)).toBeNull()
  })
})
