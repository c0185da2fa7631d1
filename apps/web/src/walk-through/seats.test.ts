// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { go, goWithFragment, path, startRoute, takeFragment } from '../shell/route.ts'
import { isHello, isWelcome, seatAt, seatPath } from './seats.ts'

describe('a seat of the walk-through world', () => {
  it('is known by its path, with whatever it shows under it', () => {
    expect(seatAt('/story/seat/amina')).toBe('amina')
    expect(seatAt('/story/seat/rosa/plan/agreement')).toBe('rosa')
    for (const other of ['/', '/story', '/story/seat', '/story/seat/aminas', '/plan/story/seat/amina'])
      expect(seatAt(other)).toBeNull()
  })

  it('stays under its path wherever its links lead', () => {
    const base = seatPath('amina')
    history.replaceState(null, '', base)
    startRoute(base)
    expect(path.value).toBe('/')
    go('/plan/agreement')
    expect([location.pathname, path.value]).toEqual([`${base}/plan/agreement`, '/plan/agreement'])
    go('/', { replace: true })
    expect([location.pathname, path.value]).toEqual([`${base}/`, '/'])
    goWithFragment('/meet', 'secret')
    expect([location.pathname, location.hash, takeFragment()]).toEqual([`${base}/meet`, '', 'secret'])
  })

  it('takes only the words that the page around it says', () => {
    expect(isHello({ type: 'alongside.seat', seat: 'amina' })).toBe(true)
    expect(isWelcome({ type: 'alongside.welcome', language: 'en' })).toBe(true)
    for (const other of [null, 'alongside.seat', {}, { type: 'alongside.seat' }, { type: 'alongside.seat', seat: 'x' }])
      expect([isHello(other), isWelcome(other)]).toEqual([false, false])
  })
})
