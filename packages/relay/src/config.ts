/**
 * The environment, parsed once into a typed value. A relay that would be open to strangers without an instance code, or
 * whose settings do not make sense, does not start.
 *
 *   ALONGSIDE_HOST            address to listen on, 127.0.0.1 unless told
 *   ALONGSIDE_PORT            port, 8787 unless told, 0 for any free one
 *   ALONGSIDE_DATA            folder for what the relay keeps, .data/relay unless told
 *   ALONGSIDE_CODE            instance code that founding needs; must be set away from loopback, at least 12 characters
 *   ALONGSIDE_WEB             folder of the built web app; empty to serve none
 *   ALONGSIDE_BEHIND_PROXY    1 when a proxy with TLS stands in front and sets X-Forwarded-Proto and X-Forwarded-For
 *   ALONGSIDE_ENTRIES_PER_DAY, ALONGSIDE_BYTES_PER_DAY, ALONGSIDE_BOX_BYTES   quotas of one box
 *   ALONGSIDE_MAX_FILE_BYTES  the most that each database file may have
 */
import { resolve } from 'node:path'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { DEFAULT_QUOTAS, type Quotas } from './limits.ts'

export interface RelayConfig {
  readonly host: string
  readonly port: number
  readonly dataFolder: string
  /** Null: founding needs nothing, which is so on loopback only. */
  readonly code: string | null
  /** Null: no web app is served. */
  readonly webFolder: string | null
  readonly behindProxy: boolean
  readonly quotas: Quotas
  readonly maxFileBytes: number | null
}

export type ConfigError =
  | { readonly type: 'NotANumber'; readonly name: string; readonly least: number; readonly most: number }
  | { readonly type: 'NotASwitch'; readonly name: string }
  | { readonly type: 'CodeMissing' }
  | { readonly type: 'CodeTooShort'; readonly least: number }

const LEAST_CODE = 12
const MOST = Number.MAX_SAFE_INTEGER

/** Whether an address to listen on is this machine's own. */
export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)

/** Reads the settings; all errors at once. `root` is the folder that relative defaults start from. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): Result<RelayConfig, readonly ConfigError[]> {
  const errors: ConfigError[] = []
  const text = (name: string): string | null => env[name]?.trim() || null
  const number = (name: string, fallback: number, { least, most }: { least: number; most: number }): number => {
    const value = text(name)
    if (value === null) return fallback
    const parsed = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN
    if (parsed >= least && parsed <= most) return parsed
    errors.push({ type: 'NotANumber', name, least, most })
    return fallback
  }
  const proxy = text('ALONGSIDE_BEHIND_PROXY')
  if (proxy !== null && proxy !== '1' && proxy !== '0')
    errors.push({ type: 'NotASwitch', name: 'ALONGSIDE_BEHIND_PROXY' })

  const host = text('ALONGSIDE_HOST') ?? '127.0.0.1'
  const behindProxy = proxy === '1'
  const code = text('ALONGSIDE_CODE')
  if (code === null && (behindProxy || !isLoopbackHost(host))) errors.push({ type: 'CodeMissing' })
  if (code !== null && code.length < LEAST_CODE) errors.push({ type: 'CodeTooShort', least: LEAST_CODE })
  const atLeastOne = { least: 1, most: MOST }
  const maxFileBytes = number('ALONGSIDE_MAX_FILE_BYTES', 0, { least: 1_000_000, most: MOST })
  const config: RelayConfig = {
    host,
    port: number('ALONGSIDE_PORT', 8787, { least: 0, most: 65_535 }),
    dataFolder: resolve(root, text('ALONGSIDE_DATA') ?? '.data/relay'),
    code,
    webFolder: env['ALONGSIDE_WEB'] === '' ? null : resolve(root, text('ALONGSIDE_WEB') ?? 'apps/web/dist'),
    behindProxy,
    quotas: {
      entriesPerDay: number('ALONGSIDE_ENTRIES_PER_DAY', DEFAULT_QUOTAS.entriesPerDay, atLeastOne),
      bytesPerDay: number('ALONGSIDE_BYTES_PER_DAY', DEFAULT_QUOTAS.bytesPerDay, atLeastOne),
      boxBytes: number('ALONGSIDE_BOX_BYTES', DEFAULT_QUOTAS.boxBytes, atLeastOne),
    },
    maxFileBytes: maxFileBytes === 0 ? null : maxFileBytes,
  }
  return errors.length === 0 ? ok(config) : err(errors)
}

/** One line for the operator. */
export function explainConfigError(error: ConfigError): string {
  switch (error.type) {
    case 'NotANumber':
      return `${error.name} must be a whole number from ${error.least} to ${error.most}.`
    case 'NotASwitch':
      return `${error.name} must be 1 or 0.`
    case 'CodeMissing':
      return 'This address can be reached by others, so founding here needs a code: set ALONGSIDE_CODE.'
    case 'CodeTooShort':
      return `ALONGSIDE_CODE must have at least ${error.least} characters.`
  }
}
