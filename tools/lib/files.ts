/** Finds the files that a check looks at. Generated and installed folders are never looked at. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')

/** A text file: its path from the repository's root, with forward slashes, and what is in it. */
export interface Source {
  readonly path: string
  readonly text: string
}

const SKIPPED = new Set([
  'node_modules',
  'dist',
  '.git',
  '.data',
  'test-results',
  'playwright-report',
  'coverage',
  '.cache',
])

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else if (entry.isFile()) yield path
  }
}

/** Paths of the files of `root` that `wanted` accepts, sorted. */
export function findFiles(root: string, wanted: (path: string) => boolean): string[] {
  const paths: string[] = []
  for (const absolute of walk(root)) {
    const path = relative(root, absolute).split(sep).join('/')
    if (wanted(path)) paths.push(path)
  }
  return paths.sort()
}

/** The files of `root` that `wanted` accepts, read as text. */
export function readFiles(root: string, wanted: (path: string) => boolean): Source[] {
  return findFiles(root, wanted).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

export const isTypeScript = (path: string): boolean => /\.(ts|tsx|mts)$/.test(path)
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)
