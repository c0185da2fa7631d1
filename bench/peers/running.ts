/** Servers and clients as processes of their own, ended with whoever started them. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How to start a server; it listens on `PORT` of 127.0.0.1 and keeps what it keeps in `DATA`. */
export interface ServerCommand {
  readonly args: readonly string[]
  readonly env: (port: number, folder: string) => Readonly<Record<string, string>>
}

export interface RunningServer {
  readonly port: number
  readonly pid: number
  stop(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(true))
    socket.once('error', () => done(false))
    socket.once('close', () => socket.destroy())
    socket.once('connect', () => socket.destroy())
  })

function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): { child: ChildProcess; said: string[] } {
  const child = spawn(process.execPath, [...args], { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  const said: string[] = []
  const end = (): void => void child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said.push(chunk.toString())
      if (said.length > 200) said.shift()
    })
  return { child, said }
}

/** Why a process stopped, as far as it said so. */
function lastWords(said: readonly string[]): string {
  const lines = said.join('').trim().split('\n')
  return lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? 'without a word'
}

/** Starts a server on a free port with an empty folder, and waits until it answers. */
export async function startServer(command: ServerCommand): Promise<RunningServer> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'bench-peer-'))
  const { child, said } = start(command.args, command.env(port, folder))
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  const isGone = () => child.exitCode !== null || child.signalCode !== null
  const limit = Date.now() + 60_000
  while (!(await answers(port))) {
    if (isGone() || Date.now() > limit) {
      child.kill('SIGKILL')
      throw new Error(`the server did not come up: ${lastWords(said)}`)
    }
    await new Promise((done) => setTimeout(done, 25))
  }
  return {
    port,
    pid: child.pid ?? 0,
    stop: async () => {
      if (!isGone()) child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await gone
      clearTimeout(hard)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const CLIENT = join(import.meta.dirname, 'client.ts')

/** Runs the clients' process to its end; gives the figures it printed. */
export function runClient(side: string, work: string, settings: object): Promise<Readonly<Record<string, number>>> {
  return new Promise((done, failed) => {
    const { child, said } = start([CLIENT, side, work, JSON.stringify(settings)], {})
    let out = ''
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.once('exit', (code) => {
      const line = out.trim().split('\n').at(-1) ?? ''
      if (code === 0 && line.startsWith('{')) done(JSON.parse(line) as Record<string, number>)
      else failed(new Error(`the clients stopped (${code}): ${lastWords(said)}`))
    })
  })
}

/** Has a place filled by a process that stays in it until `leave`. */
export function startFiller(
  side: string,
  settings: object,
): Promise<{ readonly token: string; readonly leave: () => Promise<void> }> {
  return new Promise((done, failed) => {
    const { child, said } = start([CLIENT, side, 'fill', JSON.stringify(settings)], {})
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    let out = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const line = out.split('\n').find((one) => one.startsWith('{"token"') && one.endsWith('}'))
      if (line === undefined) return
      const { token } = JSON.parse(line) as { token: string }
      const leave = async () => {
        child.stdin?.end()
        const hard = setTimeout(() => child.kill('SIGKILL'), 5_000)
        await gone
        clearTimeout(hard)
      }
      done({ token, leave })
    })
    child.once('exit', (code) => failed(new Error(`filling stopped (${code}): ${lastWords(said)}`)))
  })
}
