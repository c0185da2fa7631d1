/**
 * Holds SPEC.md, code and tests together. Every rule is a sentence with an id (`- **AGR-3** …`); the id must stand in
 * the package's code, and in brackets in the title of at least one of its tests (`[AGR-3] …`). An id that a test names
 * must exist.
 */
import { type Check, runAlone } from './lib/check.ts'
import { isTest, isTypeScript, readFiles, type Source } from './lib/files.ts'
import { stringsOf } from './lib/source.ts'

const RULE = /^\s*(?:[-*]|\d+\.)\s+\*\*([A-Z][A-Z0-9]*-\d+[a-z]?)\*\*(.*)$/
const IN_TITLE = /\[([A-Z][A-Z0-9]*-\d+[a-z]?(?:,\s*[A-Z][A-Z0-9]*-\d+[a-z]?)*)\]/g

export interface Sentence {
  readonly id: string
  readonly where: string
  readonly text: string
}

/** The rules of one SPEC.md. */
export function rulesOf(spec: Source): Sentence[] {
  const rules: Sentence[] = []
  for (const [index, line] of spec.text.split('\n').entries()) {
    const match = RULE.exec(line)
    if (match?.[1] !== undefined)
      rules.push({ id: match[1], where: `${spec.path}:${index + 1}`, text: (match[2] ?? '').trim() })
  }
  return rules
}

/** The ids that a test's titles name, each with its place. */
export function idsInTitles(test: Source): Map<string, string> {
  const ids = new Map<string, string>()
  for (const { where, text } of stringsOf(test))
    for (const match of text.matchAll(IN_TITLE))
      for (const id of (match[1] ?? '').split(/,\s*/)) if (!ids.has(id)) ids.set(id, where)
  return ids
}

/** The faults of one package: its specifications, its code and its tests, all given as files. */
export function faultsOf(
  name: string,
  files: readonly Source[],
): { readonly rules: number; readonly faults: string[] } {
  const faults: string[] = []
  const known = new Map<string, Sentence>()
  for (const rule of files.filter((file) => file.path.endsWith('SPEC.md')).flatMap(rulesOf)) {
    const twin = known.get(rule.id)
    if (twin !== undefined) faults.push(`${rule.where}: ${rule.id} is already at ${twin.where}`)
    if (rule.text === '') faults.push(`${rule.where}: ${rule.id} says nothing`)
    known.set(rule.id, rule)
  }
  const shown = new Map<string, string>()
  for (const test of files.filter((file) => isTest(file.path)))
    for (const [id, where] of idsInTitles(test)) shown.set(id, where)
  const code = files.filter((file) => isTypeScript(file.path) && !isTest(file.path)).map((file) => file.text)
  for (const rule of known.values()) {
    if (!shown.has(rule.id)) faults.push(`${rule.where}: no test of ${name} shows ${rule.id}`)
    const word = new RegExp(`\\b${rule.id}\\b`)
    if (!code.some((text) => word.test(text))) faults.push(`${rule.where}: no code of ${name} carries ${rule.id}`)
  }
  for (const [id, where] of shown) if (!known.has(id)) faults.push(`${where}: ${id} is in no SPEC.md of ${name}`)
  return { rules: known.size, faults }
}

export const rules: Check = (root) => {
  const files = readFiles(root, (path) => /^packages\/.*(\/SPEC\.md|\.tsx?)$/.test(path))
  const names = new Set(files.map((file) => file.path.split('/').slice(0, 2).join('/')))
  const faults: string[] = []
  let looked = 0
  for (const name of names) {
    const found = faultsOf(
      name,
      files.filter((file) => file.path.startsWith(`${name}/`)),
    )
    looked += found.rules
    faults.push(...found.faults)
  }
  if (!files.some((file) => file.path.startsWith('packages/practice/') && file.path.endsWith('SPEC.md')))
    faults.push('packages/practice: has no SPEC.md')
  return { looked, what: 'rules', faults }
}

await runAlone(import.meta, rules)
