/** A relay of its own for a journey: a real process on a free port, keeping its files in a folder that goes afterwards. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const main = join(root, 'packages/relay/src/main.ts')

export interface RunningRelay {
  readonly url: string
  readonly folder: string
  /** The process's number; another one after a restart. */
  readonly pid: () => number
  /** Everything it has printed so far, both streams. */
  readonly printed: () => string
  /** Everything the relay's files hold, as its operator's command prints it. */
  inspect(): string
  /** Stops the process as a crash would (`SIGKILL`) or cleanly, and starts it again on the same port. */
  restart(how: 'SIGTERM' | 'SIGKILL'): Promise<void>
  stop(): Promise<void>
}

/** @param settings more of the relay's settings, as it reads them from its environment. */
export async function startRelayProcess(settings: Readonly<Record<string, string>> = {}): Promise<RunningRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-'))
  const environment = (port: number) => ({
    ...process.env,
    ALONGSIDE_HOST: '127.0.0.1',
    ALONGSIDE_PORT: String(port),
    ALONGSIDE_DATA: folder,
    ALONGSIDE_WEB: process.env['ALONGSIDE_WEB'] ?? join(root, 'apps/web/dist'),
    ...settings,
  })
  let said = ''
  const start = (port: number) =>
    new Promise<{ url: string; child: ReturnType<typeof spawn> }>((done, failed) => {
      const child = spawn(process.execPath, [main], { env: environment(port), stdio: ['ignore', 'pipe', 'pipe'] })
      let printed = ''
      child.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        process.stderr.write(chunk)
      })
      child.stdout?.on('data', (chunk: Buffer) => {
        printed += chunk.toString()
        said += chunk.toString()
        const url = /https?:\/\/\S+/.exec(printed)?.[0]
        if (url !== undefined) done({ url: url.replace(/\/$/, ''), child })
      })
      // a journey that fails does not get to stop it
      const gone = (): void => void child.kill('SIGKILL')
      process.once('exit', gone)
      child.once('exit', () => process.off('exit', gone))
      child.once('exit', (code) => failed(new Error(`the relay stopped before it was ready (${code})`)))
    })
  let running = await start(0)
  const port = Number(new URL(running.url).port)
  const stopped = (how: 'SIGTERM' | 'SIGKILL') =>
    new Promise<void>((done) => {
      running.child.once('exit', () => done())
      running.child.kill(how)
    })
  return {
    url: running.url,
    folder,
    pid: () => running.child.pid ?? 0,
    printed: () => said,
    inspect: () => spawnSync(process.execPath, [main, 'inspect'], { env: environment(port), encoding: 'utf8' }).stdout,
    restart: async (how) => {
      await stopped(how)
      running = await start(port)
    },
    stop: async () => {
      await stopped('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
