import { toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { FIELD } from './check-update.ts'
import { clientIdOf } from './client-ids.ts'
import { encodePart, readMessage, encodeMessage } from './messages.ts'
import { noteDraft, type NoteDraft, type SavedDraft } from './note-draft.ts'

const id = (seed: number): Id => toHex(new Uint8Array(16).fill(seed))
const ENCOUNTER = id(1)
const AMAL = { member: id(2), device: id(3) }
const BEA = { member: id(4), device: id(5) }
const memberOf = (device: Id) => [AMAL, BEA].find((one) => one.device === device)?.member ?? null
const salt = (n: number) => new Uint8Array(16).fill(n)

/** A screen with its own document, writing under the client id the device gave it. */
class Seat {
  readonly who: typeof AMAL
  readonly draft: NoteDraft
  readonly docs = new Map<Id, Y.Doc>()

  constructor(who: typeof AMAL, draw: number, saved: SavedDraft | null = null) {
    this.who = who
    this.draft = noteDraft({ encounter: ENCOUNTER, ...who, draw, memberOf, saved })
    for (const { block, state } of this.draft.blocks()) this.update(block, state)
  }

  doc(block: Id): Y.Doc {
    const doc = this.docs.get(block) ?? new Y.Doc()
    doc.clientID = this.draft.clientId
    this.docs.set(block, doc)
    return doc
  }

  update(block: Id, update: Bytes): void {
    Y.applyUpdate(this.doc(block), update)
  }

  edit(block: Id, change: (text: Y.Text) => void) {
    const doc = this.doc(block)
    const updates: Bytes[] = []
    const hear = (update: Uint8Array) => updates.push(update as Bytes)
    doc.on('update', hear)
    change(doc.getText(FIELD))
    doc.off('update', hear)
    return updates.map((update) => this.draft.write(block, update))
  }

  text = (block: Id) => this.doc(block).getText(FIELD).toJSON()
}

/** Everything due at `from` reaches `to`, over the wire's own encoding; says what was refused or missing. */
function pass(from: Seat, to: Seat): boolean {
  let missing = false
  for (const said of from.draft.due()) {
    const heard = to.draft.hear(
      from.who.device,
      readMessage(ENCOUNTER, encodeMessage(ENCOUNTER, said)) ?? { type: 'bye', back: false },
    )
    for (const { block, update } of heard.updates) to.update(block, update)
    missing ||= heard.missing
  }
  return missing
}

function seats() {
  const amal = new Seat(AMAL, 1)
  const bea = new Seat(BEA, 2)
  return { amal, bea }
}

const begun = () => {
  const { amal, bea } = seats()
  const block = must(amal.draft.add('shared', salt(1)))
  pass(amal, bea)
  return { amal, bea, block }
}

describe('writing together', () => {
  it('ADV-84 whatever two people type and in whatever order it arrives, both end with the same text', () => {
    const step = fc.record({
      who: fc.boolean(),
      at: fc.nat(40),
      cut: fc.nat(3),
      put: fc.string({ maxLength: 4 }),
      pass: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { amal, bea, block } = begun()
        for (const { who, at, cut, put, pass: now } of steps) {
          const seat = who ? amal : bea
          seat.edit(block, (text) => {
            const from = Math.min(at, text.length)
            text.delete(from, Math.min(cut, text.length - from))
            text.insert(from, put)
          })
          if (now) pass(seat, seat === amal ? bea : amal)
        }
        for (let i = 0; i < 2; i++) {
          pass(amal, bea)
          pass(bea, amal)
        }
        expect(amal.draft.text(block)).toBe(bea.draft.text(block))
        expect(amal.text(block)).toBe(amal.draft.text(block))
        const spans = bea.draft.spans(block) ?? []
        expect(spans).toEqual(amal.draft.spans(block))
        expect(spans.reduce((sum, { length }) => sum + length, 0)).toBe(amal.text(block).length)
      }),
      { numRuns: 60 },
    )
  })

  it('says who wrote which part', () => {
    const { amal, bea, block } = begun()
    amal.edit(block, (text) => text.insert(0, 'The bus is late.'))
    pass(amal, bea)
    bea.edit(block, (text) => text.insert(8, 'often '))
    pass(bea, amal)
    expect(amal.text(block)).toBe('The bus often is late.')
    expect(amal.draft.spans(block)).toEqual([
      { member: AMAL.member, length: 8 },
      { member: BEA.member, length: 6 },
      { member: AMAL.member, length: 8 },
    ])
  })

  it('what was typed and taken out again is not told, not kept and not in the shared part', () => {
    const { amal, bea, block } = begun()
    amal.edit(block, (text) => text.insert(0, 'we talked. a secret'))
    amal.edit(block, (text) => text.delete(10, 9))
    const told = amal.draft.due().map((said) => encodeMessage(ENCOUNTER, said))
    bea.edit(block, (text) => text.insert(0, 'x'))
    for (const bytes of [...told, encodePart(amal.draft.part()), ...amal.draft.save().states.map(({ state }) => state)])
      expect(toHex(bytes)).not.toContain(toHex(utf8('secret')))
  })

  it('whoever comes late or lost a message asks, and is told', () => {
    const { amal, bea, block } = begun()
    amal.edit(block, (text) => text.insert(0, 'one '))
    amal.draft.due() // lost on the way
    amal.edit(block, (text) => text.insert(4, 'two'))
    expect(pass(amal, bea)).toBe(true)
    expect(bea.draft.text(block)).toBe('')
    amal.draft.hear(BEA.device, bea.draft.hello())
    pass(amal, bea)
    expect(bea.draft.text(block)).toBe('one two')
    const late = new Seat(BEA, 9)
    amal.draft.hear(BEA.device, late.draft.hello())
    pass(amal, late)
    expect(late.draft.text(block)).toBe('one two')
  })

  it('a hello that shows more than is known here asks back', () => {
    const { amal, bea, block } = begun()
    amal.edit(block, (text) => text.insert(0, 'written offline'))
    expect(bea.draft.hear(AMAL.device, amal.draft.hello()).missing).toBe(true)
    expect(amal.draft.hear(BEA.device, bea.draft.hello()).missing).toBe(false)
  })

  it('goes on after the app was closed, under a new number, and still knows whose words are whose', () => {
    const { amal, bea, block } = begun()
    amal.edit(block, (text) => text.insert(0, 'mine'))
    pass(amal, bea)
    bea.edit(block, (text) => text.insert(4, ' yours'))
    pass(bea, amal)
    const again = new Seat(AMAL, 77, amal.draft.save())
    again.edit(block, (text) => text.insert(10, ' mine'))
    expect(again.draft.spans(block)?.map(({ member }) => member)).toEqual([AMAL.member, BEA.member, AMAL.member])
    pass(again, bea)
    expect(bea.draft.text(block)).toBe('mine yours mine')
  })

  it('each device lays down only its own part, and the parts together are the note', () => {
    const { amal, bea, block } = begun()
    amal.edit(block, (text) => text.insert(0, 'A'))
    pass(amal, bea)
    bea.edit(block, (text) => text.insert(1, 'B'))
    const third = new Seat(AMAL, 300)
    third.draft.takePart(BEA.device, bea.draft.part())
    const fresh = noteDraft({ encounter: ENCOUNTER, member: BEA.member, device: id(9), draw: 1, memberOf, saved: null })
    fresh.takePart(AMAL.device, amal.draft.part())
    fresh.takePart(BEA.device, bea.draft.part())
    expect(fresh.text(block)).toBe('AB')
  })
})

describe('own words', () => {
  it('only their owner writes or deletes in them', () => {
    const { amal, bea } = seats()
    const block = must(amal.draft.add('ownWords', salt(2)))
    amal.edit(block, (text) => text.insert(0, 'I was afraid'))
    pass(amal, bea)
    expect(bea.draft.text(block)).toBe('I was afraid')
    expect(bea.edit(block, (text) => text.insert(0, 'not '))).toEqual([{ ok: false, error: { type: 'NotYours' } }])
    expect(bea.draft.drop(block)).toEqual({ ok: false, error: { type: 'NotYours' } })
    const doc = new Y.Doc()
    doc.clientID = clientIdOf(ENCOUNTER, BEA.device, 2)
    Y.applyUpdate(doc, amal.draft.blocks()[0]?.state as Bytes)
    const before = Y.encodeStateVector(doc)
    doc.getText(FIELD).delete(0, 5)
    const update = Y.encodeStateAsUpdate(doc, before) as Bytes
    amal.draft.hear(BEA.device, { type: 'update', draws: [2], block, update })
    amal.draft.hear(BEA.device, { type: 'blocks', metas: [], dropped: [block] })
    expect(amal.draft.text(block)).toBe('I was afraid')
  })

  it('the kind and writer of a block cannot be told differently: the id follows from them', () => {
    const { amal, bea } = seats()
    const block = must(amal.draft.add('ownWords', salt(3)))
    bea.draft.hear(AMAL.device, {
      type: 'blocks',
      metas: [{ salt: salt(3), kind: 'shared', writer: AMAL.member, order: 0 }],
      dropped: [],
    })
    expect(bea.draft.blocks().map((one) => one.block)).not.toContain(block)
  })
})

describe('hostile updates', () => {
  it('ADV-85 text written under another device’s client id has no effect, and both sides show the same', () => {
    const { amal, bea, block } = begun()
    const forger = new Y.Doc()
    forger.clientID = amal.draft.clientId
    forger.getText(FIELD).insert(0, 'AGREED to disclose')
    const forged = Y.encodeStateAsUpdate(forger) as Bytes
    // Bea sends it as her own, under her draw or pretending Amal's number
    for (const draws of [[2], [1], [1, 2]])
      expect(amal.draft.hear(BEA.device, { type: 'update', draws, block, update: forged }).updates).toEqual([])
    expect(bea.draft.write(block, forged)).toEqual({ ok: false, error: { type: 'UpdateRefused', why: 'client' } })
    amal.edit(block, (text) => text.insert(0, 'meet Tuesday 10:00'))
    pass(amal, bea)
    expect([amal.draft.text(block), bea.draft.text(block)]).toEqual(['meet Tuesday 10:00', 'meet Tuesday 10:00'])
  })

  it('ADV-79 anything but plain text in the one field, garbage, and clocks far ahead are refused', () => {
    const { amal, block } = begun()
    const client = clientIdOf(ENCOUNTER, BEA.device, 2)
    const made = (change: (doc: Y.Doc) => void): Bytes => {
      const doc = new Y.Doc()
      doc.clientID = client
      change(doc)
      return Y.encodeStateAsUpdate(doc) as Bytes
    }
    const hostile = [
      made((doc) => doc.getMap('other').set('a', 1)),
      made((doc) => doc.getText('other').insert(0, 'hidden')),
      made((doc) => doc.getText(FIELD).insertEmbed(0, { image: 'x' })),
      made((doc) => doc.getText(FIELD).insert(0, 'x', { bold: true })),
      made((doc) => doc.getText(FIELD).insert(0, 'x'.repeat(60_000))),
      new Uint8Array([255, 255, 255, 255]),
    ]
    for (const update of hostile)
      expect(amal.draft.hear(BEA.device, { type: 'update', draws: [2], block, update }).updates).toEqual([])
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        amal.draft.hear(BEA.device, { type: 'update', draws: [2], block, update: Uint8Array.from(noise) })
        readMessage(ENCOUNTER, noise)
      }),
    )
    expect(amal.draft.text(block)).toBe('')
  })

  it('what a tick brings is as long as what was typed in it, however long the text and however much was taken out', () => {
    const { amal, bea, block } = begun()
    for (let i = 0; i < 200; i++) amal.edit(block, (text) => text.insert(i % 7, 'some words '))
    for (let i = 0; i < 200; i++) amal.edit(block, (text) => text.delete((i * 5) % (text.length - 2), 2))
    pass(amal, bea)
    for (const key of 'typed one by one') amal.edit(block, (text) => text.insert(text.length, key))
    amal.edit(block, (text) => text.delete(0, 1))
    const due = amal.draft.due()
    expect(due).toHaveLength(1)
    expect(encodeMessage(ENCOUNTER, due[0] as (typeof due)[number]).length).toBeLessThan(150)
    for (const said of due) bea.draft.hear(AMAL.device, said)
    expect(bea.draft.text(block)).toBe(amal.text(block))
  })

  it('much that is pasted in one tick goes out in messages that others take', () => {
    const { amal, bea, block } = begun()
    for (let i = 0; i < 5; i++) amal.edit(block, (text) => text.insert(0, String(i).repeat(20_000)))
    expect(pass(amal, bea)).toBe(false)
    expect(bea.draft.text(block)).toBe(amal.text(block))
    expect(bea.draft.text(block)).toHaveLength(100_000)
  })

  it('a device that is not in the circle says nothing', () => {
    const { amal, block } = begun()
    const update = Y.encodeStateAsUpdate(new Y.Doc()) as Bytes
    expect(amal.draft.hear(id(66), { type: 'update', draws: [1], block, update }).updates).toEqual([])
    expect(amal.draft.hear(id(66), { type: 'blocks', metas: [], dropped: [block] }).blocksChanged).toBe(false)
  })
})
