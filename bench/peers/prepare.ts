/**
 * Installs the peers that we measure ourselves against into a folder of their own, `.cache/peers`, with the exact versions
 * of the `package.json` beside this file and without running any install script. The one addon that must be compiled is
 * compiled from its sources, against the headers that came with our Node. Nothing of it touches the workspace's lockfile.
 */
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { spawnSync } from 'node:child_process'

const ROOT = resolve(import.meta.dirname, '../..')
/** Where the peers are installed and where their sides run from, so that imports find them. */
export const PEERS = join(ROOT, '.cache/peers')
const NODE_HEADERS = resolve(process.execPath, '../..')

function run(command: string, args: readonly string[], cwd: string): void {
  const path = `${resolve(process.execPath, '..')}:${process.env['PATH'] ?? ''}`
  // what an install script would download is not wanted; what it would compile, is
  const env = {
    ...process.env,
    PATH: path,
    npm_config_nodedir: NODE_HEADERS,
    npm_config_build_from_source: 'true',
  }
  const { status, error } = spawnSync(command, [...args], { cwd, env, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `exit code ${status}`}`)
}

/** Installs what is not installed yet; gives why something could not be, by package. */
export function preparePeers(): Readonly<Record<string, string>> {
  const wanted = readFileSync(join(import.meta.dirname, 'package.json'))
  const stamp = createHash('sha256').update(wanted).update(process.version).digest('hex')
  const stampFile = join(PEERS, 'installed.json')
  const known = existsSync(stampFile)
    ? (JSON.parse(readFileSync(stampFile, 'utf8')) as { stamp: string; failed: Record<string, string> })
    : null
  let failed = known?.failed ?? {}
  if (known?.stamp !== stamp) {
    failed = {}
    rmSync(PEERS, { recursive: true, force: true })
    mkdirSync(PEERS, { recursive: true })
    copyFileSync(join(import.meta.dirname, 'package.json'), join(PEERS, 'package.json'))
    run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], PEERS)
    try {
      run('npm', ['rebuild', 'better-sqlite3', '--loglevel=error'], PEERS)
    } catch (error) {
      failed['better-sqlite3'] = String(error)
    }
    writeFileSync(stampFile, JSON.stringify({ stamp, failed }))
  }
  const sides = join(PEERS, 'sides')
  rmSync(sides, { recursive: true, force: true })
  cpSync(join(import.meta.dirname, 'sides'), sides, { recursive: true })
  return failed
}

/** The version of an installed package. */
export function versionOf(name: string): string {
  const file = join(PEERS, 'node_modules', name, 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
