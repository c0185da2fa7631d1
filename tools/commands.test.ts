import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { summary } from './every-test.ts'
import { findChromium } from './lib/chromium.ts'
import { whyStale } from './lib/install.mjs'
import { isBuildStale } from './lib/web-build.ts'
import { readOptions, whyBusy } from './serve.ts'

const lockfile = (packages: Record<string, object>) => JSON.stringify({ packages })

describe('installing', () => {
  const wanted = lockfile({
    '': { version: '0.1.0' },
    'packages/base': { version: '0.1.0' },
    'node_modules/@alongside/base': { link: true },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other-platform': { version: '1.0.0', optional: true },
  })

  it('is not needed when what is installed is what the lockfile asks for', () => {
    expect(whyStale(wanted, lockfile({ 'node_modules/a': { version: '1.0.0' } }))).toBe(null)
  })

  it('is needed when nothing is installed, something is missing, or a version moved', () => {
    expect(whyStale(wanted, null)).toBe('nothing is installed yet')
    expect(whyStale(wanted, lockfile({}))).toBe('a is not installed')
    expect(whyStale(wanted, lockfile({ 'node_modules/a': { version: '2.0.0' } }))).toBe('a is 2.0.0, wanted 1.0.0')
  })
})

describe('starting', () => {
  it('reads its options, and says what it cannot read', () => {
    expect(readOptions(['--port', '9000', '--story'])).toEqual({
      port: 9000,
      host: '127.0.0.1',
      story: true,
      help: false,
    })
    expect(readOptions(['--port', 'many'])).toContain('many is not a port')
    expect(readOptions(['--port', '70000'])).toContain('70000 is not a port')
    expect(readOptions(['--prot', '1'])).toContain('--prot')
  })

  it('says that a port is taken, and names another', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await whyBusy('127.0.0.1', port)).toContain(`--port ${port + 1}`)
    await new Promise((resolve) => server.close(resolve))
    expect(await whyBusy('127.0.0.1', port)).toBe(null)
  })
})

describe('building', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })
  const write = (root: string, path: string, seconds: number) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), '')
    utimesSync(join(root, path), seconds, seconds)
  }

  it('is needed when there is no build or a source is newer', () => {
    const root = mkdtempSync(join(tmpdir(), 'alongside-build-'))
    folders.push(root)
    write(root, 'packages/base/src/a.ts', 100)
    expect(isBuildStale(root)).toBe(true)
    write(root, 'apps/web/dist/index.html', 200)
    expect(isBuildStale(root)).toBe(false)
    write(root, 'tools/a.ts', 300)
    expect(isBuildStale(root)).toBe(false)
    write(root, 'apps/web/src/a.tsx', 300)
    expect(isBuildStale(root)).toBe(true)
  })
})

describe('finding a browser', () => {
  const machine = (env: Record<string, string>, ...paths: string[]) => ({
    env,
    exists: (path: string) => paths.includes(path),
  })

  it('takes the one that was named, or none if that is not there', () => {
    expect(findChromium(machine({ CHROMIUM_PATH: '/opt/c' }, '/opt/c', '/usr/bin/chromium'))).toBe('/opt/c')
    expect(findChromium(machine({ CHROMIUM_PATH: '/opt/c' }, '/usr/bin/chromium'))).toBe(null)
  })

  it('looks in the usual places and along the path', () => {
    expect(findChromium(machine({}, '/usr/bin/google-chrome'))).toBe('/usr/bin/google-chrome')
    expect(findChromium(machine({ PATH: '/x:/y' }, '/y/chromium'))).toBe('/y/chromium')
    expect(findChromium(machine({ PATH: '/x' }))).toBe(null)
  })
})

describe('the summary of every test', () => {
  it('counts what could not run as failed, and says why', () => {
    const text = summary([
      { step: 'checks', result: 'passed', ms: 1200, note: '' },
      { step: 'browser tests', result: 'could not run', ms: 0, note: 'no Chromium was found' },
    ])
    expect(text).toContain('browser tests  could not run')
    expect(text).toContain('no Chromium was found')
    expect(text.endsWith('\n1 passed, 1 failed')).toBe(true)
  })
})
