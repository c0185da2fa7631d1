import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import {
  asAmal,
  bothIn,
  circleOf,
  close,
  invitedBy,
  metBy,
  openView,
  PASS,
  restart,
  seat,
  type Meeting,
} from '../testing/meet.ts'
import { faultyStore } from '../store/faults.ts'
import type { Disk } from '../store/memory.ts'
import { until } from '../testing/world.ts'

let relay: TestRelay
let meeting: Meeting | null = null

beforeEach(async () => {
  relay = await startTestRelay()
})
afterEach(async () => {
  if (meeting !== null) await close(meeting)
  meeting = null
  await relay.remove()
})

describe('coming in', () => {
  it('a page, a link, a yes: both are in one circle with the page, the limits and the draft lines in it', async () => {
    meeting = await metBy(relay)
    const [amal, bea] = [circleOf(meeting.amal), circleOf(meeting.bea)]
    expect(bea.state).toEqual(amal.state)
    expect(amal.state.people.page?.member).toBe(bea.me)
    expect(amal.state.agreement.limitsHeard.map(({ how }) => how)).toEqual(['heard'])
    await until(meeting.time, 'the draft line is proposed', () => {
      const lines = Object.values(meeting === null ? {} : circleOf(meeting.amal).state.agreement.lines)
      return lines.length === 1 && lines[0]?.author === bea.me && lines[0].status === 'proposed'
    })
    expect(openView(meeting.bea).places.map(({ state, circle }) => ({ state, circle }))).toEqual([
      { state: 'yes', circle: amal.id },
    ])
  })

  it('both hold the same twenty digits and the same code, and another code is not the same', async () => {
    meeting = await metBy(relay)
    const [amal, bea] = [circleOf(meeting.amal), circleOf(meeting.bea)]
    const [hers, his] = [amal.safety[bea.me], bea.safety[amal.me]]
    expect(hers?.digits).toMatch(/^\d{4}( \d{4}){4}$/)
    expect(his).toEqual(hers)
    const code = his?.code ?? new Uint8Array()
    expect(await meeting.amal.api.compareSafety(amal.id, bea.me, code)).toBe(true)
    const bent = Uint8Array.from(code)
    bent[5] = (bent[5] as number) ^ 1
    expect(await meeting.amal.api.compareSafety(amal.id, bea.me, bent)).toBe(false)
  })

  it('a link that was cut or changed is told from a place that is gone', async () => {
    meeting = await invitedBy(relay)
    const { amal, bea, link, place } = meeting
    for (const cut of [link.slice(0, -5), `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`, 'hello', ''])
      expect(await amal.api.readLink(cut)).toEqual({ ok: false, error: { type: 'LinkNotWhole' } })
    must(await bea.api.closePlace(place))
    expect(await amal.api.readLink(link)).toEqual({ ok: false, error: { type: 'PlaceGone' } })
  })

  it('a no of any kind tells only that the place is free again', async () => {
    meeting = await invitedBy(relay)
    const { amal, bea, link, time } = meeting
    const { visit } = must(await amal.api.readLink(link))
    must(await amal.api.decline(visit))
    await until(time, 'the place is free again', () => openView(bea).places[0]?.state === 'freeAgain')
    expect(must(await amal.api.readLink(link)).taken).toBe(false)
    expect(amal.world.disk.size).toBe(0)
  })

  it('a question without details is answered to whoever wrote the code down, and nothing is stored', async () => {
    meeting = await invitedBy(relay)
    const { amal, bea, link, place, time } = meeting
    const { visit } = must(await amal.api.readLink(link))
    const { code } = must(await amal.api.ask(visit, 'What must you report?'))
    await until(time, 'the question is there', () => openView(bea).places[0]?.questions.length === 1)
    const n = openView(bea).places[0]?.questions[0]?.n ?? 0
    must(await bea.api.reply(place, n, 'Only danger to a child.'))
    const later = seat(time, relay)
    expect(must(await later.api.readReplies(link, code))).toEqual(['Only danger to a child.'])
    expect(must(await later.api.readReplies(link, 'AAAA AAAA AAAA'))).toEqual([])
    expect(await later.api.readReplies(link, 'AAAA')).toEqual({ ok: false, error: { type: 'LinkNotWhole' } })
    expect(amal.world.disk.size).toBe(0)
  })

  it('a page changed later stands at every open place; an unfinished one is not laid down', async () => {
    meeting = await invitedBy(relay)
    const { amal, bea, link, time } = meeting
    const { page } = must(await amal.api.readLink(link))
    must(await bea.api.savePage({ ...page, whoseSide: '' }))
    expect(openView(bea).page.missing).toEqual(['whoseSide'])
    expect(await bea.api.openPlace({ code: null })).toEqual({
      ok: false,
      error: { type: 'PageNotReady', missing: ['whoseSide'] },
    })
    must(await bea.api.savePage({ ...page, whoseSide: 'On yours, and I work for the city.' }))
    for (let i = 0; i < 50; i++) {
      const now = must(await amal.api.readLink(link)).page.whoseSide
      expect(['Yours.', 'On yours, and I work for the city.']).toContain(now)
      if (now !== 'Yours.') return
      await until(time, 'a moment passed', () => true)
    }
    throw new Error('never: the new page')
  })

  it('the second to say yes finds the place taken, and nothing of theirs is anywhere', async () => {
    meeting = await invitedBy(relay)
    const { amal, link, time } = meeting
    const cam = seat(time, relay)
    const hers = must(await amal.api.readLink(link))
    const his = must(await cam.api.readLink(link))
    must(await amal.api.sayYes(hers.visit, asAmal))
    expect(await cam.api.sayYes(his.visit, { ...asAmal, name: 'Cam' })).toEqual({
      ok: false,
      error: { type: 'PlaceTaken' },
    })
    expect(cam.world.disk.size).toBe(0)
    expect(must(await cam.api.readLink(link)).taken).toBe(true)
    await bothIn(meeting)
  })

  it('a practitioner whose clock ran ahead for a while misses nobody: the relay says when a place is over', async () => {
    meeting = await invitedBy(relay)
    const { bea, amal, time } = meeting
    const { ms } = time
    time.ms += 200 * 86_400_000
    time.pass(4_000) // a round of asking the mailboxes
    await new Promise((resolve) => setTimeout(resolve, 200))
    time.ms = ms
    expect(openView(bea).places[0]?.state).toBe('free')
    bea.world.net.cut()
    await bea.api.lock()
    must(await bea.api.unlock(PASS))
    const { visit } = must(await amal.api.readLink(meeting.link))
    must(await amal.api.sayYes(visit, asAmal))
    await bothIn(meeting)
  })

  it('two who say yes in the same moment: one comes in, the other leaves nothing', async () => {
    meeting = await invitedBy(relay)
    const { link, time } = meeting
    const cam = seat(time, relay)
    const visits = [must(await meeting.amal.api.readLink(link)), must(await cam.api.readLink(link))] as const
    const [a, b] = await Promise.all([
      meeting.amal.api.sayYes(visits[0].visit, asAmal),
      cam.api.sayYes(visits[1].visit, asAmal),
    ])
    expect([a.ok, b.ok].filter((isIn) => isIn)).toHaveLength(1)
    const [inside, outside] = a.ok ? [meeting.amal, cam] : [cam, meeting.amal]
    expect(outside.world.disk.size).toBe(0)
    meeting.amal = inside
    await bothIn(meeting)
  })

  it('a passphrase that is too short, or no line, leaves nothing on the device', async () => {
    meeting = await invitedBy(relay)
    const { amal, link } = meeting
    const { visit } = must(await amal.api.readLink(link))
    expect(await amal.api.sayYes(visit, { ...asAmal, passphrase: 'short' })).toMatchObject({
      error: { type: 'PassphraseTooShort' },
    })
    amal.world.net.isUp = false
    expect(await amal.api.sayYes(visit, asAmal)).toEqual({ ok: false, error: { type: 'Unreachable' } })
    expect(amal.world.disk.size).toBe(0)
    amal.world.net.isUp = true
    must(await amal.api.sayYes(visit, asAmal))
    await bothIn(meeting)
  })

  it('a relay that needs a code takes it from the practitioner, and lets the person found with the place’s ticket', async () => {
    await relay.remove()
    relay = await startTestRelay({ code: 'a long instance code' })
    meeting = await metBy(relay, 'a long instance code')
    expect(await meeting.bea.api.openPlace({ code: 'wrong' })).toEqual({ ok: false, error: { type: 'CodeNeeded' } })
    expect(openView(meeting.bea).places).toHaveLength(1)
  })
})

describe('stopped on the way in', () => {
  it('with the line cut before any one request, a yes ends with both in the circle, once', async () => {
    for (let at = 1; at <= 9; at++) {
      meeting = await invitedBy(relay)
      const { net } = meeting.amal.world
      const { visit } = must(await meeting.amal.api.readLink(meeting.link))
      const ask = net.ask.bind(net)
      let asked = 0
      net.ask = (...request) => {
        asked++
        if (asked >= at) net.isUp = false
        return ask(...request)
      }
      const said = await meeting.amal.api.sayYes(visit, asAmal)
      net.ask = ask
      net.isUp = true
      if (!said.ok) {
        expect(said.error.type, `cut at ${at}`).toBe('Unreachable')
        expect(meeting.amal.world.disk.size).toBe(0)
        must(await meeting.amal.api.sayYes(visit, asAmal))
      } else meeting.amal = await restart(meeting.amal, meeting.time, relay)
      await bothIn(meeting)
      await close(meeting)
    }
    meeting = null
  })

  it('with every answer lost on its way back, a yes still ends with both in the circle, once', async () => {
    for (let at = 3; at <= 9; at++) {
      meeting = await invitedBy(relay)
      const { net } = meeting.amal.world
      const { visit } = must(await meeting.amal.api.readLink(meeting.link))
      const ask = net.ask.bind(net)
      let asked = 0
      net.ask = async (...request) => {
        const answer = await ask(...request)
        return ++asked >= at ? { ok: false, error: { type: 'Unreachable' } } : answer
      }
      const said = await meeting.amal.api.sayYes(visit, asAmal)
      net.ask = ask
      if (!said.ok) must(await meeting.amal.api.sayYes(visit, asAmal))
      await bothIn(meeting)
      await close(meeting)
    }
    meeting = null
  })

  it('the practitioner’s device restarted while somebody comes in goes on by itself', async () => {
    meeting = await invitedBy(relay)
    const { visit } = must(await meeting.amal.api.readLink(meeting.link))
    await meeting.bea.api.lock()
    must(await meeting.amal.api.sayYes(visit, asAmal))
    must(await meeting.bea.api.unlock(PASS))
    await until(
      meeting.time,
      'the circle is here',
      () => meeting !== null && openView(meeting.bea).circles.length === 1,
    )
    meeting.bea = await restart(meeting.bea, meeting.time, relay)
    await bothIn(meeting)
  })
})

describe('a device that dies while saying yes', () => {
  it('ADV-93 at each store write, before or after it was kept: started again, it comes in once or has left nothing', async () => {
    for (const fault of ['diesBefore', 'diesAfter'] as const)
      for (let nth = 1; nth <= 12; nth++) {
        meeting = await invitedBy(relay)
        const disk: Disk = new Map()
        let isDead = () => false
        const dying = seat(meeting.time, relay, disk, (store) => {
          const faulty = faultyStore(store, nth, fault)
          isDead = faulty.dead
          return faulty
        })
        const { visit } = must(await dying.api.readLink(meeting.link))
        let isAnswered = false
        void dying.api.sayYes(visit, asAmal).then(() => (isAnswered = true))
        await until(meeting.time, 'it dies or is through', () => isDead() || isAnswered)
        dying.world.net.isUp = false
        dying.world.net.cut()
        meeting.amal = seat(meeting.time, relay, disk)
        const opened = await meeting.amal.api.unlock(PASS)
        const isFounded = opened.ok && openView(meeting.amal).circles.length > 0
        if (!isFounded) {
          const again = must(await meeting.amal.api.readLink(meeting.link))
          expect(again.taken, `${fault} ${nth}`).toBe(false)
          must(await meeting.amal.api.sayYes(again.visit, asAmal))
        }
        await bothIn(meeting)
        expect(openView(meeting.bea).circles).toHaveLength(1)
        await close(meeting)
      }
    meeting = null
  }, 120_000)

  it('a full disk at each store write keeps what was entered: nothing is half there, or it goes on when there is room', async () => {
    for (let nth = 1; nth <= 8; nth++) {
      meeting = await invitedBy(relay)
      const disk: Disk = new Map()
      meeting.amal = seat(meeting.time, relay, disk, (store) => faultyStore(store, nth, 'full'))
      const { visit } = must(await meeting.amal.api.readLink(meeting.link))
      const said = await meeting.amal.api.sayYes(visit, asAmal)
      if (!said.ok) {
        expect(said.error.type).toBe('StorageFull')
        must(await meeting.amal.api.sayYes(visit, asAmal))
      }
      await bothIn(meeting)
      await close(meeting)
    }
    meeting = null
  }, 60_000)
})
