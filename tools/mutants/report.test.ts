import { describe, expect, it } from 'vitest'
import { linesFor, resultsOf, share } from './report.ts'

const mutant = (status: string, line: number) => ({
  status,
  mutatorName: 'ConditionalExpression',
  replacement: 'true',
  location: { start: { line, column: 12 }, end: { line, column: 17 } },
})

const REPORT = JSON.stringify({
  files: {
    'rules.ts': {
      source: 'const a =\n  holds && (a < b)\n  holds && (c < d)\n',
      mutants: ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError'].map((status, i) =>
        mutant(status, i < 3 ? 2 : 3),
      ),
    },
  },
})

describe('the results of mutants', () => {
  it('count what was noticed or ran out of time, and leave out what could not run', () => {
    const [result] = resultsOf(REPORT)
    expect(result).toMatchObject({ file: 'rules.ts', mutants: 4, killed: 2 })
  })

  it('name each survivor with its line, what stood there and what stood there instead', () => {
    const lines = linesFor(resultsOf(REPORT))
    expect(lines).toContain('rules.ts:2 ConditionalExpression: (a < → true')
    expect(lines).toContain('rules.ts:3 ConditionalExpression (not reached): (c < → true')
    expect(lines.find((line) => line.endsWith(' all'))).toContain('50.0 %')
  })

  it('give no share of nothing', () => {
    expect(share(0, 0)).toBe('–')
    expect(share(9, 10)).toBe('90.0 %')
  })
})
