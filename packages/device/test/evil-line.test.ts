/**
 * A relay that plays with single frames: loses, holds, breaks, repeats and answers them falsely. What was said stays until
 * it really stands, and when the relay is honest again every device ends with the same record. Source: protocol section 4, A.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { connectRaw, found, testKey } from '@alongside/relay/testing/device.ts'
import { startTestRelay } from '@alongside/relay/testing/relay.ts'
import { CLOSE } from '@alongside/wire/limits.ts'
import { encodeDeviceFrame, type DeviceFrame, type RelayFrameBody } from '@alongside/wire/messages.ts'
import {
  alarmsOf,
  areSame,
  endCircle,
  evilCircle,
  headOf,
  inStep,
  isAway,
  isSent,
  lostBy,
  relock,
  say,
  viewed,
  type EvilCircle,
} from '../src/testing/evil-circle.ts'
import { repeats } from '../src/testing/evil-relay-tricks.ts'
import { agenda, someId } from '../src/testing/pair.ts'
import { until } from '../src/testing/world.ts'

let circle: EvilCircle

beforeEach(async () => {
  circle = await evilCircle()
}, 60_000)
afterEach(() => endCircle(circle))

/** Honest again, everybody has everything, in the same order, and nothing is alarming any more but what is named. */
async function allIsWell(alarms: readonly string[] = []): Promise<void> {
  const { evil, amal, bea } = circle
  evil.repent()
  await inStep(circle)
  expect(areSame(amal, bea)).toBe(true)
  expect([...new Set([...alarmsOf(amal), ...alarmsOf(bea)])]).toEqual(alarms)
  expect(circle.people.flatMap(lostBy)).toEqual([])
  const { people } = circle
  for (const text of people.flatMap(({ said }) => said))
    expect(agenda(people[0]?.circle ?? amal.circle)).toContain(text)
}

describe('an append', () => {
  it('ADV-12 answered as kept with a receipt that does not hold, and kept nowhere: it stays queued until it stands', async () => {
    const { evil, box, amal } = circle
    evil.keepNothing(['amal'], box, 'forged')
    await say(amal, 'one')
    await until(circle.time, 'it was lied to', () => viewed(amal).sync.connection === 'offline')
    expect(viewed(amal).sync).toMatchObject({ waiting: 1, head: headOf(circle.bea) })
    await allIsWell()
  })

  it('ADV-12 never answered: the line is given up and the same bytes are sent again', async () => {
    const { evil, amal } = circle
    const sent: Bytes[] = []
    evil.play(['amal'], {
      toRelay: (frame) => {
        if (frame.type !== 'append') return [frame]
        sent.push(...frame.body.envelopes.map((one) => one.slice()))
        return []
      },
    })
    await say(amal, 'one')
    await until(circle.time, 'sent twice', () => sent.length >= 2)
    expect(sent[1]).toEqual(sent[0])
    expect(viewed(amal).sync.waiting).toBe(1)
    await allIsWell()
  })

  it('ADV-12 answered with a good receipt and kept nowhere: its author has the record of more than the relay, and gives it back', async () => {
    const { evil, box, amal, bea } = circle
    evil.keepNothing(['amal'], box, 'signed')
    await say(amal, 'one')
    await until(circle.time, 'believed', () => isSent(amal))
    expect(headOf(amal)).toBe(headOf(bea) + 1)
    evil.repent()
    await until(circle.time, 'noticed', () => alarmsOf(amal).includes('RolledBack'))
    await allIsWell(['RolledBack'])
  })

  it('ADV-94 kept and its answer lost with the line: asked again, it has the same place and receipt, and stands once', async () => {
    const { evil, amal, bea } = circle
    const answers: RelayFrameBody<'appended'>[] = []
    evil.play(['amal'], {
      toDevice: (frame, caller) => {
        if (frame.type !== 'appended') return [frame]
        answers.push(frame.body)
        if (answers.length > 1) return [frame]
        caller.hangUp()
        return []
      },
    })
    // Bea’s line carries it to her; Amal’s device reads it back before it would send again
    const stop = evil.lose(['amal'], 'entries')
    await say(amal, 'one')
    await until(circle.time, 'asked', () => answers.length === 1)
    stop()
    await allIsWell()
    const again = await sendAgain(answers[0]?.seqs[0] ?? 0)
    expect(again).toEqual(answers[0])
    expect(agenda(bea.circle)).toEqual(['one'])
  })

  /** What the honest relay answers to the envelope at a position, sent once more with Amal’s capability. */
  async function sendAgain(seq: number): Promise<unknown> {
    const { evil, box, amal } = circle
    const envelope = (await evil.record(box))[seq - 1] as Bytes
    let answer: unknown = null
    evil.play(['amal'], {
      toDevice: (frame, caller) => {
        if (frame.type === 'welcome') caller.tellRelay({ type: 'append', request: 77, body: { envelopes: [envelope] } })
        if (frame.request !== 77) return [frame]
        answer = frame.body
        return []
      },
    })
    evil.hangUp(['amal'])
    await until(circle.time, 'answered', () => answer !== null)
    expect(amal.circle.me).not.toBe('')
    return answer
  }

  it('ADV-13 a yes that the relay holds until its proposal is over has no effect anywhere, and the new one asks again', async () => {
    const { evil, amal, bea } = circle
    const line = (id: number, text: string): PracticeEvent => ({
      type: 'LineProposed',
      line: someId(id),
      section: 1,
      text,
      language: 'en',
      second: null,
      asks: [bea.circle.me],
      refusable: true,
      why: '',
      review: null,
      replaces: null,
      ready: null,
    })
    must(await amal.circle.act([line(900, 'We start on time.')]))
    await inStep(circle)
    const release = evil.hold(['bea'])
    must(await bea.circle.act([{ type: 'LineAccepted', line: someId(900) }]))
    expect(viewed(bea).state.agreement.lines[someId(900)]?.status).toBe('live') // on her own device, not sent yet
    must(
      await amal.circle.act([{ type: 'LineDeclined', line: someId(900) }, line(901, 'We start when you are ready.')]),
    )
    await until(circle.time, 'sent', () => isSent(amal))
    release()
    await allIsWell()
    for (const person of circle.people) {
      const { agreement } = viewed(person).state
      expect([agreement.lines[someId(900)]?.status, agreement.lines[someId(901)]?.status]).toEqual(['off', 'proposed'])
      expect(viewed(person).setAside).toMatchObject([{ member: bea.circle.me, reason: 'AGR-6' }])
    }
  })
})

describe('what comes from the relay', () => {
  it('ADV-16 one entry among others exchanged on the way, under a head that is right: nothing of it is taken, and later all of it', async () => {
    const { evil, amal, bea } = circle
    const before = headOf(bea)
    isAway(bea, true)
    for (let i = 1; i <= 5; i++) await say(amal, `item ${i}`)
    await until(circle.time, 'sent', () => isSent(amal))
    evil.garble(['bea'], 'entries', (length) => 8 + Math.floor((length - 8) / 2))
    isAway(bea, false)
    await until(circle.time, 'noticed', () => alarmsOf(bea).length > 0)
    expect(viewed(bea).alarms).toEqual([{ type: 'Fork', seq: before + 5 }])
    expect(headOf(bea)).toBe(before)
    expect(viewed(bea).setAside).toEqual([])
    await say(bea, 'written meanwhile')
    evil.repent()
    await relock(circle, bea)
    await allIsWell()
  })

  it('every frame twice: everything counts once', async () => {
    const { evil, amal, bea } = circle
    evil.play(['amal', 'bea'], repeats)
    for (let i = 1; i <= 5; i++) await say(i % 2 === 0 ? amal : bea, `item ${i}`)
    await inStep(circle)
    await allIsWell()
  })

  it('a head that the relay signed and nobody’s entries lead to is shown as a fork, and what waits is not lost', async () => {
    const { evil, box, amal, bea } = circle
    evil.misstateHead(['bea'], box, ({ seq }) => ({ seq, hash: new Uint8Array(32).fill(7) }))
    evil.hangUp(['bea'])
    await until(circle.time, 'noticed', () => alarmsOf(bea).includes('Fork'))
    await say(bea, 'written meanwhile')
    await say(amal, 'one')
    expect(viewed(bea).sync.waiting).toBe(1)
    evil.repent()
    await relock(circle, bea)
    await inStep(circle)
    expect(areSame(amal, bea)).toBe(true)
    expect(agenda(amal.circle).toSorted()).toEqual(['one', 'written meanwhile'])
  })

  it('a head far ahead of anything that ever comes: the line is given up each time, and nothing that waits is lost', async () => {
    const { evil, box, amal, bea } = circle
    let [ranges, lines] = [0, 0]
    evil.play(['bea'], {
      toRelay: (frame) => {
        if (frame.type === 'range') ranges++
        if (frame.type === 'hello') lines++
        return [frame]
      },
    })
    evil.misstateHead(['bea'], box, ({ seq }) => ({ seq: seq + 100, hash: new Uint8Array(32).fill(7) }))
    evil.hangUp(['bea'])
    await say(amal, 'one')
    await say(bea, 'two')
    await until(circle.time, 'given up', () => ranges > 2)
    // only an answer that brought something is followed by another question on the same line
    expect(ranges).toBeLessThanOrEqual(2 * lines)
    expect(viewed(bea).sync.waiting).toBe(1)
    await relock(circle, bea)
    await allIsWell()
  })
})

describe('a proof of who calls', () => {
  it('ADV-17 asked for by one relay with the challenge of another opens nothing there, and is not made in the other’s name', async () => {
    const { evil, box, bea } = circle
    const second = await startTestRelay()
    const { index, keys } = bea.circle.capability()
    await found(second.url, { boxId: box, capIndex: index, capPk: keys.publicKey })
    const line = connectRaw(second.url)
    await line.opened
    line.socket.send(
      encodeDeviceFrame({ type: 'hello', request: 0, body: { version: 1, boxId: box, capIndex: index } }),
    )
    const challenge = await line.find(
      (frame): frame is Extract<typeof frame, { type: 'challenge' }> => frame.type === 'challenge',
    )
    let proof: DeviceFrame | null = null
    evil.play(['bea'], {
      toDevice: (frame) =>
        frame.type === 'challenge' ? [{ ...frame, body: { ...frame.body, nonce: challenge.body.nonce } }] : [frame],
      toRelay: (frame) => {
        if (frame.type !== 'prove') return [frame]
        proof = frame
        return []
      },
    })
    evil.hangUp(['bea'])
    await until(circle.time, 'Bea’s device has signed', () => proof !== null)
    line.socket.send(encodeDeviceFrame(proof as unknown as DeviceFrame))
    expect(await line.closed).toBe(CLOSE.notAdmitted)

    evil.repent()
    let isSigned = false
    evil.play(['bea'], {
      toDevice: (frame) => (frame.type === 'challenge' ? [challenge] : [frame]),
      toRelay: (frame) => {
        isSigned ||= frame.type === 'prove'
        return [frame]
      },
    })
    evil.hangUp(['bea'])
    await say(bea, 'written meanwhile')
    await until(circle.time, 'refused', () => viewed(bea).sync.connection === 'refused')
    expect(isSigned).toBe(false)
    expect(viewed(bea).sync.waiting).toBe(1)
    evil.repent()
    await relock(circle, bea)
    await allIsWell()
    await second.remove()
  })

  it('ADV-18 heard on the way and said again on another line opens nothing, for this box or with another key', async () => {
    const { evil, box, amal } = circle
    const heard: DeviceFrame[] = []
    evil.play(['amal'], {
      toRelay: (frame) => {
        if (frame.type === 'hello' || frame.type === 'prove') heard.push(frame)
        return [frame]
      },
    })
    evil.hangUp(['amal'])
    await until(circle.time, 'heard', () => heard.length === 2)
    await inStep(circle)
    const stranger = testKey(9)
    await found(evil.url, { boxId: someId(9), capPk: stranger.pk })
    for (const boxId of [box, someId(9)]) {
      const line = connectRaw(evil.honest.url)
      await line.opened
      const hello = heard[0] as Extract<DeviceFrame, { type: 'hello' }>
      line.socket.send(encodeDeviceFrame({ ...hello, body: { ...hello.body, boxId } }))
      await line.find((frame): frame is Extract<typeof frame, { type: 'challenge' }> => frame.type === 'challenge')
      line.socket.send(encodeDeviceFrame(heard[1] as DeviceFrame))
      expect(await line.closed).toBe(CLOSE.notAdmitted)
    }
    await say(amal, 'and on')
    await allIsWell()
  })
})
