import { expect, it } from 'vitest'
import { steady } from './world.ts'

it('steady time goes on with its clock and never back, however often the clock is set', () => {
  let at = 1_000
  const clock = steady({ now: () => at })
  const times: number[] = []
  for (at of [1_000, 1_500, -5_000, -4_000, 90_000, 0, 10]) times.push(clock.now())
  expect(times).toEqual([1_000, 1_500, 1_500, 2_500, 96_500, 96_500, 96_510])
})
