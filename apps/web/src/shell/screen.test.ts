import { describe, expect, it } from 'vitest'
import { match, register, type ScreenDef } from './screen.ts'
import { chooseScreen } from './outlet.ts'
import { shellScreens, standIns } from './screens.ts'

const load = () => Promise.resolve(() => null)
const screen = (path: string, more: Partial<ScreenDef> = {}): ScreenDef => ({ path, tab: 'plan', load, ...more })

describe('screens of a practice', () => {
  it('come with their folder’s words, and their cards in order', () => {
    const found = register({
      '../practices/agreement/screens.ts': {
        screens: [screen('/plan/agreement', { words: ['people'] })],
        cards: [{ slot: 'plan', order: 20, load, words: ['failure'] }],
      },
      '../practices/today/screens.ts': { cards: [{ slot: 'plan', order: 10, load }] },
    })
    expect(found.screens[0]?.features).toEqual(['agreement', 'people'])
    expect(found.cards.map((card) => card.features)).toEqual([['today'], ['agreement', 'failure']])
  })
})

describe('a path', () => {
  const screens = [screen('/notes/new'), screen('/notes/:note'), screen('/')]
  it('finds the first screen that fits, with the parts it names', () => {
    expect(match(screens, '/notes/new')?.screen.path).toBe('/notes/new')
    expect(match(screens, '/notes/a%20b/')?.params).toEqual({ note: 'a b' })
    expect(match(screens, '/')?.screen.path).toBe('/')
    expect(match(screens, '/notes')).toBeNull()
    expect(match(screens, '/notes/%E0%A4%A')).toBeNull()
  })
})

describe('the screen that stands on the page', () => {
  const all = [{ ...screen('/meet', { needs: 'anyone' }), features: [] }, ...shellScreens]
  const at = (path: string, view: Parameters<typeof chooseScreen>[3]): string =>
    chooseScreen(all, standIns, path, view).screen.path
  it('is unlock while locked and welcome while empty, whatever the address', () => {
    expect(at('/plan', { type: 'locked', language: null })).toBe('/unlock')
    expect(at('/plan', { type: 'empty' })).toBe('/welcome')
    expect(at('/nowhere', { type: 'locked', language: null })).toBe('/unlock')
  })
  it('may be a practice page behind a link for anyone, but not where the device cannot run', () => {
    expect(at('/meet', { type: 'empty' })).toBe('/meet')
    expect(at('/meet', { type: 'locked', language: null })).toBe('/meet')
    expect(at('/meet', { type: 'noStorage', why: 'refused' })).toBe('/meet')
    expect(at('/meet', { type: 'noStorage', why: 'insecure' })).toBe('/no-storage')
    expect(at('/meet', { type: 'elsewhere' })).toBe('/elsewhere')
  })
})
