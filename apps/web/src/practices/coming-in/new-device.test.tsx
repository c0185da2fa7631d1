// @vitest-environment happy-dom
/** What is shown of a device that came in with a paper: to whoever holds it, to the others, and to its member's older phone. */
import { render } from 'preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useWords } from '../../../messages/testing.ts'
import { idOf, keysOf, shownTo, together, type Story } from '../check-in/testing.ts'
import { NewDevices } from './NewDeviceCard.tsx'

beforeEach(() => useWords('en'))
afterEach(() => document.body.replaceChildren())

const added = (use: 'everyday' | 'wayBack') => ({ type: 'DeviceAdded', keys: keysOf('Amal'), use }) as const

/** Amal's paper has brought a device in for Amal. */
const cameBack = (): Story =>
  together()
    .says('Amal', added('wayBack'), { brings: 'Amal', device: 'paper' })
    .says('Amal', added('everyday'), { brings: 'Amal', device: 'new', from: 'paper' })

function seen(story: Story, who: string, device = `${who} phone`) {
  const place = document.body.appendChild(document.createElement('main'))
  render(<NewDevices here={{ ...shownTo(story, who), device: idOf(device) }} />, place)
  return { words: place.textContent ?? '', acts: [...place.querySelectorAll('button')].map((one) => one.textContent) }
}

describe('a new device', () => {
  it('[PEO-18] whoever holds it reads what it can do, and has nothing to press', () => {
    const { words, acts } = seen(cameBack(), 'Amal', 'new')
    expect(words).toMatch(/You can read, write, say no, stop sharing, pause and end with it\./)
    expect(acts).toEqual([])
  })

  it('[PEO-19] the other, and the phone from before, can say whose it is', () => {
    expect(seen(cameBack(), 'Bea').acts).toEqual(['It is the device of Amal'])
    expect(seen(cameBack(), 'Bea').words).toContain('Talk with Amal')
    expect(seen(cameBack(), 'Amal').acts).toEqual(['It is mine'])
  })

  it('[PEO-18] once somebody has said so, and while nobody else is here, nothing is shown', () => {
    const known = cameBack().says('Bea', { type: 'DeviceAcknowledged', device: idOf('new') })
    for (const [who, device] of [
      ['Amal', 'new'],
      ['Bea', 'Bea phone'],
    ] as const)
      expect(seen(known, who, device)).toEqual({ words: '', acts: [] })
    expect(seen(together(), 'Amal').words).toBe('')
    expect(seen(cameBack().says('Bea', { type: 'MemberLeft' }), 'Amal', 'new').words).toBe('')
  })
})
