import { describe, expect, it } from 'vitest'
import { leaveKeysNext, leaveKeysStart, type KeyMoment } from './leave-keys.ts'

const press = (key: string, at: number): readonly KeyMoment[] => [
  { type: 'down', key, repeat: false, at },
  { type: 'up', key, repeat: false, at: at + 50 },
]
const count = (...moments: readonly KeyMoment[]): number => moments.reduce(leaveKeysNext, leaveKeysStart).presses.length

describe('three presses of Shift', () => {
  it('within five seconds leave fast', () => {
    expect(count(...press('Shift', 0), ...press('Shift', 1_000), ...press('Shift', 2_000))).toBe(3)
  })
  it('do not count when they are slow', () => {
    expect(count(...press('Shift', 0), ...press('Shift', 4_000), ...press('Shift', 6_000))).toBe(2)
  })
  it('do not count when another key comes between, or Shift is held with one', () => {
    expect(count(...press('Shift', 0), ...press('a', 100), ...press('Shift', 200))).toBe(1)
    const capital: readonly KeyMoment[] = [
      { type: 'down', key: 'Shift', repeat: false, at: 0 },
      ...press('A', 10),
      { type: 'up', key: 'Shift', repeat: false, at: 100 },
    ]
    expect(count(...capital)).toBe(0)
  })
  it('count one press for a key that is held down', () => {
    const held: readonly KeyMoment[] = [
      { type: 'down', key: 'Shift', repeat: false, at: 0 },
      { type: 'down', key: 'Shift', repeat: true, at: 500 },
      { type: 'down', key: 'Shift', repeat: true, at: 600 },
      { type: 'up', key: 'Shift', repeat: false, at: 700 },
    ]
    expect(count(...held)).toBe(1)
  })
})
