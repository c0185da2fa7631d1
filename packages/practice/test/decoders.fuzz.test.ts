/**
 * What the practice reads from others, against random, bent and almost right bytes: payloads of every event, pages, answers.
 * What is taken in has one spelling, and judging it throws nothing.
 */
import { equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { must } from '@alongside/base/result.ts'
import { anyBytes, fuzz, type Draw } from '@alongside/base/testing/fuzz.ts'
import { describe, expect, it, vi } from 'vitest'
import { noAnswers } from '../src/check-in/answers.ts'
import { decodeAnswers, encodeAnswers } from '../src/check-in/answer-bytes.ts'
import { decodePage, encodePage, MAX_PAGE, readPublishedPage } from '../src/page/bytes.ts'
import { emptyPage } from '../src/page/page.ts'
import { allSubjects, isKnownCode, readEvent, writeEvent } from '../src/registry.ts'
import { entryFrom, stir } from './soup.ts'
import { together } from './story.ts'

// many cases: longer than usual where a machine is busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** Payloads that fit, a few for each kind of event. */
const payloads = new Map<number, Bytes[]>()
for (let seed = 0; seed < 2_000; seed++) {
  const { code, payload } = writeEvent(entryFrom(seed).event)
  const known = payloads.get(code) ?? []
  payloads.set(code, known)
  if (known.length < 12) known.push(encodeCbor(payload))
}
const codes = allSubjects.flatMap((subject) => subject.events.map((event) => event.code))

/** The event's number in front of its payload. */
const said = (draw: Draw): Bytes => {
  const code = draw.below(40) === 0 ? draw.below(400) : draw.one(codes)
  const bytes = anyBytes(draw, payloads.get(draw.below(15) === 0 ? draw.one(codes) : code) ?? [])
  return Uint8Array.of(code >> 8, code & 255, ...bytes)
}

describe('events from anybody', () => {
  it('[GEN-1] [GEN-8] [GEN-9] ADV-78 100,000 payloads give an event or an error; events judge without a throw and have one spelling', async () => {
    expect(new Set(payloads.keys())).toEqual(new Set(codes))
    const story = together()
    const before = JSON.stringify(story.circle)
    const read = new Set<number>()
    let circle = story.circle
    let seq = story.seq
    await fuzz(100_000, said, (bytes) => {
      const code = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)
      const plain = decodeCbor(bytes.subarray(2))
      if (!plain.ok) return
      const event = readEvent(code, plain.value)
      if (!event.ok) return
      if (!isKnownCode(code)) throw new Error('an event of no number')
      read.add(code)
      const again = writeEvent(event.value)
      if (again.code !== code || !equalBytes(encodeCbor(again.payload), bytes.subarray(2)))
        throw new Error('two spellings')
      const next = stir(circle, { ...entryFrom(seq), event: event.value }, ++seq)
      // the state goes on for a while and then begins again, so that it stays small
      circle = next.ok && seq % 200 !== 0 ? next.value : story.circle
    })
    expect(read.size).toBe(codes.length)
    expect(JSON.stringify(story.circle)).toBe(before)
  })
})

describe('pages and answers from anybody', () => {
  it('ADV-78 pages give what they say or an error, and have one spelling', async () => {
    const finished = { ...emptyPage('Bea', 'en'), controls: 'I write the report.', whoseSide: 'Yours.', complaint: 'x' }
    const valid = [emptyPage('أمل', 'ar'), finished].map((page) => must(encodePage(page)))
    let taken = 0
    await fuzz(
      20_000,
      (draw) => anyBytes(draw, valid),
      (bytes) => {
        readPublishedPage(bytes)
        const read = decodePage(bytes)
        if (!read.ok) return
        taken++
        if (!equalBytes(must(encodePage(read.value)), bytes)) throw new Error('two spellings')
      },
    )
    expect(taken).toBeGreaterThan(200)
    expect(decodePage(new Uint8Array(MAX_PAGE + 1))).toMatchObject({ error: { type: 'PageTooLong' } })
  })

  it('ADV-78 answers give what they say or an error, and have one spelling', async () => {
    const valid = [encodeAnswers(noAnswers)]
    let taken = 0
    await fuzz(
      20_000,
      (draw) => anyBytes(draw, valid),
      (bytes) => {
        const read = decodeAnswers(bytes)
        if (!read.ok) return
        taken++
        if (!equalBytes(encodeAnswers(read.value), bytes)) throw new Error('two spellings')
      },
    )
    expect(taken).toBeGreaterThan(200)
  })
})
