import { describe, expect, it } from 'vitest'
import { inlineScriptHashes, listShell } from '../../build/shell-files.ts'
import { answerFor } from './answer.ts'

const list = {
  version: '1',
  shell: ['/', '/assets/a.js', '/blank.html'],
  words: { ar: ['/assets/words-ar-shell-1.js'] },
}
const ask = (url: string, mode = 'cors', method = 'GET') =>
  answerFor(list, { method, mode, url: `https://a.example${url}`, origin: 'https://a.example' })

describe('the service worker', () => {
  it('answers every deep link with the one page', () => {
    expect(ask('/plan/agreement', 'navigate')).toEqual({ type: 'kept', address: '/' })
    expect(ask('/blank.html', 'navigate')).toEqual({ type: 'kept', address: '/blank.html' })
    expect(ask('/assets/words-ar-shell-1.js')).toEqual({ type: 'kept', address: '/assets/words-ar-shell-1.js' })
  })
  it('never touches what goes to the relay, to others, or is no reading', () => {
    expect(ask('/v1/box/0011')).toEqual({ type: 'network' })
    expect(ask('/v1', 'navigate')).toEqual({ type: 'network' })
    expect(ask('/health')).toEqual({ type: 'network' })
    expect(ask('/story', 'navigate')).toEqual({ type: 'network' })
    expect(ask('/story/seat/amina', 'navigate')).toEqual({ type: 'network' })
    expect(ask('/storybook', 'navigate')).toEqual({ type: 'kept', address: '/' })
    expect(ask('/', 'navigate', 'POST')).toEqual({ type: 'network' })
    expect(
      answerFor(list, { method: 'GET', mode: 'navigate', url: 'https://b.example/', origin: 'https://a.example' }),
    ).toEqual({
      type: 'network',
    })
    expect(ask('/unknown.js')).toEqual({ type: 'network' })
  })
})

describe('the list of files', () => {
  const bytes = new TextEncoder()
  const files = (index: string) =>
    new Map([
      ['index.html', bytes.encode(index)],
      ['assets/a.js', bytes.encode('1')],
      ['assets/words-es-shell-x.js', bytes.encode('2')],
      ['assets/a.js.br', bytes.encode('3')],
      ['.vite/manifest.json', bytes.encode('4')],
      ['sw.js', bytes.encode('5')],
      ['assets/walk-through-world-x.js', bytes.encode('6')],
      ['assets/words-es-walk-through-x.js', bytes.encode('7')],
    ])
  it('keeps languages apart and leaves out what is not the shell', () => {
    const made = listShell(files('x'))
    expect(made.shell).toEqual(['/assets/a.js', '/'])
    expect(made.words).toEqual({ es: ['/assets/words-es-shell-x.js'] })
  })
  it('has another version when any byte of it changes', () => {
    expect(listShell(files('x')).version).not.toBe(listShell(files('y')).version)
    expect(listShell(files('x')).version).toBe(listShell(files('x')).version)
  })
})

it('hashes inline scripts only, as the Content-Security-Policy wants them', () => {
  expect(inlineScriptHashes('<script src="/a.js"></script><script>1</script>')).toEqual([
    'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=',
  ])
})
