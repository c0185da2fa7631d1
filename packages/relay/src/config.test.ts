import { describe, expect, it } from 'vitest'
import { explainConfigError, readConfig } from './config.ts'

const read = (env: Record<string, string>) => readConfig(env, '/srv')
const errors = (env: Record<string, string>) => {
  const result = read(env)
  return result.ok ? [] : result.error.map((error) => error.type)
}

describe('the settings', () => {
  it('are complete when nothing is set: this machine only, no code', () => {
    expect(read({})).toMatchObject({
      ok: true,
      value: { host: '127.0.0.1', port: 8787, code: null, dataFolder: '/srv/.data/relay', behindProxy: false },
    })
  })

  it('do not let a relay that others can reach start without a code', () => {
    expect(errors({ ALONGSIDE_HOST: '0.0.0.0' })).toEqual(['CodeMissing'])
    expect(errors({ ALONGSIDE_BEHIND_PROXY: '1' })).toEqual(['CodeMissing'])
    expect(errors({ ALONGSIDE_HOST: '0.0.0.0', ALONGSIDE_CODE: 'short' })).toEqual(['CodeTooShort'])
    expect(errors({ ALONGSIDE_HOST: '0.0.0.0', ALONGSIDE_CODE: 'long enough to use' })).toEqual([])
  })

  it('name everything that is wrong at once, in words', () => {
    const result = read({ ALONGSIDE_PORT: '70000', ALONGSIDE_BEHIND_PROXY: 'yes', ALONGSIDE_BOX_BYTES: '-1' })
    expect(result.ok ? [] : result.error.map(explainConfigError)).toEqual([
      'ALONGSIDE_BEHIND_PROXY must be 1 or 0.',
      'ALONGSIDE_PORT must be a whole number from 0 to 65535.',
      'ALONGSIDE_BOX_BYTES must be a whole number from 1 to 9007199254740991.',
    ])
  })
})
