/**
 * Measures what a phone has to load, in gzipped bytes of the built web app, against fixed budgets. A person on a small
 * data plan sees the welcome page long before the rest has come, and no screen loads what it does not need.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Check, runAlone } from './lib/check.ts'

const KB = 1024

export const LIMITS_KB = { entry: 90, welcome: 25, readAndWrite: 120, screen: 15, language: 15, css: 10 } as const

/** One chunk in the manifest that Vite writes. */
interface Chunk {
  readonly file: string
  readonly src?: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  readonly imports?: readonly string[]
}

export type Manifest = Readonly<Record<string, Chunk>>

/** The keys that come with a chunk at once: itself and what it imports, all the way down. */
function closure(manifest: Manifest, keys: readonly string[]): Set<string> {
  const all = new Set<string>()
  const queue = [...keys]
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (all.has(key)) continue
    all.add(key)
    queue.push(...(manifest[key]?.imports ?? []))
  }
  return all
}

interface Size {
  readonly name: string
  readonly bytes: number
  readonly limitKb: number
}

const isScreen = (chunk: Chunk): boolean =>
  chunk.isDynamicEntry === true && /Screen\.tsx$|\/screens\/[^/]+\.tsx$/.test(chunk.src ?? '')
const isWelcome = (chunk: Chunk): boolean =>
  isScreen(chunk) && /shell\/screens\/(?:Welcome|Unlock)\w*\.tsx$/.test(chunk.src ?? '')

/**
 * The measured sizes. `sizeOf` gives the gzipped bytes of each built file by its path in `dist`; words are in
 * `words-<language>-<feature>-<hash>.js`, the worker's file has `worker` in its name.
 */
export function measure(manifest: Manifest, sizeOf: ReadonlyMap<string, number>): Size[] {
  const entryKeys = Object.keys(manifest).filter((key) => manifest[key]?.isEntry === true)
  const entry = closure(manifest, entryKeys)
  const bytesOf = (keys: Iterable<string>) => {
    let sum = 0
    for (const key of keys) sum += sizeOf.get(manifest[key]?.file ?? '') ?? 0
    return sum
  }
  const filesSize = (pattern: RegExp) => {
    let sum = 0
    for (const [file, size] of sizeOf) if (pattern.test(file)) sum += size
    return sum
  }
  const chunks = Object.entries(manifest)
  // a phone loads one of the two: the welcome where nothing is kept yet, the unlock screen everywhere else
  const first = Math.max(
    0,
    ...chunks.filter(([, chunk]) => isWelcome(chunk)).map(([key]) => bytesOf(closure(manifest, [...entryKeys, key]))),
  )
  const languages = new Set([...sizeOf.keys()].flatMap((file) => /words-([a-z]+)-/.exec(file)?.[1] ?? []))
  const shellWords = Math.max(0, ...[...languages].map((language) => filesSize(new RegExp(`words-${language}-shell-`))))
  const worker = filesSize(/(?<!service-)worker[\w.-]*\.js$/)
  const sizes: Size[] = [
    { name: 'entry', bytes: bytesOf(entry), limitKb: LIMITS_KB.entry },
    {
      name: 'welcome or unlock',
      bytes: first === 0 ? 0 : first + shellWords,
      limitKb: LIMITS_KB.welcome,
    },
    { name: 'worker', bytes: worker, limitKb: LIMITS_KB.readAndWrite },
    { name: 'entry and worker', bytes: bytesOf(entry) + worker, limitKb: LIMITS_KB.readAndWrite },
    // the walk-through world is a page of its own that no device loads
    { name: 'all styles', bytes: filesSize(/^(?!.*walk-through).*\.css$/), limitKb: LIMITS_KB.css },
  ]
  for (const [key, chunk] of chunks.filter(([, each]) => isScreen(each))) {
    const own = [...closure(manifest, [key])].filter((each) => !entry.has(each))
    sizes.push({ name: `screen ${chunk.src ?? key}`, bytes: bytesOf(own), limitKb: LIMITS_KB.screen })
  }
  for (const language of languages) {
    // Words come with the screen that needs them: the shell's and the parts' own on every screen, and the practice's.
    const common = filesSize(new RegExp(`words-${language}-(?:shell|components|failure)-`))
    const features = new Set(
      [...sizeOf.keys()].flatMap((file) => new RegExp(`words-${language}-([\\w-]+)-[^-]+$`).exec(file)?.[1] ?? []),
    )
    const largest = Math.max(0, ...[...features].map((one) => filesSize(new RegExp(`words-${language}-${one}-`))))
    sizes.push({ name: `language ${language}`, bytes: common + largest, limitKb: LIMITS_KB.language })
  }
  return sizes
}

/** Whatever had nothing to measure, or is over its budget. */
export function budgetFaults(sizes: readonly Size[]): string[] {
  const faults = sizes
    .filter(({ bytes, limitKb }) => bytes === 0 || bytes > limitKb * KB)
    .map(({ name, bytes, limitKb }) =>
      bytes === 0
        ? `${name}: nothing to measure`
        : `${name}: ${(bytes / KB).toFixed(1)} KB gzipped, at most ${limitKb}`,
    )
  for (const kind of ['screen ', 'language '])
    if (!sizes.some(({ name }) => name.startsWith(kind))) faults.push(`no ${kind.trim()} was found`)
  return faults
}

export const budgets: Check = (root) => {
  const dist = join(root, 'apps/web/dist')
  const path = join(dist, '.vite/manifest.json')
  if (!existsSync(path)) return { looked: 0, what: 'built files (build first: npm run build)', faults: [] }
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
  const sizeOf = new Map<string, number>()
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' }))
    if (/\.(js|css)$/.test(file))
      sizeOf.set(file.replaceAll('\\', '/'), gzipSync(readFileSync(join(dist, file)), { level: 9 }).length)
  const sizes = measure(manifest, sizeOf)
  const [largest] = sizes.filter(({ name }) => name.startsWith('screen ')).sort((a, b) => b.bytes - a.bytes)
  const shown = [
    ...sizes.filter(({ name }) => !name.startsWith('screen ')),
    ...(largest === undefined ? [] : [largest]),
  ]
  const notes = shown.map(({ name, bytes, limitKb }) => `${name}: ${(bytes / KB).toFixed(1)} of ${limitKb} KB`)
  return { looked: sizeOf.size, what: 'built files', faults: budgetFaults(sizes), notes }
}

await runAlone(import.meta, budgets)
