import { expect, test } from 'vitest'
import { measure, spreadOf } from './measure.ts'
import { short, spreadText } from './report.ts'
import type { Work } from './work.ts'

test('The median lies in the middle, between the two middle ones where their count is even', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 })
  expect(spreadOf([4, 1, 2, 3]).median).toBe(2.5)
})

test('Sides take turns, the first turn is thrown away, and a ratio is made of neighbours', async () => {
  const turns: string[] = []
  const side = (name: string, rates: readonly number[]) => {
    let turn = 0
    return { name, turn: async () => (turns.push(name), { rate: rates[turn++] ?? 0 }) }
  }
  let closed = 0
  const work: Work = {
    name: 'example',
    what: 'Nothing.',
    figures: [{ name: 'rate', unit: 'per s' }],
    ratios: [{ goal: 'P0', figure: 'rate', ours: 'ours', against: 'raw', atLeast: 0.5 }],
    open: async () => ({
      sides: [side('ours', [1000, 5, 6, 7]), side('raw', [1, 10, 12, 10])],
      notes: [],
      close: async () => void closed++,
    }),
  }
  const result = await measure(work, 3, () => undefined)
  expect(turns).toEqual(['ours', 'raw', 'ours', 'raw', 'ours', 'raw', 'ours', 'raw'])
  expect(result.answers).toMatchObject([{ goal: 'P0', isMet: true, spread: { median: 0.5, least: 0.5, most: 0.7 } }])
  expect(result.measured).toHaveLength(2)
  expect(closed).toBe(1)
})

test('Figures are printed with three digits that matter', () => {
  expect(short(12_345.6)).toBe('12,346')
  expect(short(0.012345)).toBe('0.0123')
  expect(spreadText({ median: 1, least: 1, most: 2 })).toBe('1 (1–2)')
})
