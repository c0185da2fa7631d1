import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AMAL, BEA, founded, idOf, rekey, type Story, together } from '../../test/story.ts'
import type { PracticeEvent } from '../define.ts'
import { checkShape } from '../registry.ts'
import {
  allBlocks,
  blockOf,
  blocksOf,
  covers,
  notes,
  partsOf,
  waitingForYes,
  waitsOn,
  withoutWordOf,
  wordOf,
  writersOf,
  type Block,
} from './state.ts'

type Offer = Extract<PracticeEvent, { type: 'BlockOffered' }>

/** A block written by these members, each with a piece of text. */
const block = (name: string, parts: readonly (readonly [string, string])[], rest: Partial<Offer> = {}): Offer => ({
  type: 'BlockOffered',
  encounter: null,
  block: idOf(name),
  kind: 'shared',
  text: parts.map(([, text]) => text).join(''),
  language: 'en',
  spans: parts.map(([member, text]) => ({ member, length: text.length })),
  replaces: null,
  readBy: null,
  ...rest,
})
const agree = (name: string) => ({ type: 'BlockAgreed', block: idOf(name) }) as const
const takeBack = (name: string) => ({ type: 'BlockTakenBack', block: idOf(name) }) as const
const sign = (name: string) => ({ type: 'BlockSigned', block: idOf(name) }) as const
const differ = (name: string, words = 'I see it another way.') =>
  ({ type: 'BlockDiffers', block: idOf(name), words }) as const
const strike = (name: string) => ({ type: 'BlockStruck', block: idOf(name) }) as const
const meeting = (name: string) =>
  ({ type: 'EncounterPlanned', encounter: idOf(name), day: null, time: null, place: '', way: 'visit' }) as const

const of = (story: Story, name: string): Block => {
  const found = blockOf(story.circle, idOf(name))
  if (found === null) throw new Error(`${name} was offered`)
  return found
}
const both = [
  [AMAL, 'The flat is cold. '],
  [BEA, 'We write to the owner.'],
] as const

describe('keeping a block', () => {
  it('[NOTE-1] an own circle has no shared note', () => {
    expect(founded('own').say('Amal', block('a', [[AMAL, 'Alone.']]))?.rule).toBe('NOTE-1')
    expect(together().say('Amal', block('a', [[AMAL, 'Together.']]))).toBeNull()
  })

  it('[NOTE-2] ADV-27 an id is used once, even after it was taken back', () => {
    const story = together().says('Bea', block('a', both))
    expect(story.say('Amal', block('a', both))?.rule).toBe('NOTE-2')
    story.says('Bea', takeBack('a'))
    expect(story.say('Bea', block('a', both))?.rule).toBe('NOTE-2')
  })

  it('[NOTE-3] parts have writers who are here, cover the text, and split no character', () => {
    const story = together()
    const text = 'Yes.'
    expect(story.say('Bea', block('a', [[idOf('Nobody'), text]]))?.rule).toBe('NOTE-3')
    expect(story.say('Bea', block('a', [[BEA, text]], { spans: [] }))?.rule).toBe('NOTE-3')
    for (const lengths of [[3], [5], [4, 0], [2, 3]]) {
      const spans = lengths.map((length) => ({ member: BEA, length }))
      expect(story.say('Bea', block('a', [[BEA, text]], { spans }))?.rule).toBe('NOTE-3')
    }
    const half = [AMAL, BEA].map((member) => ({ member, length: 1 }))
    expect(story.say('Bea', block('a', [[BEA, '🌱']], { spans: half }))?.rule).toBe('NOTE-3')
    expect(
      story.say(
        'Bea',
        block('a', [
          [AMAL, '🌱'],
          [BEA, '🌱'],
        ]),
      ),
    ).toBeNull()
  })

  it('[NOTE-4] own words are only their owner’s, and nobody else corrects them', () => {
    const story = together()
    const own = { kind: 'ownWords' } as const
    expect(story.say('Bea', block('a', [[AMAL, 'I was cold.']], own))?.rule).toBe('NOTE-4')
    expect(story.say('Amal', block('a', both, own))?.rule).toBe('NOTE-4')
    story.says('Amal', block('mine', [[AMAL, 'I was cold.']], own))
    expect(of(story, 'mine').status).toBe('kept')
    const replaces = idOf('mine')
    expect(story.say('Bea', block('b', [[BEA, 'She was cold.']], { ...own, replaces }))?.rule).toBe('NOTE-4')
    expect(story.say('Bea', block('b', [[BEA, 'She was cold.']], { replaces }))?.rule).toBe('NOTE-4')
    expect(story.say('Amal', block('b', [[AMAL, 'I was very cold.']], { ...own, replaces }))).toBeNull()
    expect(of(story, 'mine').status).toBe('corrected')
  })

  it('[NOTE-5] a block is kept only with the yes of everybody who wrote in it', () => {
    const story = together().says('Bea', block('a', both))
    expect(of(story, 'a').status).toBe('offered')
    expect(waitsOn(of(story, 'a'))).toEqual([AMAL])
    expect(waitingForYes(story.circle, AMAL).map((one) => one.id)).toEqual([idOf('a')])
    story.says('Amal', agree('a'))
    expect(of(story, 'a')).toMatchObject({ status: 'kept', keptSeq: story.seq })
    expect([AMAL, BEA].map((member) => wordOf(of(story, 'a'), member))).toEqual(['signed', 'signed'])
    story.says('Bea', block('hers', [[AMAL, 'I said this aloud.']]))
    expect(of(story, 'hers').status).toBe('offered')
    story.says('Amal', agree('hers'))
    expect(wordOf(of(story, 'hers'), BEA)).toBe('none')
  })

  it('[NOTE-6] only those a block waits for say yes, once', () => {
    const story = together().says('Bea', block('a', both))
    expect(story.say('Bea', agree('a'))?.rule).toBe('NOTE-6')
    expect(story.say('Amal', agree('never offered'))?.rule).toBe('NOTE-6')
    story.says('Amal', agree('a'))
    expect(story.say('Amal', agree('a'))?.rule).toBe('NOTE-6')
  })

  it('[NOTE-7] what is not kept can be taken back, and its text leaves the state', () => {
    const story = together().says('Bea', block('a', both, { readBy: 'The landlord' }))
    story.says('Bea', block('b', both)).says('Amal', takeBack('b')).says('Bea', takeBack('a'))
    expect(JSON.stringify(story.circle.note)).not.toMatch(/cold|owner|landlord/)
    expect(allBlocks(story.circle)).toEqual([])
    expect(story.say('Amal', agree('a'))?.rule).toBe('NOTE-6')
    story.says('Bea', block('c', both)).says('Amal', agree('c'))
    expect(story.say('Bea', takeBack('c'))?.rule).toBe('NOTE-7')
    expect(story.say('Bea', takeBack('never offered'))?.rule).toBe('NOTE-7')
  })

  it('[NOTE-11] a block names a meeting of this circle or none', () => {
    const at = { encounter: idOf('first') }
    expect(together().say('Bea', block('a', both, at))?.rule).toBe('NOTE-11')
    expect(
      together()
        .says('Bea', meeting('first'))
        .say('Bea', block('a', both, at)),
    ).toBeNull()
  })

  it('[NOTE-12] a block and a differing say something', () => {
    const story = together()
    expect(story.say('Bea', block('a', [[BEA, ' \n']]))?.rule).toBe('NOTE-12')
    story.says('Bea', block('a', [[BEA, 'She came late.']]))
    expect(story.say('Amal', differ('a', ' '))?.rule).toBe('NOTE-12')
  })
})

describe('after it is kept', () => {
  const kept = () => together().says('Bea', block('a', [[BEA, 'She came late.']]))

  it('[NOTE-8] the other signs, or sees it differently with the same room, or says no word', () => {
    const story = kept()
    expect(wordOf(of(story, 'a'), AMAL)).toBe('none')
    expect(withoutWordOf(story.circle, AMAL)).toHaveLength(1)
    expect(story.say('Bea', sign('a'))?.rule).toBe('NOTE-8')
    expect(story.say('Bea', differ('a'))?.rule).toBe('NOTE-8')
    story.says('Amal', differ('a', 'The bus did not come. '.repeat(360).slice(0, 8000)))
    expect(wordOf(of(story, 'a'), AMAL)).toBe('differs')
    story.says('Amal', sign('a'))
    expect(of(story, 'a').words[AMAL]).toMatchObject({ word: 'signed', words: '' })
    expect(withoutWordOf(story.circle, AMAL)).toEqual([])
    story.says('Bea', block('waits', both))
    expect(story.say('Amal', sign('waits'))?.rule).toBe('NOTE-8')
  })

  it('[NOTE-9] a correction waits for the writers of the old block too, and leaves it readable', () => {
    const story = together().says('Bea', block('a', both)).says('Amal', agree('a'))
    story.says('Bea', block('b', [[BEA, 'We write to the council.']], { replaces: idOf('a') }))
    expect(waitsOn(of(story, 'b'))).toEqual([AMAL])
    expect(of(story, 'a').status).toBe('kept')
    story.says('Amal', agree('b'))
    expect(of(story, 'a')).toMatchObject({ status: 'corrected', correctedBy: idOf('b'), text: of(story, 'a').text })
    expect(story.say('Amal', sign('a'))?.rule).toBe('NOTE-8')
    expect(story.say('Bea', block('c', both, { replaces: idOf('a') }))?.rule).toBe('NOTE-9')
    expect(story.say('Bea', block('c', both, { replaces: idOf('never') }))?.rule).toBe('NOTE-9')
    story.says('Bea', meeting('first'))
    expect(story.say('Bea', block('c', both, { replaces: idOf('b'), encounter: idOf('first') }))?.rule).toBe('NOTE-9')
  })

  it('[NOTE-9] of two corrections of one block only the first is kept, and none after it was struck', () => {
    const story = together().says('Bea', block('a', both)).says('Amal', agree('a'))
    story.says('Bea', block('b', both, { replaces: idOf('a') })).says('Bea', block('c', both, { replaces: idOf('a') }))
    story.says('Amal', agree('c'))
    expect(story.say('Amal', agree('b'))?.rule).toBe('NOTE-9')
    story.says('Bea', block('d', both, { replaces: idOf('c') })).says('Amal', strike('c'))
    expect(story.say('Amal', agree('d'))?.rule).toBe('NOTE-9')
    expect(story.say('Bea', takeBack('d'))).toBeNull()
  })

  it('[NOTE-9] a writer who has gone holds no correction back', () => {
    const story = together().says('Bea', block('a', both)).says('Amal', agree('a'))
    story.says('Bea', { type: 'MemberLeft' }).says('Amal', rekey('leave', 1))
    story.says('Amal', block('b', [[AMAL, 'The flat was cold.']], { replaces: idOf('a') }))
    expect(of(story, 'b').status).toBe('kept')
    expect(of(story, 'a').status).toBe('corrected')
  })

  it('[NOTE-10] the person strikes any kept block, others only their own words, and it stays struck', () => {
    const story = kept()
    expect(story.say('Bea', strike('a'))?.rule).toBe('NOTE-10')
    story.says('Amal', strike('a'))
    expect(of(story, 'a')).toMatchObject({ struck: { by: AMAL }, text: 'She came late.' })
    expect(story.say('Amal', strike('a'))?.rule).toBe('NOTE-10')
    expect(story.say('Amal', differ('a'))?.rule).toBe('NOTE-8')
    story.says('Amal', block('hers', [[AMAL, 'I was tired.']], { kind: 'ownWords' }))
    expect(story.say('Bea', strike('hers'))?.rule).toBe('NOTE-10')
    story.says('Bea', block('his', [[BEA, 'I rushed.']], { kind: 'ownWords' })).says('Bea', strike('his'))
    story.says('Bea', block('waits', both))
    expect(story.say('Amal', strike('waits'))?.rule).toBe('NOTE-10')
    expect(story.say('Amal', strike('never'))?.rule).toBe('NOTE-10')
  })

  it('[NOTE-10] an older version can be struck too', () => {
    const story = kept().says('Bea', block('b', [[BEA, 'The bus was late.']], { replaces: idOf('a') }))
    expect(story.say('Amal', strike('a'))).toBeNull()
    expect(of(story, 'b').struck).toBeNull()
  })
})

describe('how notes look', () => {
  it('groups blocks by meeting, a correction where the first version stood', () => {
    const story = together().says('Bea', meeting('first')).says('Bea', meeting('second'))
    const at = { encounter: idOf('first') }
    story.says('Bea', block('a', [[BEA, 'One.']], at)).says('Bea', block('b', [[BEA, 'Two.']], at))
    story.says('Amal', block('c', [[AMAL, 'Three.']], { encounter: idOf('second') }))
    story.says('Amal', block('d', [[AMAL, 'Four.']]))
    story.says('Bea', block('a2', [[BEA, 'One!']], { ...at, replaces: idOf('a') }))
    expect(blocksOf(story.circle, idOf('first')).map((one) => one.text)).toEqual(['One.', 'One!', 'Two.'])
    expect(notes(story.circle).map((one) => one.encounter)).toEqual([null, idOf('second'), idOf('first')])
  })

  it('lists meetings with the one written about last first, all their blocks together, and what waits for whom', () => {
    const story = together().says('Bea', meeting('first')).says('Bea', meeting('second'))
    const at = (name: string) => ({ encounter: idOf(name) })
    story
      .says('Amal', block('a', [[AMAL, 'One.']], at('first')))
      .says('Amal', block('b', [[AMAL, 'Two.']], at('second')))
    story.says('Amal', block('c', [[AMAL, 'Three.']], at('first')))
    const listed = () => notes(story.circle).map((group) => [group.encounter, group.blocks.map((one) => one.id)])
    expect(listed()).toEqual([
      [idOf('first'), [idOf('a'), idOf('c')]],
      [idOf('second'), [idOf('b')]],
    ])
    const blocks = Object.fromEntries(Object.entries(story.circle.note.blocks).reverse())
    const turned = { ...story.circle, note: { blocks } }
    expect(allBlocks(turned).map((one) => one.id)).toEqual(['a', 'b', 'c'].map(idOf))
    story.says('Amal', block('d', both))
    expect(waitingForYes(story.circle, BEA).map((one) => one.id)).toEqual([idOf('d')])
    expect(waitingForYes(story.circle, AMAL)).toEqual([])
    expect(withoutWordOf(story.circle, BEA).map((one) => one.id)).toEqual(['a', 'b', 'c'].map(idOf))
    story.says('Amal', strike('a')).says('Bea', sign('b')).says('Bea', takeBack('d'))
    expect(withoutWordOf(story.circle, BEA).map((one) => one.id)).toEqual([idOf('c')])
    expect(waitsOn(of(story, 'd'))).toEqual([])
    expect(waitsOn(of(story, 'c'))).toEqual([])
  })

  it('[NOTE-5] names whose yes it needs in one order, whoever wrote first', () => {
    const [one, other] = [AMAL, BEA].sort()
    const story = together()
    for (const [name, parts] of Object.entries({ there: [one, other], back: [other, one] }))
      story.says(
        'Amal',
        block(
          name,
          parts.map((member) => [member ?? '', 'Words. '] as const),
        ),
      )
    for (const name of ['there', 'back']) expect(of(story, name).needs).toEqual([one, other])
  })

  it('[NOTE-3] splits no pair of halves, and takes the characters beside them', () => {
    for (const text of ['\ud800\udc00', '\udbff\udfff']) {
      expect(
        covers(
          [
            { member: AMAL, length: 1 },
            { member: BEA, length: 1 },
          ],
          text,
        ),
      ).toBe(false)
      expect(covers([{ member: AMAL, length: 2 }], text)).toBe(true)
    }
    expect(
      covers(
        [
          { member: AMAL, length: 1 },
          { member: BEA, length: 1 },
        ],
        '\ud7ffa',
      ),
    ).toBe(true)
    expect(
      covers(
        [
          { member: AMAL, length: 2 },
          { member: BEA, length: 1 },
        ],
        '\ud800\udc00a',
      ),
    ).toBe(true)
  })

  it('[NOTE-3] [NOTE-7] [NOTE-8] one writer who is not here is enough; whoever offered takes back, also without words in it', () => {
    const story = together()
    const withStranger = block('x', [
      [AMAL, 'One. '],
      [idOf('Mallory'), 'Two.'],
    ])
    expect(story.say('Amal', withStranger)?.rule).toBe('NOTE-3')
    story.says('Bea', block('hers', [[AMAL, 'What Amal said.']]))
    expect(story.say('Bea', takeBack('hers'))).toBeNull()
    story.says('Amal', block('mine', both)).says('Bea', agree('mine'))
    expect(story.say('Bea', differ('mine'))).toBeNull()
    expect(story.say('Amal', agree('nothing'))?.rule).toBe('NOTE-6')
  })

  it('gives a text back in pieces with their writers', () => {
    const story = together().says('Bea', block('a', both))
    expect(partsOf(of(story, 'a'))).toEqual(both.map(([member, text]) => ({ member, text })))
    expect(writersOf(of(story, 'a').spans)).toEqual([AMAL, BEA].sort())
  })

  it('pieces cover a text exactly when put together they are the text', () => {
    const piece = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 5 }), (pieces, more) => {
        const spans = pieces.map((text) => ({ member: BEA, length: text.length }))
        expect(covers(spans, pieces.join(''))).toBe(true)
        expect(covers([...spans, { member: BEA, length: more }], pieces.join(''))).toBe(false)
        expect(covers(spans.slice(1), pieces.join(''))).toBe(false)
      }),
    )
  })

  it('keeps nobody’s words without their yes, whatever is said in whatever order', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const parts = fc.constantFrom<readonly (readonly [string, string])[]>(both, [[AMAL, 'Mine.']], [[BEA, 'Hers.']])
    const replaces = fc.option(name, { nil: null })
    const kind = fc.constantFrom('shared' as const, 'ownWords' as const)
    const offer = fc.tuple(name, parts, replaces, kind)
    const saying = fc.oneof(
      offer.map(([one, by, old, as]) => block(one, by, { replaces: old === null ? null : idOf(old), kind: as })),
      ...[agree, takeBack, sign, differ, strike].map((say) => name.map((one) => say(one) as PracticeEvent)),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('Amal', 'Bea'), saying), { maxLength: 40 }), (sayings) => {
        const story = together()
        for (const [who, event] of sayings) {
          const before = story.circle.note
          if (story.say(who, event) !== null) expect(story.circle.note).toBe(before)
        }
        for (const one of allBlocks(story.circle)) {
          const done = one.status === 'kept' || one.status === 'corrected'
          if (done) expect(one.yes).toEqual(expect.arrayContaining([...writersOf(one.spans)]))
          if (one.status === 'corrected')
            expect(blockOf(story.circle, one.correctedBy ?? '')?.yes).toEqual(
              expect.arrayContaining([...writersOf(one.spans)]),
            )
          if (one.kind === 'ownWords') expect(writersOf(one.spans)).toEqual([one.offeredBy])
        }
      }),
    )
  })

  it('refuses text beyond its bounds', () => {
    expect(checkShape(block('a', [[BEA, 'x'.repeat(8001)]])).ok).toBe(false)
    expect(checkShape(block('a', [[BEA, 'x'.repeat(8000)]])).ok).toBe(true)
    expect(checkShape(differ('a', 'x'.repeat(8001))).ok).toBe(false)
  })
})
