import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapPath, HIGHEST, linePath, xOf, yOf } from './plot.ts'

const frame = { width: 340, height: 200, margin: 20 }
const mark = fc.option(fc.integer({ min: 0, max: HIGHEST }), { nil: null })
const numbersIn = (path: string): number[] => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number)

describe('the two threads', () => {
  it('reach from edge to edge, the highest answer on top', () => {
    expect([xOf(frame, 3, 0), xOf(frame, 3, 2)]).toEqual([20, 320])
    expect([yOf(frame, HIGHEST), yOf(frame, 0)]).toEqual([20, 180])
  })

  it('stand in the middle when there is one meeting', () => {
    expect(xOf(frame, 1, 0)).toBe(170)
  })

  it('break where an answer is missing', () => {
    expect(linePath(frame, [4, null, 0])).toBe('M20 20M320 180')
  })

  it('stay inside their frame whatever was answered', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(mark, mark, fc.boolean()), { maxLength: 12 }), (meetings) => {
        const [one, other] = [meetings.map(([a]) => a), meetings.map(([, b]) => b)]
        const paths = [
          linePath(frame, one),
          gapPath(
            frame,
            one,
            other,
            meetings.map(([, , shared]) => shared),
          ),
        ]
        for (const value of paths.flatMap(numbersIn)) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(frame.width)
        }
      }),
    )
  })

  it('[CHK-15] have no gap between them where one view is missing or not shared', () => {
    expect(gapPath(frame, [4, 4], [1, null], [true, true])).not.toContain('320')
    expect(gapPath(frame, [4, 4], [1, 1], [false, false])).toBe('')
    expect(gapPath(frame, [4, 4], [1, 1], [true, true])).toBe('M20 20L320 20L320 140L20 140Z')
  })
})
