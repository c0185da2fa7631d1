/** Finds a Chromium for the browser tests, and on Debian installs one, with a font for Arabic. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const FIXED = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly exists: (path: string) => boolean
}

const thisMachine: Machine = { env: process.env, exists: existsSync }

/** The path of a Chromium: `CHROMIUM_PATH` if set, else the usual places; null when there is none. */
export function findChromium({ env, exists }: Machine = thisMachine): string | null {
  const wanted = env['CHROMIUM_PATH']
  if (wanted !== undefined && wanted !== '') return exists(wanted) ? wanted : null
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...(env['PATH'] ?? '').split(':')].filter(
    (each) => each !== '',
  )
  const places = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...FIXED]
  return places.find(exists) ?? null
}

/** Runs apt-get as root, or through sudo where that asks nothing; its exit code. */
async function aptGet(args: readonly string[]): Promise<number> {
  const root = process.getuid?.() === 0
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const [command, before] = root ? ['apt-get', []] : ['sudo', ['-n', 'apt-get']]
  return (await run(command, [...before, ...args], { output: 'show', env })).code
}

const install = async (...packages: readonly string[]): Promise<boolean> =>
  (await aptGet(['update', '-q'])) === 0 &&
  (await aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages])) === 0

/** Whether some font can draw Arabic; true where that cannot be asked. */
async function hasArabicFont(): Promise<boolean> {
  const { code, output } = await run('fc-list', [':lang=ar', 'family'], { output: 'keep' })
  return code === 127 ? existsSync('/usr/share/fonts/truetype/noto') : output.trim() !== ''
}

export type Browser = { readonly path: string } | { readonly why: string }

/** A Chromium that can draw Arabic, installed if the machine allows it; or why there is none. */
export async function haveChromium(): Promise<Browser> {
  const debian = existsSync('/etc/debian_version')
  const wanted = process.env['CHROMIUM_PATH']
  const found = findChromium()
  if (found === null && wanted) return { why: `CHROMIUM_PATH names ${wanted}, which does not exist` }
  const missing = [...(found === null ? ['chromium'] : []), ...((await hasArabicFont()) ? [] : ['fonts-noto-core'])]
  if (missing.length > 0 && debian) await install(...missing)
  const path = findChromium()
  if (path !== null) return { path }
  return {
    why: debian
      ? 'no Chromium was found and apt-get could not install one'
      : 'no Chromium was found; install it or set CHROMIUM_PATH to one',
  }
}
