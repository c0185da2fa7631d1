/**
 * Keeps the documents true in what can be checked: a link leads to a file that exists, and a test that a document names
 * (`ADV-9`, or a rule such as `AGR-3`) stands in the title of a test. The list of adversarial tests is whole.
 */
import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type Check, runAlone } from './lib/check.ts'
import { isTest, readFiles, type Source } from './lib/files.ts'
import { stringsOf } from './lib/source.ts'

const LINK = /\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)/g
const ID = /\b[A-Z]{2,}-\d+\b/g
/** Names of other people's standards and of licences look like ids. */
const NOT_OURS = /^(?:SHA|ZIP|UTF|RFC|ISO|AGPL|WCAG|AES|BLAKE|BIP|HKDF)-/

/** The faults of one document. `titles` are the ids that tests name; `exists` is asked for paths from the root. */
export function faultsOf(doc: Source, titles: ReadonlySet<string>, exists: (path: string) => boolean): string[] {
  const faults: string[] = []
  for (const [index, line] of doc.text.split('\n').entries()) {
    const where = `${doc.path}:${index + 1}`
    for (const [, link = ''] of line.matchAll(LINK)) {
      if (/^(?:https?|mailto):/.test(link)) continue
      if (!exists(posix.join(posix.dirname(doc.path), link))) faults.push(`${where}: ${link} does not exist`)
    }
    for (const [id] of line.replaceAll(/`[^`]*`/g, '').matchAll(ID))
      if (!NOT_OURS.test(id) && !titles.has(id)) faults.push(`${where}: no test shows ${id}`)
  }
  return faults
}

/** The ids in the strings of tests. */
export const titlesOf = (tests: readonly Source[]): Set<string> =>
  new Set(tests.flatMap(stringsOf).flatMap(({ text }) => [...text.matchAll(ID)].map(([id]) => id)))

const HUNDRED = 'docs/adversarial.md'

/** Adversarial tests whose number the list of them does not have. */
export const unlisted = (titles: ReadonlySet<string>, list: string): string[] =>
  [...titles]
    .filter((id) => id.startsWith('ADV-') && !list.includes(`**${id}**`))
    .map((id) => `${HUNDRED}: ${id} is shown by a test and is not listed`)

export const docs: Check = (root) => {
  const files = readFiles(root, (path) => /^(?:[A-Z]+\.md|docs\/.*\.md)$/.test(path))
  const tests = readFiles(
    root,
    (path) => /^(?:packages|apps|e2e)\//.test(path) && (isTest(path) || path.endsWith('.spec.ts')),
  )
  const titles = titlesOf(tests)
  const faults = files.flatMap((doc) => faultsOf(doc, titles, (path) => existsSync(join(root, path))))
  faults.push(...unlisted(titles, files.find((doc) => doc.path === HUNDRED)?.text ?? ''))
  return { looked: files.length, what: 'documents', faults }
}

await runAlone(import.meta, docs)
