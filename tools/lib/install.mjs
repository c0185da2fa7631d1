/**
 * Installs the exact packages of package-lock.json and hands over to the Node that npm brings. Plain JavaScript, because
 * the machine's own Node (18 or newer) runs it before anything is installed.
 *
 * Whether an install is needed is read from the lockfile that npm leaves in node_modules at the very end of an install:
 * an install that was cut short leaves none.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const WINDOWS = process.platform === 'win32'
const WANTED_MAJOR = 24

/**
 * Why the installed tree does not fit the wanted one, or null when it fits. Both arguments are the text of a lockfile,
 * or null when there is none. Packages for other platforms may be missing.
 */
export function whyStale(wantedText, installedText) {
  if (wantedText === null) return 'package-lock.json is missing'
  if (installedText === null) return 'nothing is installed yet'
  const wanted = JSON.parse(wantedText).packages ?? {}
  const installed = JSON.parse(installedText).packages ?? {}
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/') || entry.link) continue
    const found = installed[path]
    const name = path.slice('node_modules/'.length)
    if (found === undefined) {
      if (!entry.optional) return `${name} is not installed`
    } else if (found.version !== entry.version) return `${name} is ${found.version}, wanted ${entry.version}`
  }
  return null
}

/** The environment in which our own commands come first on the path; with `add` on top. */
export function ourPath(add = {}) {
  const key = Object.keys(process.env).find((name) => name.toLowerCase() === 'path') ?? 'PATH'
  const bin = join(ROOT, 'node_modules', '.bin')
  return { ...process.env, [key]: `${bin}${WINDOWS ? ';' : ':'}${process.env[key] ?? ''}`, ...add }
}

const readOrNull = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null)

/** Runs a command with its output on screen; the exit code, or null when there is no such command. */
function show(command, args) {
  const done = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', shell: WINDOWS })
  return done.error?.code === 'ENOENT' ? null : (done.status ?? 1)
}

/** Stops with a message for the person at the terminal. */
function stop(...lines) {
  console.error(['', ...lines, ''].join('\n'))
  process.exit(1)
}

/**
 * Installs when needed, with exactly the versions of the lockfile. `npm ci` would refuse: it wants the lockfile to name the
 * binaries of every platform, and some of those packages are not to be had from every registry.
 *
 * Afterwards every package is there, or the process has stopped with a message. */
function install() {
  const lock = readOrNull(join(ROOT, 'package-lock.json'))
  const why = whyStale(lock, readOrNull(join(ROOT, 'node_modules', '.package-lock.json')))
  if (why === null) return
  console.log(`Installing: ${why}. This takes about a minute the first time.`)
  const code = show('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code === null) stop('npm was not found. Install Node 18 or newer, which brings npm, and try again.')
  if (code !== 0)
    stop(
      'npm could not install the packages; its own message is above.',
      'Check the network and the disk, and try again.',
    )
}

/** The Node to run our code with: the one npm brought, or the machine's own if it is new enough. */
function ourNode() {
  const brought = join(ROOT, 'node_modules', '.bin', WINDOWS ? 'node.cmd' : 'node')
  const runs =
    existsSync(brought) && spawnSync(brought, ['--version'], { encoding: 'utf8', shell: WINDOWS }).status === 0
  if (runs) return brought
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath
  stop(
    `There is no packaged Node ${WANTED_MAJOR} for ${process.platform} on ${process.arch}, and this Node is ${process.version}.`,
    `Install Node ${WANTED_MAJOR} or newer and try again.`,
  )
}

/** Installs if needed, then runs a TypeScript file with our Node and ends with its exit code. */
export function installAndRun(script, args) {
  install()
  const child = spawn(ourNode(), [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: ourPath(),
    shell: WINDOWS,
  })
  // Ctrl-C reaches the child by itself; this process waits for it, so that the terminal comes back only when all is done.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
