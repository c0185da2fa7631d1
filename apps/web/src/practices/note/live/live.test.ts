// @vitest-environment happy-dom
/** Two screens, each a real textarea on a real document, joined by their updates alone. */
import type { Bytes } from '@alongside/base/bytes.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { bindTextarea } from './bind-textarea.ts'
import { blockText, type BlockText } from './block-text.ts'
import { movedBy, rebased, spliceBetween } from './splice.ts'

const EMPTY = Uint8Array.from(Y.encodeStateAsUpdate(new Y.Doc()))

class Seat {
  readonly text: BlockText
  readonly area: HTMLTextAreaElement
  readonly sent: Bytes[] = []
  shown = ''
  private known = 0

  constructor(client: number) {
    this.text = blockText(client, EMPTY, (update) => this.sent.push(update))
    this.area = document.body.appendChild(document.createElement('textarea'))
    bindTextarea(this.area, this.text, (value) => (this.shown = value))
  }

  /** As a keyboard does: replaces the selection, then says so. */
  type(put: string, start = this.area.selectionStart, end = start): void {
    const { value } = this.area
    this.area.value = value.slice(0, start) + put + value.slice(end)
    this.area.setSelectionRange(start + put.length, start + put.length)
    this.area.dispatchEvent(new Event('input'))
  }

  composing(what: 'start' | 'end'): void {
    this.area.dispatchEvent(new Event(`composition${what}`))
  }

  sendTo(other: Seat): void {
    for (const update of this.sent.slice(this.known)) other.text.take(update)
    this.known = this.sent.length
  }
}

const seats = (): { a: Seat; b: Seat; both: () => void } => {
  const a = new Seat(1)
  const b = new Seat(2)
  return {
    a,
    b,
    both: () => {
      a.sendTo(b)
      b.sendTo(a)
    },
  }
}

describe('writing one block on two screens', () => {
  it('shows both what both wrote, and keeps each caret with its words', () => {
    const { a, b, both } = seats()
    a.type('We meet on Tuesday.')
    both()
    b.area.setSelectionRange(8, 8)
    a.type('Amal: ', 0)
    both()
    expect(b.area.value).toBe('Amal: We meet on Tuesday.')
    expect(b.area.selectionStart).toBe(14)
    b.type('often ')
    both()
    expect([a.area.value, b.area.value]).toEqual(Array(2).fill('Amal: We meet often on Tuesday.'))
    expect(a.shown).toBe(a.area.value)
  })

  it('leaves the field to an input method while it composes, and loses nobody’s words', () => {
    const { a, b, both } = seats()
    a.type('السلام')
    both()
    a.composing('start')
    a.type(' عل', 6)
    b.type('نعم، ', 0)
    both()
    expect(a.area.value).toBe('السلام عل')
    a.type('يكم', 9)
    expect(a.area.value).toBe('السلام عليكم')
    a.composing('end')
    both()
    expect([a.area.value, b.area.value]).toEqual(Array(2).fill('نعم، السلام عليكم'))
    expect(a.area.selectionStart).toBe(a.area.value.length)
  })

  it('a composition that replaces a selection leaves what the other put into the middle of it', () => {
    const { a, b, both } = seats()
    a.type('the flat is cold')
    both()
    a.composing('start')
    b.type('X', 6)
    b.type('', 12, 17)
    both()
    a.type('house', 4, 8)
    a.composing('end')
    both()
    expect(a.area.value).toBe('the houseX is')
    expect(b.area.value).toBe(a.area.value)
  })

  it('takes back only what was written here', () => {
    const { a, b, both } = seats()
    a.type('one ')
    both()
    b.type('two', 4)
    both()
    a.area.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, cancelable: true }))
    both()
    expect([a.area.value, b.area.value]).toEqual(['two', 'two'])
    a.area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Z', ctrlKey: true, shiftKey: true, cancelable: true }))
    both()
    expect([a.area.value, b.area.value]).toEqual(['one two', 'one two'])
  })

  it('an anchor stays with its words, and bytes that are none point nowhere', () => {
    const { a, b, both } = seats()
    a.type('We meet.')
    both()
    const anchor = a.text.anchorAt(3)
    b.type('Yes. ', 0)
    both()
    expect(a.text.positionOf(anchor)).toBe(8)
    expect(b.text.positionOf(anchor)).toBe(8)
    expect(a.text.positionOf(Uint8Array.of(255, 255, 255))).toBeNull()
  })

  it('whatever both type, compose and pass on in whatever order, both end with the same text', () => {
    const step = fc.record({
      who: fc.boolean(),
      act: fc.constantFrom('type', 'type', 'start', 'end', 'send'),
      at: fc.nat(30),
      cut: fc.nat(3),
      put: fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'ن'), maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { a, b, both } = seats()
        for (const { who, act, at, cut, put } of steps) {
          const seat = who ? a : b
          if (act === 'send') both()
          else if (act !== 'type') seat.composing(act)
          else {
            const start = Math.min(at, seat.area.value.length)
            seat.type(put, start, Math.min(start + cut, seat.area.value.length))
          }
        }
        a.composing('end')
        b.composing('end')
        both()
        both()
        expect(a.area.value).toBe(a.text.value())
        expect(b.area.value).toBe(a.area.value)
      }),
      { numRuns: 150 },
    )
  })
})

describe('finding the change', () => {
  it('turns the one text into the other, whatever they are', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 })
    fc.assert(
      fc.property(text, text, fc.nat(20), (before, after, caret) => {
        const splice = spliceBetween(before, after, caret)
        const made =
          splice === null ? before : before.slice(0, splice.at) + splice.put + before.slice(splice.at + splice.cut)
        expect(made).toBe(after)
      }),
    )
  })

  it('takes the place of the caret where the letters alone do not tell', () => {
    expect(spliceBetween('aa', 'aaa', 1)).toEqual({ at: 0, cut: 0, put: 'a' })
    expect(spliceBetween('aa', 'aaa', 3)).toEqual({ at: 2, cut: 0, put: 'a' })
  })

  it('splits no character', () => {
    expect(spliceBetween('🌱', '🌲', 2)).toEqual({ at: 0, cut: 2, put: '🌲' })
  })

  it('moves through what others did', () => {
    expect(movedBy([{ retain: 2 }, { insert: 'xyz' }], 2)).toBe(2)
    expect(movedBy([{ retain: 2 }, { insert: 'xyz' }], 2, false)).toBe(5)
    expect(movedBy([{ retain: 1 }, { delete: 4 }], 3)).toBe(1)
    expect(rebased({ at: 0, cut: 4, put: 'n' }, [[{ retain: 1 }, { delete: 1 }, { insert: 'K' }]])).toEqual([
      { at: 2, cut: 2, put: '' },
      { at: 0, cut: 1, put: '' },
      { at: 0, cut: 0, put: 'n' },
    ])
  })
})
