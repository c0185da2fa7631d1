/**
 * What another device says of a note, against random and bent bytes: messages, parts, drafts, and above all updates, which Yjs
 * would apply whatever they are. Whoever lets one through shows the same text as everybody else, and nobody's words change hands.
 */
import { equalBytes, fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { must } from '@alongside/base/result.ts'
import { anyBytes, bent, fuzz, type Draw } from '@alongside/base/testing/fuzz.ts'
import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate, FIELD, MAX_CLOCK, MAX_UPDATE } from './check-update.ts'
import { clientIdOf } from './client-ids.ts'
import {
  encodeDraft,
  encodeMessage,
  encodePart,
  readDraft,
  readMessage,
  readPart,
  type NoteMessage,
} from './messages.ts'
import { noteDraft } from './note-draft.ts'

// many cases: longer than usual where a machine is busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const id = (seed: number): Id => toHex(new Uint8Array(16).fill(seed))
const ENCOUNTER = id(1)
const [AMAL, BEA] = [
  { member: id(2), device: id(3) },
  { member: id(4), device: id(5) },
]
const client = clientIdOf(ENCOUNTER, BEA.device, 2)
const amals = clientIdOf(ENCOUNTER, AMAL.device, 1)

/** An update by one client, made by Yjs itself. */
function made(by: number, change: (text: Y.Text, doc: Y.Doc) => void, on: Uint8Array | null = null): Bytes {
  const doc = new Y.Doc()
  if (on !== null) Y.applyUpdate(doc, on)
  const before = Y.encodeStateVector(doc)
  doc.clientID = by
  change(doc.getText(FIELD), doc)
  return Uint8Array.from(Y.encodeStateAsUpdate(doc, before))
}
const amalsText = made(amals, (text) => text.insert(0, 'I was afraid'))
const updates: readonly Bytes[] = [
  made(client, (text) => text.insert(0, 'hello')),
  made(client, (text) => {
    text.insert(0, 'hello there')
    text.delete(2, 4)
    text.insert(1, 'ع🌱')
  }),
  made(client, (text) => text.insert(5, ' and cold'), amalsText),
  made(client, (text) => text.delete(0, 5), amalsText),
  made(client, (_text, doc) => doc.getMap('other').set('a', 1)),
  made(client, (text) => text.insertEmbed(0, { image: 'x' })),
]
const LET_IN = new Set([client])

/** A number as Yjs writes it. */
const varUint = (value: number): number[] => {
  const bytes: number[] = []
  for (let left = value; ; left = Math.floor(left / 128)) {
    bytes.push(left >= 128 ? 128 + (left % 128) : left)
    if (left < 128) return bytes
  }
}
const HUGE = [2 ** 28, 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 52]
/** An update whose counts, clock or lengths say something huge. */
const huge = (draw: Draw): Bytes => {
  const number = () => varUint(draw.below(2) === 0 ? draw.one(HUGE) : draw.below(4))
  const bytes = [...number(), ...number(), ...varUint(client), ...number()]
  for (let left = draw.below(4); left > 0; left--) bytes.push(draw.below(256), ...number(), ...number())
  return Uint8Array.of(...bytes, ...draw.bytes(draw.below(12)))
}

/** Found by bending, and kept: each was let in once, and broke Yjs or made two sides show different text. */
const FOUND: readonly (readonly [string, string])[] = [
  ['deletes nothing', '00013e010000'],
  ['has a piece of no length', '0105f4e4f7bf8c831f00040104746578740168000000000000000000'],
  [
    'stands beside what its writer wrote later',
    '0105f4e4f7bf8c831f0004010474657874016884f4e4f7bf8c831f170165811f0104841f05057468657265c41f001f0106d8b9f09f8cb1011f010204',
  ],
  ['stands beside what is further than text goes', '0101f4e4f7bf8c831f00c400c4e6e5a79fb39d3e0400010000'],
  ['deletes the same twice, and back', '0001e6e5a79fb39d3e031a011a010005'],
]

describe('updates of a note', () => {
  it.each(FOUND)('ADV-79 one that %s is refused', (_what, hex) => {
    expect(checkUpdate(fromHex(hex) as Bytes, LET_IN, null).ok).toBe(false)
  })

  it('ADV-79 30,000 of them: none throws or hangs, and what is let in is applied alike by all and changes nobody’s author', async () => {
    let letIn = 0
    await fuzz(
      30_000,
      (draw) =>
        draw.below(5) === 0
          ? huge(draw)
          : draw.below(10) === 0
            ? anyBytes(draw, updates)
            : bent(draw.one(updates), draw),
      (bytes) => {
        if (!checkUpdate(bytes, LET_IN, null).ok) return
        letIn++
        const [one, two] = [new Y.Doc(), new Y.Doc()]
        Y.applyUpdate(one, amalsText)
        Y.applyUpdate(one, bytes)
        Y.applyUpdate(two, bytes)
        Y.applyUpdate(two, amalsText)
        if (one.getText(FIELD).toJSON() !== two.getText(FIELD).toJSON()) throw new Error('two texts')
        for (const struct of Y.decodeUpdate(Y.encodeStateAsUpdate(one)).structs)
          if (struct.id.client !== client && struct.id.client !== amals) throw new Error('somebody else wrote')
        const known = Y.decodeStateVector(Y.encodeStateVector(one)).get(amals)
        if (known !== 12) throw new Error('words under another’s name')
        if (one.share.size > 1) throw new Error('another field')
      },
    )
    expect(letIn).toBeGreaterThan(1_000)
  })

  it('ADV-79 an update of 100,000 pieces, or that reaches far ahead, is refused by its shape', () => {
    const many = made(client, (text) => {
      for (let i = 0; i < 6_000; i++) text.insert(0, 'x')
    })
    expect(checkUpdate(many, LET_IN, null).ok).toBe(false)
    const head = [1, ...varUint(100_000), ...varUint(client), 0]
    const pieces = new Uint8Array(head.length + 400_000)
    pieces.set(head)
    expect(checkUpdate(pieces, LET_IN, null)).toEqual({ ok: false, error: { type: 'UpdateRefused', why: 'size' } })
    expect(checkUpdate(pieces.subarray(0, MAX_UPDATE), LET_IN, null).ok).toBe(false)
    // one garbage-collected piece of any length, at any clock
    for (const [clock, length] of [
      [0, MAX_CLOCK + 1],
      [MAX_CLOCK, 1],
      [2 ** 40, 1],
      [0, 2 ** 40],
    ] as const) {
      const far = Uint8Array.of(1, 1, ...varUint(client), ...varUint(clock), 0, ...varUint(length), 0)
      expect(checkUpdate(far, LET_IN, null)).toEqual({ ok: false, error: { type: 'UpdateRefused', why: 'size' } })
    }
  })
})

describe('messages about a note', () => {
  it('ADV-78 ADV-79 give what they say or nothing, have one spelling, and never break the note they are about', async () => {
    const block = id(9)
    const meta = { salt: new Uint8Array(16), kind: 'shared', writer: BEA.member, order: 1 } as const
    const said: readonly NoteMessage[] = [
      { type: 'hello', vectors: [{ block, vector: new Uint8Array(3) }] },
      { type: 'blocks', metas: [meta], dropped: [block] },
      { type: 'update', draws: [2], block, update: updates[0] as Bytes },
      { type: 'here', block, anchor: null, head: new Uint8Array(5) },
      { type: 'bye', back: true },
    ]
    const part = encodePart({ draws: [2], metas: [meta], dropped: [], texts: [{ block, update: updates[1] as Bytes }] })
    const draft = encodeDraft([{ device: BEA.device, part, signature: new Uint8Array(64) }])
    const valid = [...said.map((one) => encodeMessage(ENCOUNTER, one)), part, draft]
    const memberOf = (device: Id) => [AMAL, BEA].find((one) => one.device === device)?.member ?? null
    const note = noteDraft({ encounter: ENCOUNTER, ...AMAL, draw: 1, memberOf, saved: null })
    const own = must(note.add('ownWords', new Uint8Array(16).fill(3)))
    must(
      note.write(
        own,
        made(note.clientId, (text) => text.insert(0, 'mine')),
      ),
    )
    let heard = 0
    await fuzz(
      15_000,
      (draw) => anyBytes(draw, valid),
      (bytes) => {
        const message = readMessage(ENCOUNTER, bytes)
        if (message !== null) {
          if (!equalBytes(encodeMessage(ENCOUNTER, message), bytes)) throw new Error('two spellings')
          heard++
          note.hear(BEA.device, message)
        }
        const one = readPart(bytes)
        if (one !== null && !equalBytes(encodePart(one), bytes)) throw new Error('two spellings of a part')
        const all = readDraft(bytes)
        if (all !== null && !equalBytes(encodeDraft(all), bytes)) throw new Error('two spellings of a draft')
      },
    )
    expect(heard).toBeGreaterThan(200)
    expect(note.text(own)).toBe('mine')
  })
})
