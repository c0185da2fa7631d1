import { expect, test } from 'vitest'
import { withResults } from './docs.ts'
import type { Result } from './measure.ts'
import type { Machine } from './report.ts'

const on: Machine = {
  system: 'linux',
  processor: 'a processor',
  cores: 2,
  memoryGiB: 4,
  node: 'v24',
  commit: 'abc',
  day: '2026-01-01',
}
const empty = '# Figures\n\n<!-- goals -->\n<!-- /goals -->\n\n<!-- works -->\n<!-- /works -->\n'
const result = (work: string, goal: string, median: number): Result => ({
  work,
  what: 'Something is done.',
  rounds: 3,
  answers: [
    {
      goal,
      words: 'rate: ours / raw',
      spread: { median, least: 1, most: 9 },
      wanted: '≥ 2',
      isMet: median >= 2,
    },
  ],
  measured: [{ side: 'ours', figure: 'rate', unit: 'per s', spread: { median, least: 1, most: 9 } }],
  notes: ['a note'],
})

test('A work that ran again replaces what stood there, and what did not run stays', () => {
  const first = withResults(empty, [result('b-work', 'P1', 3), result('a-work', 'P2', 1)], on)
  const second = withResults(first, [result('b-work', 'P1', 1.5)], { ...on, commit: 'def' })
  expect(second.match(/^### .*$/gm)).toEqual(['### a-work', '### b-work'])
  expect(second).toContain('rate: ours / raw: 1.5 (1–9) | **not met**')
  expect(second).toMatch(/\| P2 \|.*1 \(1–9\) \| \*\*not met\*\*/)
  expect(second).toMatch(/\| P3 \|.*\| not measured \|/)
  expect(second).toContain('3 rounds, 2026-01-01, def')
  expect(second).not.toContain('rate: ours / raw | 3 (1–9)')
})

test('Figures written twice are the same as figures written once', () => {
  const once = withResults(empty, [result('a-work', 'P1', 3)], on)
  expect(withResults(once, [result('a-work', 'P1', 3)], on)).toBe(once)
})
