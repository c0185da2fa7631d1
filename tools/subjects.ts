/**
 * A practice is one folder of `packages/practice/src` with a `subject.ts`. The list of them is written by this tool
 * (`node tools/subjects.ts --write`), so that adding a practice means adding a folder; the check proves it is current.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, runAlone } from './lib/check.ts'
import { findFiles, ROOT } from './lib/files.ts'

const FOLDER = 'packages/practice/src'
const LIST = `${FOLDER}/subjects.ts`

/** The folders of practices, in order of name. */
export function subjectFolders(root: string): string[] {
  const pattern = new RegExp(`^${FOLDER}/([^/]+)/subject\\.ts$`)
  return findFiles(root, (path) => pattern.test(path)).map((path) => pattern.exec(path)?.[1] ?? '')
}

const camel = (folder: string): string => folder.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase())

/** The text of the list for these folders. */
export function listText(folders: readonly string[]): string {
  const names = folders.map(camel)
  const oneLine = `export const subjects = [${names.join(', ')}] as const`
  const lines = [
    '// Written by `node tools/subjects.ts --write`: every folder of this package that has a subject.ts.',
    ...folders.map((folder) => `import { ${camel(folder)} } from './${folder}/subject.ts'`),
    '',
    oneLine.length <= 120
      ? oneLine
      : `export const subjects = [\n${names.map((name) => `  ${name},\n`).join('')}] as const`,
    '',
  ]
  return lines.join('\n')
}

export const subjects: Check = (root) => {
  const folders = subjectFolders(root)
  const current = readFileSync(join(root, LIST), 'utf8') === listText(folders)
  const faults = current ? [] : [`${LIST}: is not the list of the folders; run \`node tools/subjects.ts --write\``]
  return { looked: folders.length, what: 'practices', faults }
}

if (import.meta.main && process.argv[2] === '--write') writeFileSync(join(ROOT, LIST), listText(subjectFolders(ROOT)))
await runAlone(import.meta, subjects)
