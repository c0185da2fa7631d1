/** Runs our own commands with the same Node and the same path, wherever the tool was started from. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ourPath, ROOT } from './install.mjs'

export interface Ran {
  readonly code: number
  /** Both streams, in the order they came. */
  readonly output: string
  readonly ms: number
}

export interface RunOptions {
  /** `keep` collects the output, `show` also prints it as it comes. */
  readonly output: 'keep' | 'show'
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a command to its end. A command that is not there ends with code 127. */
export function run(command: string, args: readonly string[], { output: mode, env = {} }: RunOptions): Promise<Ran> {
  const start = performance.now()
  return new Promise((resolve) => {
    const pieces: string[] = []
    const child = spawn(command, args, { cwd: ROOT, env: ourPath(env), stdio: ['ignore', 'pipe', 'pipe'] })
    const end = (code: number) => resolve({ code, output: pieces.join(''), ms: performance.now() - start })
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (piece: string) => {
        pieces.push(piece)
        if (mode === 'show') process.stdout.write(piece)
      })
    child.on('error', (error) => {
      pieces.push(String(error))
      end(127)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}

/** Runs a JavaScript or TypeScript file of the repository with the Node that runs this one. */
export const runNode = (script: string, args: readonly string[], options: RunOptions): Promise<Ran> =>
  run(process.execPath, [join(ROOT, script), ...args], options)

/** The scripts behind the commands of our packages, so that no shell is needed to start them. */
export const COMMANDS = {
  tsc: 'node_modules/typescript/bin/tsc',
  vite: 'node_modules/vite/bin/vite.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  oxlint: 'node_modules/oxlint/bin/oxlint',
  biome: 'node_modules/@biomejs/biome/bin/biome',
  knip: 'node_modules/knip/bin/knip.js',
  playwright: 'node_modules/@playwright/test/cli.js',
} as const
