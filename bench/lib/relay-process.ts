/** Our relay as it is run: in a process of its own, on a free port, keeping what it keeps in a folder that goes at the end. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What starts our relay. */
export const RELAY = join(import.meta.dirname, '../../packages/relay/start.mjs')

export interface RelayProcess {
  readonly url: string
  readonly pid: number
  readonly folder: string
  /** All bytes in its files now. */
  bytesAtRest(): number
  /** Lets it stop cleanly; the folder stays. */
  stop(): Promise<void>
  /** Stops it and removes the folder. */
  end(): Promise<void>
}

/** Starts a relay without quotas, or another program that says where it listens and is given the folder. */
export async function startRelayProcess(
  environment: Readonly<Record<string, string>> = {},
  program = RELAY,
): Promise<RelayProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-bench-'))
  const child = spawn(
    process.execPath,
    program === RELAY ? ['--max-semi-space-size=4', RELAY] : [program, join(folder, 'bare.db')],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        NODE_OPTIONS: process.env['RELAY_NODE_OPTIONS'] ?? '',
        ALONGSIDE_PORT: '0',
        ALONGSIDE_DATA: folder,
        ALONGSIDE_WEB: '',
        ALONGSIDE_ENTRIES_PER_DAY: '1000000000',
        ALONGSIDE_BYTES_PER_DAY: '1000000000000',
        ALONGSIDE_BOX_BYTES: '1000000000000',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.stderr.on('data', (data) => (said += String(data)))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data) => {
      said += String(data)
      const found = /relay at (http:\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
    void exit.then(() => reject(new Error(`the relay did not start: ${said}`)))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await exit
  }
  return {
    url,
    pid: child.pid ?? 0,
    folder,
    bytesAtRest: () => readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
    stop,
    async end() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
