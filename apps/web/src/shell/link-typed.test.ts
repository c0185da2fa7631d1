import { describe, expect, it } from 'vitest'
import { readTypedLink } from './link-typed.ts'
import { parseLeavePage, NEUTRAL_PAGE } from './preferences.ts'

const here = 'https://alongside.example'
const secret = 'A'.repeat(43)

describe('a link or a code, as people give it', () => {
  it('is taken whole, with the line breaks that paper and messages add', () => {
    expect(readTypedLink(`${here}/#${secret}`, here)).toEqual({ ok: true, value: { path: '/meet', secret } })
    expect(readTypedLink(` ${here}/#${secret.slice(0, 20)}\n${secret.slice(20)} `, here)).toEqual({
      ok: true,
      value: { path: '/meet', secret },
    })
    expect(readTypedLink(secret, here)).toEqual({ ok: true, value: { path: '/meet', secret } })
    expect(readTypedLink(`alongside.example/#${secret}`, here)).toEqual({ ok: true, value: { path: '/meet', secret } })
  })
  it('is said to be cut short, empty, or meant for another address', () => {
    expect(readTypedLink('', here)).toEqual({ ok: false, error: { type: 'Nothing' } })
    expect(readTypedLink(`${here}/`, here)).toEqual({ ok: false, error: { type: 'CutShort' } })
    expect(readTypedLink(`${here}/#abc`, here)).toEqual({ ok: false, error: { type: 'CutShort' } })
    expect(readTypedLink('https://', here)).toEqual({ ok: false, error: { type: 'CutShort' } })
    const other = readTypedLink(`https://other.example/#${secret}`, here)
    expect(other.ok ? null : other.error.type).toBe('OtherPlace')
  })
})

describe('where Leave fast goes', () => {
  it('is our own empty page, or a web address that is completed', () => {
    expect(parseLeavePage('')).toEqual({ ok: true, value: NEUTRAL_PAGE })
    expect(parseLeavePage('example.org')).toEqual({ ok: true, value: 'https://example.org/' })
  })
  it('is never a script, a file or half an address', () => {
    for (const bad of ['javascript:alert(1)', 'file:///etc', 'data:text/html,x', 'nothing', 'https://']) {
      expect(parseLeavePage(bad).ok).toBe(false)
    }
  })
})
