/**
 * Small things that must never be committed: paths of one machine, a registry's address in the lockfile, a test that
 * silences its neighbours, a note to self, a cast that silences the checker.
 */
import { type Check, runAlone } from './lib/check.ts'
import { readFiles, type Source } from './lib/files.ts'

interface Habit {
  readonly what: string
  readonly pattern: RegExp
  readonly where: (path: string) => boolean
}

const isCode = (path: string): boolean => /\.(ts|tsx|mts|mjs|js)$/.test(path)
const isText = (path: string): boolean => /\.(ts|tsx|mts|mjs|js|json|md|css|html|sh)$/.test(path)
const isLockfile = (path: string): boolean => path === 'package-lock.json'

/** The patterns are written so that they do not match themselves. */
const HABITS: readonly Habit[] = [
  {
    what: 'a path of one machine',
    pattern: /(?:^|[\s'"`(=:])(?:\/(?:home|root|Users|work)\/[\w.-]+|[A-Z]:\\\\Users)/,
    where: isText,
  },
  { what: 'an address of a registry in the lockfile', pattern: /"resolved":\s*"https?:/, where: isLockfile },
  { what: 'a test that silences its neighbours', pattern: /\b(?:it|test|describe)[.]only\b/, where: isCode },
  { what: 'a note to self', pattern: /\b(?:TO[D]O|FIX[M]E|XX[X])\b/, where: isText },
  { what: 'a cast to any', pattern: /\bas [a]ny\b/, where: isCode },
  { what: 'a silenced type error', pattern: /@ts-(?:[i]gnore|[n]ocheck)/, where: isCode },
]

/** The faults of one file. */
export function faultsOf(source: Source): string[] {
  const faults: string[] = []
  for (const [index, line] of source.text.split('\n').entries())
    for (const habit of HABITS)
      if (habit.where(source.path) && habit.pattern.test(line))
        faults.push(`${source.path}:${index + 1}: ${habit.what}: ${line.trim().slice(0, 80)}`)
  return faults
}

export const hygiene: Check = (root) => {
  const files = readFiles(root, (path) => isText(path) && !path.startsWith('vectors/'))
  return { looked: files.length, what: 'files', faults: files.flatMap(faultsOf) }
}

await runAlone(import.meta, hygiene)
