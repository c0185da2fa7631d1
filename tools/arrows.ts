/**
 * Proves which way imports point. That the relay cannot reach the rules or the keys is a promise to the people in the
 * record, so it is proved from the syntax tree of every file and not left to habit.
 *
 *   web → device → record, practice, wire      relay → wire
 *   all may use base; base uses nothing of ours; nobody imports web or relay, apart from what is listed here
 */
import { posix } from 'node:path'
import { type Check, runAlone } from './lib/check.ts'
import { isTest, isTypeScript, readFiles, type Source } from './lib/files.ts'
import { importsOf } from './lib/source.ts'

interface Part {
  readonly folder: string
  /** Our packages that its sources may import. */
  readonly ours: readonly string[]
  /** Packages of others that its sources may import; `@noble/*` stands for the whole family. */
  readonly others: readonly string[]
  /** Whether its sources may use Node's own modules. */
  readonly node: boolean
  /** What files that people never run may import on top (tests, vector makers, build set-up). */
  readonly alsoForTests: readonly string[]
}

export const PARTS: readonly Part[] = [
  { folder: 'packages/base', ours: [], others: ['cborg'], node: false, alsoForTests: [] },
  { folder: 'packages/practice', ours: ['base'], others: [], node: false, alsoForTests: [] },
  {
    folder: 'packages/record',
    ours: ['base'],
    others: ['@noble/*', '@hpke/*', 'cborg'],
    node: false,
    alsoForTests: [],
  },
  { folder: 'packages/wire', ours: ['base'], others: ['@noble/hashes', 'cborg'], node: false, alsoForTests: [] },
  { folder: 'packages/relay', ours: ['wire', 'base'], others: ['@noble/*', 'ws'], node: true, alsoForTests: [] },
  {
    folder: 'packages/device',
    ours: ['record', 'practice', 'wire', 'base'],
    others: ['@noble/*', 'hash-wasm', 'idb', 'yjs'],
    node: false,
    alsoForTests: ['relay'],
  },
  {
    folder: 'apps/web',
    ours: ['device', 'practice', 'base'],
    others: ['preact', '@preact/signals', 'comlink', 'qr', 'uqr', 'yjs'],
    node: false,
    alsoForTests: ['relay'],
  },
]

/** What tests and build set-up may use besides. */
const TEST_TOOLS = ['vitest', 'vite', 'fast-check', 'fake-indexeddb', 'axe-core', 'happy-dom', 'ws', '@messageformat/*']

/** Whether a file is run only by those who build: tests, contract suites, and whatever lies outside `src`. */
const isForBuilders = (part: Part, path: string): boolean =>
  isTest(path) || /\/contract\.ts$|\/(testing|fixtures)\//.test(path) || !path.startsWith(`${part.folder}/src/`)

const nameOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

const allows = (list: readonly string[], name: string): boolean =>
  list.some((entry) => (entry.endsWith('/*') ? name.startsWith(entry.slice(0, -1)) : entry === name))

/** Why `part` may not import `specifier` from `path`, or null. */
function whyNot(part: Part, path: string, specifier: string): string | null {
  const builders = isForBuilders(part, path)
  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(path), specifier))
    return target.startsWith(`${part.folder}/`) ? null : 'reaches into another package; import it by name'
  }
  if (specifier.startsWith('virtual:')) return null
  if (specifier.startsWith('node:')) return part.node || builders ? null : "uses Node's own modules"
  const name = nameOf(specifier)
  if (name.startsWith('@alongside/')) {
    const ours = name.slice('@alongside/'.length)
    if (`packages/${ours}` === part.folder) return null
    return part.ours.includes(ours) || (builders && part.alsoForTests.includes(ours)) ? null : `may not import ${ours}`
  }
  if (allows(part.others, name) || (builders && allows(TEST_TOOLS, name))) return null
  return `may not import ${name}`
}

/** The faults of the files of one part. */
export function faultsOf(part: Part, sources: readonly Source[]): string[] {
  const faults: string[] = []
  for (const source of sources) {
    if (/\/index\.tsx?$/.test(source.path)) faults.push(`${source.path}: is a barrel; import the file that defines it`)
    for (const { where, text } of importsOf(source)) {
      const why = whyNot(part, source.path, text)
      if (why !== null) faults.push(`${where}: ${part.folder} ${why} ('${text}')`)
    }
  }
  return faults
}

export const arrows: Check = (root) => {
  const all = readFiles(root, (path) => isTypeScript(path) && /^(packages|apps)\//.test(path))
  const faults: string[] = []
  for (const part of PARTS) {
    const mine = all.filter((source) => source.path.startsWith(`${part.folder}/`))
    if (mine.length === 0) faults.push(`${part.folder}: no file was looked at`)
    faults.push(...faultsOf(part, mine))
  }
  for (const source of all)
    if (!PARTS.some((part) => source.path.startsWith(`${part.folder}/`)))
      faults.push(`${source.path}: belongs to no part that tools/arrows.ts knows`)
  return { looked: all.length, what: 'files', faults }
}

await runAlone(import.meta, arrows)
