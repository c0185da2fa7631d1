import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Bytes } from '@alongside/base/bytes.ts'
import { chainNext, chainStart, envHash } from '@alongside/wire/chain.ts'
import type { RelayFrame } from '@alongside/wire/messages.ts'
import { backoffMs } from './backoff.ts'
import { createMachine } from './machine.ts'
import type { Machine, Output, Waiting } from './talk.ts'

const BOX = '0'.repeat(32)
const envelope = (n: number): Bytes => new Uint8Array(590).fill(n)
const receipt = new Uint8Array(64)

/** Heads of a box with these envelopes, from position 0. */
function headsOf(envelopes: readonly Bytes[]): Bytes[] {
  let head = chainStart(BOX)
  const heads = [head.hash]
  for (const one of envelopes) {
    head = chainNext(head, envHash(one))
    heads.push(head.hash)
  }
  return heads
}

const box = [1, 2, 3, 4, 5, 6].map(envelope)
const heads = headsOf(box)
const hashAt = (seq: number): Bytes => heads[seq] as Bytes

class Line {
  readonly machine: Machine
  now = 0
  said: Output[] = []

  constructor(held: number) {
    this.machine = createMachine({
      boxId: BOX,
      capIndex: 0,
      heads: heads.slice(0, held + 1),
      witness: null,
      chance: () => 0,
    })
  }

  on(input: Parameters<Machine['on']>[0]): readonly Output[] {
    const outputs = this.machine.on(input, this.now)
    this.said.push(...outputs)
    return outputs
  }

  frame(frame: RelayFrame): readonly Output[] {
    return this.on({ type: 'frame', frame, receiptsRight: true })
  }

  /** Connects and is welcomed at `seq`. */
  welcome(seq: number, hash: Bytes = hashAt(seq), newestCapIndex = 0): readonly Output[] {
    this.on({ type: 'start' })
    this.on({ type: 'opened' })
    this.frame({ type: 'challenge', request: 0, body: { nonce: new Uint8Array(32), relayPk: new Uint8Array(32) } })
    const limits = { entriesPerDay: 1, bytesPerDay: 1, boxBytes: 1, ownerCounter: 0, hasOwner: true }
    const body = { seq, hash, receipt, state: 'open' as const, daysLeft: 0, newestCapIndex, ...limits }
    return this.frame({ type: 'welcome', request: 0, body })
  }

  requests(type: string): { readonly request: number; readonly body: unknown }[] {
    return this.said.flatMap((one) => (one.type === 'send' && one.frame.type === type ? [one.frame] : []))
  }

  entries(firstSeq: number, count: number): void {
    const request = this.requests('range').at(-1)?.request ?? 0
    const envelopes = box.slice(firstSeq - 1, firstSeq - 1 + count)
    this.frame({ type: 'entries', request, body: { firstSeq, envelopes } })
    this.frame({ type: 'rangeEnd', request, body: { next: firstSeq + count, seq: firstSeq + count - 1 } })
  }
}

const append = (n: number): Waiting => ({ type: 'append', key: `${n}`, envelope: envelope(n) })
const places = (outputs: readonly Output[]) => outputs.filter((one) => one.type === 'place')

describe('the sync machine', () => {
  it('asks to be woken again when it is woken a moment too early, and then tries the relay', () => {
    const line = new Line(0)
    line.welcome(0)
    const down = line.on({ type: 'closed' })
    const wake = down.find((one) => one.type === 'wakeAt')
    const at = wake?.type === 'wakeAt' ? wake.at : 0
    line.now = at - 1
    expect(line.on({ type: 'tick' })).toContainEqual({ type: 'wakeAt', at })
    line.now = at
    expect(line.on({ type: 'tick' })).toContainEqual({ type: 'connect' })
  })

  it('reads what it lacks before it sends what waits', () => {
    const line = new Line(2)
    line.on({ type: 'queue', waiting: [append(5)] })
    line.welcome(4)
    expect(line.requests('append')).toEqual([])
    expect(line.requests('range')).toMatchObject([{ body: { from: 3 } }])
    line.entries(3, 2)
    expect(places(line.said)).toMatchObject([{ firstSeq: 3 }])
    expect(line.machine.connection()).toBe('live')
    expect(line.requests('append').length).toBe(1)
  })

  it('places its own entry where the relay says, also when another came in between', () => {
    const line = new Line(4)
    line.on({ type: 'queue', waiting: [append(6)] })
    line.welcome(4)
    const request = line.requests('append')[0]?.request ?? 0
    line.frame({ type: 'appended', request, body: { seqs: [6], hash: hashAt(6), receipt } })
    expect(places(line.said)).toEqual([])
    line.frame({ type: 'arrived', request: 0, body: { firstSeq: 5, envelopes: [envelope(5)] } })
    expect(places(line.said)).toMatchObject([{ firstSeq: 5, envelopes: [envelope(5), envelope(6)] }])
    expect(line.machine.head()).toEqual({ seq: 6, hash: hashAt(6) })
  })

  it('what is said while an append is on its way goes together in the next, and a removal waits for none', () => {
    const line = new Line(4)
    line.welcome(4)
    line.on({ type: 'queue', waiting: [append(5)] })
    line.on({ type: 'queue', waiting: [append(5), append(6)] })
    line.on({ type: 'queue', waiting: [append(5), append(6), append(7)] })
    expect(line.requests('append')).toMatchObject([{ body: { envelopes: [envelope(5)] } }])
    const request = line.requests('append')[0]?.request ?? 0
    line.frame({ type: 'appended', request, body: { seqs: [5], hash: hashAt(5), receipt } })
    expect(line.requests('append').slice(1)).toMatchObject([{ body: { envelopes: [envelope(6), envelope(7)] } }])
    const all = [append(5), append(6), append(7), append(8)]
    const ownerSig = new Uint8Array(64)
    const end: Waiting = { type: 'end', key: 'owner 1', body: { now: false, counter: 1, ownerSig } }
    line.on({ type: 'queue', waiting: all })
    expect(line.requests('append').length).toBe(2)
    line.on({ type: 'queue', waiting: [...all, end] })
    expect(line.requests('append').length).toBe(3)
    expect(line.requests('end').length).toBe(1)
  })

  it('what waited behind a refused append goes on', () => {
    const line = new Line(4)
    line.welcome(4)
    line.on({ type: 'queue', waiting: [append(5)] })
    line.on({ type: 'queue', waiting: [append(5), append(6)] })
    const request = line.requests('append')[0]?.request ?? 0
    line.frame({ type: 'refused', request, body: { refusal: { type: 'TooLarge' } } })
    expect(line.requests('append').slice(1)).toMatchObject([{ body: { envelopes: [envelope(6)] } }])
  })

  it('asks again for what is missing between two arrivals', () => {
    const line = new Line(2)
    line.welcome(2)
    line.frame({ type: 'arrived', request: 0, body: { firstSeq: 4, envelopes: [envelope(4)] } })
    expect(line.requests('range')).toMatchObject([{ body: { from: 3 } }])
    line.entries(3, 2)
    expect(line.machine.head().seq).toBe(4)
  })

  it('ADV-12 takes no acknowledgement whose receipt is not right, and sends the same bytes again', () => {
    const line = new Line(4)
    line.on({ type: 'queue', waiting: [append(5)] })
    line.welcome(4)
    const frame: RelayFrame = { type: 'appended', request: 2, body: { seqs: [5], hash: hashAt(5), receipt } }
    line.on({ type: 'frame', frame, receiptsRight: false })
    expect(line.machine.head().seq).toBe(4)
    line.now += 60_000
    line.on({ type: 'tick' })
    line.on({ type: 'opened' })
    line.said = []
    line.frame({ type: 'challenge', request: 0, body: { nonce: new Uint8Array(32), relayPk: new Uint8Array(32) } })
    const limits = { entriesPerDay: 1, bytesPerDay: 1, boxBytes: 1, ownerCounter: 0, hasOwner: true }
    const body = { seq: 4, hash: hashAt(4), receipt, state: 'open' as const, daysLeft: 0, newestCapIndex: 0, ...limits }
    line.frame({ type: 'welcome', request: 0, body })
    expect(line.requests('append')).toMatchObject([{ body: { envelopes: [envelope(5)] } }])
  })

  it('ADV-5 a shorter record with our own head in it is given back what it lost', () => {
    const line = new Line(6)
    expect(line.welcome(3)).toContainEqual({ type: 'reseed', from: 3 })
    expect(line.said).toContainEqual({ type: 'alarm', alarm: { type: 'RolledBack', had: 6, has: 3 } })
    line.on({ type: 'missing', envelopes: box.slice(3) })
    const request = line.requests('append')[0]?.request ?? 0
    line.frame({ type: 'appended', request, body: { seqs: [4, 5, 6], hash: hashAt(6), receipt } })
    expect(line.machine.head()).toEqual({ seq: 6, hash: hashAt(6) })
    expect(line.machine.connection()).toBe('live')
  })

  it('another head at a position we hold is a fork: nothing is taken and nothing is sent', () => {
    const line = new Line(4)
    line.on({ type: 'queue', waiting: [append(5)] })
    line.welcome(4, hashAt(3))
    expect(line.said).toContainEqual({ type: 'alarm', alarm: { type: 'Fork', seq: 4 } })
    line.frame({ type: 'arrived', request: 0, body: { firstSeq: 5, envelopes: [envelope(5)] } })
    expect(line.machine.head().seq).toBe(4)
    expect(line.requests('append')).toEqual([])
  })

  it('with an old capability reads up to the end it may read, then says so', () => {
    const line = new Line(2)
    line.welcome(4, hashAt(4), 1)
    line.entries(3, 2)
    expect(line.said.at(-1)).toEqual({ type: 'superseded', newestCapIndex: 1 })
    expect(line.requests('append')).toEqual([])
    expect(line.on({ type: 'capability', capIndex: 1 })).toContainEqual({ type: 'connect' })
  })

  it('waits as long as the relay asks and no longer', () => {
    const line = new Line(4)
    line.on({ type: 'queue', waiting: [append(5)] })
    line.welcome(4)
    const request = line.requests('append')[0]?.request ?? 0
    const refusal = { type: 'OverQuota', retryAfterMs: 5_000 } as const
    expect(line.frame({ type: 'refused', request, body: { refusal } })).toEqual([{ type: 'wakeAt', at: 5_000 }])
    line.now = 4_999
    line.on({ type: 'tick' })
    expect(line.requests('append').length).toBe(1)
    line.now = 5_000
    line.on({ type: 'tick' })
    expect(line.requests('append').length).toBe(2)
  })

  it('a quota that others used up holds back neither a removal nor an end, only what is appended', () => {
    const line = new Line(4)
    line.on({ type: 'queue', waiting: [append(5)] })
    line.welcome(4)
    const request = line.requests('append')[0]?.request ?? 0
    const refusal = { type: 'OverQuota', retryAfterMs: 5_000 } as const
    line.frame({ type: 'refused', request, body: { refusal } })
    const ownerSig = new Uint8Array(64)
    const rekey: Waiting = {
      type: 'rekey',
      key: 'rekey 1',
      body: {
        envelopes: [envelope(5), envelope(6)],
        newCapIndex: 1,
        newCapPk: new Uint8Array(32),
        extend: 0,
        expectedHash: null,
        ownerSig,
      },
    }
    const end: Waiting = { type: 'end', key: 'owner 1', body: { now: false, counter: 1, ownerSig } }
    line.on({ type: 'queue', waiting: [append(4), rekey, end] })
    // what stands before a new epoch in its author's chain has to be there first
    expect(line.requests('rekey')).toEqual([])
    line.on({ type: 'queue', waiting: [rekey, end] })
    expect(line.requests('rekey').length).toBe(1)
    expect(line.requests('end').length).toBe(1)
    expect(line.requests('append').length).toBe(1)
  })

  it('ADV-8 two heads signed for a position further on contradict each other before an entry has come', () => {
    const line = new Line(2)
    line.welcome(5)
    const again = { seq: 5, hash: hashAt(4), receipt }
    line.frame({ type: 'headIs', request: 9, body: again })
    const found = { one: { seq: 5, hash: hashAt(5), receipt }, other: again }
    expect(line.said).toContainEqual({ type: 'contradiction', found })
    expect(line.said).toContainEqual({ type: 'alarm', alarm: { type: 'Fork', seq: 5 } })
    line.entries(3, 3)
    expect(places(line.said)).toEqual([])
  })

  it('an entry is let through only with all that leads to the head that was signed', () => {
    const line = new Line(1)
    line.welcome(5)
    const request = line.requests('range').at(-1)?.request ?? 0
    line.frame({ type: 'entries', request, body: { firstSeq: 2, envelopes: box.slice(1, 3) } })
    expect(places(line.said)).toEqual([])
    line.frame({ type: 'entries', request, body: { firstSeq: 4, envelopes: box.slice(3, 5) } })
    expect(places(line.said)).toMatchObject([{ firstSeq: 2, envelopes: box.slice(1, 5) }])
    expect(line.said).toContainEqual({ type: 'signed', head: { seq: 5, hash: hashAt(5), receipt } })
  })

  it('what was not let through when a line ended is asked for again, whatever it was', () => {
    const line = new Line(1)
    line.welcome(5)
    const request = line.requests('range').at(-1)?.request ?? 0
    line.frame({ type: 'entries', request, body: { firstSeq: 2, envelopes: [envelope(2), envelope(99)] } })
    line.on({ type: 'closed' })
    line.now += 60_000
    line.on({ type: 'tick' })
    line.said = []
    line.welcome(5)
    expect(line.requests('range')).toMatchObject([{ body: { from: 2 } }])
    line.entries(2, 4)
    expect(places(line.said)).toMatchObject([{ firstSeq: 2, envelopes: box.slice(1, 5) }])
    expect(line.said.filter((one) => one.type === 'alarm')).toEqual([])
  })

  it('a record longer than what may wait for its head is let through in parts', () => {
    const large = new Uint8Array(61_518)
    const line = new Line(0)
    line.welcome(5_000, hashAt(1))
    const most = Math.ceil(33_554_432 / large.length)
    const envelopes = Array.from({ length: most }, () => large)
    line.frame({ type: 'arrived', request: 0, body: { firstSeq: 1, envelopes } })
    expect(line.machine.head().seq).toBe(most)
  })

  it('a fork holds back what is appended, and never an end', () => {
    const line = new Line(4)
    line.on({ type: 'queue', waiting: [append(5)] })
    line.welcome(4, hashAt(3))
    expect(line.said).toContainEqual({ type: 'alarm', alarm: { type: 'Fork', seq: 4 } })
    const end: Waiting = {
      type: 'end',
      key: 'owner 1',
      body: { now: true, counter: 1, ownerSig: new Uint8Array(64) },
    }
    line.on({ type: 'queue', waiting: [append(5), end] })
    expect(line.requests('append')).toEqual([])
    expect(line.requests('end').length).toBe(1)
  })

  it('gives a line up that does not answer, and tries again', () => {
    const line = new Line(4)
    line.on({ type: 'queue', waiting: [append(5)] })
    line.welcome(4)
    line.now = 25_000
    expect(line.on({ type: 'tick' })).toContainEqual({ type: 'disconnect' })
    expect(line.machine.connection()).toBe('offline')
    expect(line.machine.retryAt()).toBe(25_250)
  })

  it('whatever comes in whatever order, the chain grows only by what fits and never twice', () => {
    const frames = fc.oneof(
      fc.record({ first: fc.integer({ min: 1, max: 6 }), count: fc.integer({ min: 1, max: 6 }) }).map(
        ({ first, count }): RelayFrame => ({
          type: 'arrived',
          request: 0,
          body: { firstSeq: first, envelopes: box.slice(first - 1, first - 1 + count) },
        }),
      ),
      fc
        .integer({ min: 0, max: 6 })
        .map((seq): RelayFrame => ({ type: 'headIs', request: 9, body: { seq, hash: hashAt(seq), receipt } })),
    )
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 20 }), (sequence) => {
        const line = new Line(1)
        line.welcome(1)
        for (const frame of sequence) line.frame(frame)
        const taken = places(line.said).flatMap((one) => (one.type === 'place' ? one.envelopes : []))
        const { seq, hash } = line.machine.head()
        expect(taken).toEqual(box.slice(1, seq))
        expect(hash).toEqual(hashAt(seq))
        expect(line.said.filter((one) => one.type === 'alarm')).toEqual([])
      }),
    )
  })
})

describe('waiting before trying again', () => {
  it('doubles to a minute, never less than a quarter of a second, and differs by chance', () => {
    expect(backoffMs(0, 0)).toBe(250)
    expect(backoffMs(0, 0.999)).toBeLessThanOrEqual(500)
    expect(backoffMs(3, 0)).toBe(2_000)
    expect(backoffMs(50, 0.5)).toBe(45_000)
  })
})
