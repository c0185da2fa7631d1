/**
 * Where mutants live: a folder of its own, `.cache/mutants`, with the mutator that npm installs from the lockfile beside
 * this file, and a copy of the packages whose rules are tried. Nothing of it touches the workspace or its lockfile.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../lib/files.ts'
import { ourPath } from '../lib/install.mjs'

const HOME = join(ROOT, '.cache', 'mutants')
const COPIED = ['base', 'practice', 'record', 'wire'] as const
/**
 * The tests that are asked: those beside the sources, and those that put whole circles together. What plays thousands of
 * stories would notice more, but takes too long to be asked about each mutant; so the shares are rather too low.
 */
const TESTS = ['packages/*/src/**/*.test.ts', 'packages/record/test/{meeting,soup,vectors}.test.ts']
const MUTATOR = join(HOME, 'node_modules', '@stryker-mutator')

/** Installs the mutator unless it is there in the locked versions. Throws when npm fails. */
function install(): void {
  const lock = readFileSync(join(import.meta.dirname, 'package-lock.json'), 'utf8')
  const installed = join(HOME, 'package-lock.json')
  if (existsSync(MUTATOR) && existsSync(installed) && readFileSync(installed, 'utf8') === lock) return
  mkdirSync(HOME, { recursive: true })
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(import.meta.dirname, name), join(HOME, name))
  // its peer, vitest, is found in the workspace that this folder lies in
  const args = ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', args, { cwd: HOME, env: ourPath(), stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${HOME}`)
}

/** Puts the packages, as they were last committed, into a folder: what is only just being written could not be told from a mutant. */
function unpack(into: string): void {
  const archive = join(into, 'packages.tar')
  const paths = [...COPIED.map((name) => `packages/${name}`), 'vectors', 'package.json']
  for (const [command, args] of [
    ['git', ['archive', '--format=tar', '-o', archive, 'HEAD', ...paths]],
    ['tar', ['-xf', archive, '-C', into]],
  ] as const) {
    const { status, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`)
  }
}

/** A fresh box: the packages beside links to what the workspace has installed. Gives its folder. */
function copy(): string {
  const box = join(HOME, `box-${process.pid}`)
  rmSync(box, { recursive: true, force: true })
  process.once('exit', () => rmSync(box, { recursive: true, force: true }))
  mkdirSync(join(box, 'node_modules', '@alongside'), { recursive: true })
  writeFileSync(
    join(box, 'vitest.config.ts'),
    `export default { test: { include: ${JSON.stringify(TESTS)}, testTimeout: 30_000 } }\n`,
  )
  unpack(box)
  for (const name of COPIED) symlinkSync(join(box, 'packages', name), join(box, 'node_modules', '@alongside', name))
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== '@alongside' && !name.startsWith('.'))
      symlinkSync(join(ROOT, 'node_modules', name), join(box, 'node_modules', name))
  return box
}

export interface Box {
  /** Mutates some files of the copy, runs the tests that reach them, and gives the mutator's report, or null when it ended early. */
  readonly mutate: (files: readonly string[]) => string | null
}

/** Installs, copies, and says how to mutate. */
export function openBox(): Box {
  install()
  const box = copy()
  return {
    mutate(files) {
      const report = join(box, 'mutation.json')
      const settings = {
        testRunner: 'vitest',
        plugins: [join(MUTATOR, 'vitest-runner', 'dist', 'src', 'index.js')],
        vitest: { configFile: 'vitest.config.ts', related: true },
        mutate: files,
        inPlace: true, // the box is the copy
        coverageAnalysis: 'perTest',
        concurrency: 2,
        timeoutMS: 20_000,
        reporters: ['json'],
        jsonReporter: { fileName: report },
        tempDirName: join(box, '.stryker'),
        allowConsoleColors: false,
      }
      rmSync(report, { force: true })
      writeFileSync(join(box, 'mutants.json'), JSON.stringify(settings))
      const args = [join(MUTATOR, 'core', 'bin', 'stryker.js'), 'run', 'mutants.json', '--logLevel', 'warn']
      const { status, stderr, stdout } = spawnSync(process.execPath, args, {
        cwd: box,
        env: ourPath(),
        encoding: 'utf8',
      })
      if (existsSync(report)) return readFileSync(report, 'utf8')
      process.stderr.write(`the mutator ended with ${status} at ${files.join(' ')}:\n${stdout}\n${stderr}\n`)
      return null
    },
  }
}
