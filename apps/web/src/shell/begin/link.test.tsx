// @vitest-environment happy-dom
/** Putting in a link: pasted, typed, or read from a photo of its code. */
import axe from 'axe-core'
import { render } from 'preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useWords } from '../../../messages/testing.ts'
import { LANGUAGES } from '../../words/locale.ts'
import { textFor } from '../../words/t.ts'
import { LinkScreen } from './LinkScreen.tsx'

function draw(): HTMLElement {
  const place = document.body.appendChild(document.createElement('main'))
  render(<LinkScreen />, place)
  return place
}

beforeEach(() => useWords('en'))
afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

it('offers a photo of the code beside the field, in every language', async () => {
  for (const each of LANGUAGES) {
    await useWords(each)
    const place = draw()
    const photo = place.querySelector<HTMLInputElement>('input[type=file]')
    expect(photo?.accept).toBe('image/*')
    expect(place.querySelector(`label[for="${photo?.id}"]`)?.textContent).toBe(textFor('begin.link.photo'))
    const found = await axe.run(place, { rules: { 'color-contrast': { enabled: false } }, resultTypes: ['violations'] })
    expect(found.violations.map((one) => one.id)).toEqual([])
    document.body.replaceChildren()
  }
})

it('a photo without a code says so and leaves what was typed', async () => {
  // what a browser answers for a file that is no picture
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no picture')))
  const place = draw()
  const typed = place.querySelector('textarea')
  const photo = place.querySelector<HTMLInputElement>('input[type=file]')
  if (typed === null || photo === null) throw new Error('both fields are there')
  typed.value = 'half a link'
  typed.dispatchEvent(new Event('input', { bubbles: true }))
  Object.defineProperty(photo, 'files', { value: [new File(['not a picture'], 'a.jpg')] })
  photo.dispatchEvent(new Event('change', { bubbles: true }))
  await vi.waitFor(() => expect(place.textContent).toContain(textFor('components.photoNoCode')))
  expect(typed.value).toBe('half a link')
})
