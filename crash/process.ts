/** A process that is started, says when it is ready, and is killed without a chance to tidy up. */
import { spawn } from 'node:child_process'

export interface Running {
  /** What the pattern found in its first lines. */
  readonly said: string
  /** Hears each further whole line. */
  listen(listener: (line: string) => void): void
  /** Rejects with what it printed last if it stops without being killed; never resolves. */
  readonly stopped: Promise<never>
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>
}

const STARTS_WITHIN_MS = 60_000

/** Starts a TypeScript file with Node; resolves at the first line that `ready` finds, rejects if it stops before. */
export function startProcess(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: RegExp,
): Promise<Running> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let ending = ''
  const gone = new Promise<void>((done) =>
    child.once('close', (code, signal) => {
      ending = `${code ?? signal}`
      done()
    }),
  )
  const end = (): void => void child.kill('SIGKILL')
  process.once('exit', end)
  void gone.then(() => process.off('exit', end))
  let listener: ((line: string) => void) | null = null
  let rest = ''
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      end()
      reject(new Error(`${script} did not start in time: ${errors}`))
    }, STARTS_WITHIN_MS)
    void gone.then(() => reject(new Error(`${script} stopped before it was ready: ${errors}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        listener?.(line)
        const said = ready.exec(line)?.[1]
        if (said === undefined || listener !== null) continue
        clearTimeout(limit)
        listener = () => undefined
        let isKilled = false
        const stopped = new Promise<never>((_never, failed) => {
          void gone.then(() => isKilled || failed(new Error(`${script} stopped by itself (${ending}): ${errors}`)))
        })
        stopped.catch(() => undefined) // heard by those who race with it
        resolve({
          said,
          stopped,
          listen: (next) => void (listener = next),
          kill: async () => {
            isKilled = true
            end()
            await gone
          },
        })
      }
    })
  })
}

/** Starts a file and kills it after some milliseconds, wherever it is by then. */
export async function killEarly(script: string, args: readonly string[], afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: 'ignore' })
  const gone = new Promise<void>((done) => child.once('close', () => done()))
  setTimeout(() => child.kill('SIGKILL'), afterMs)
  await gone
}
