// @vitest-environment happy-dom
/** Starting on a device: a name that will not do is said beside its field, before anything is made or asked. */
import { render } from 'preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useWords } from '../../../messages/testing.ts'
import { textFor } from '../../words/t.ts'
import { StartScreen } from './StartScreen.tsx'

function field(place: HTMLElement, id: string): HTMLInputElement {
  const found = place.querySelector<HTMLInputElement>(`#${id}`)
  if (found === null) throw new Error(`there is a field ${id}`)
  return found
}

function type(input: HTMLInputElement, text: string): void {
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

beforeEach(() => useWords('en'))
afterEach(() => document.body.replaceChildren())

it.each([
  ['  ', 'begin.start.nameEmpty'],
  ['Bea\u202Elama', 'failure.NameHidden'],
  ['B'.repeat(65), 'failure.NameLong'],
])('ADV-81 the name %j is refused in words, and nothing typed is lost', async (name, key) => {
  const place = document.body.appendChild(document.createElement('main'))
  render(<StartScreen />, place)
  type(field(place, 'name'), name)
  type(field(place, 'passphrase'), 'seven blue herons wait')
  place.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  await vi.waitFor(() => expect(field(place, 'name').getAttribute('aria-invalid')).toBe('true'))
  expect(place.querySelector('#name-error')?.textContent).toContain(textFor(key))
  expect(field(place, 'name').value).toBe(name)
  expect(field(place, 'passphrase').value).toBe('seven blue herons wait')
})
