// @vitest-environment happy-dom
/** Draws every example of every component and lets axe look at each. A component without examples fails here. */
import axe from 'axe-core'
import { globSync } from 'node:fs'
import { render, type ComponentChild } from 'preact'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES } from '../words/locale.ts'
import { useWords } from '../../messages/testing.ts'

const modules = import.meta.glob<{ readonly examples: readonly (() => ComponentChild)[] }>('./*/examples.tsx', {
  eager: true,
})
const named = Object.entries(modules).map(([path, module]) => [path.split('/')[1] ?? '', module.examples] as const)

/** Colour needs a real browser, and an example alone is no page: both are looked at in the journeys. */
const RULES = { 'color-contrast': { enabled: false }, region: { enabled: false } }

function draw(example: () => ComponentChild): HTMLElement {
  const place = document.body.appendChild(document.createElement('main'))
  render(example(), place)
  return place
}

afterEach(() => {
  document.body.replaceChildren()
})

describe('every component', () => {
  it('has examples beside it', () => {
    const folders = globSync('*/*.tsx', { cwd: import.meta.dirname }).map((path) => path.split('/')[0] ?? '')
    expect(named.length).toBeGreaterThan(20)
    expect(new Set(folders)).toEqual(new Set(named.map(([name]) => name)))
  })

  describe.each(named)('%s', (_name, examples) => {
    beforeAll(() => useWords('en'))
    for (const [at, example] of examples.entries()) {
      it(`gives axe nothing to object to (example ${at + 1})`, async () => {
        const found = await axe.run(draw(example), { rules: RULES, resultTypes: ['violations'] })
        expect(found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`)).toEqual(
          [],
        )
      })
    }
  })

  for (const each of LANGUAGES) {
    it(`draws in ${each} without a word missing`, async () => {
      await useWords(each)
      for (const [, examples] of named) for (const example of examples) draw(example)
      const buttons = [...document.querySelectorAll('button, a, summary')]
      expect(buttons.length).toBeGreaterThan(10)
      expect(
        buttons.filter((button) => (button.textContent ?? '').trim() === '').map((button) => button.outerHTML),
      ).toEqual([])
    })
  }
})
