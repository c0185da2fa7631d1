/**
 * Writes results into `docs/benchmarks.md`, between markers: a section for each work that ran, and the goals those works
 * answer. What did not run this time stays as it was, with its own day, machine and commit.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GOALS, type Goal } from './goals.ts'
import type { Answer, Result } from './measure.ts'
import { spreadText, verdict, type Machine } from './report.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const DOCUMENT = join(ROOT, 'docs/benchmarks.md')
const RESULTS = join(ROOT, 'bench/results')

const cell = (text: string): string => text.replaceAll('|', '\\|')
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length === 0 ? [] : [row(head), row(head.map(() => '---')), ...rows.map(row), '']

/** One work as Markdown. */
export function section({ work, what, rounds, answers, measured, notes }: Result, on: Machine): string {
  return [
    `### ${work}`,
    '',
    `${what} ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${on.day}, ${on.commit}, ${on.processor}, ${on.cores} cores, Node ${on.node}.`,
    '',
    ...table(
      ['goal', 'ratio', 'median (range)', 'wanted', ''],
      answers.map((one) => [one.goal, one.words, spreadText(one.spread), one.wanted, verdict(one.isMet)]),
    ),
    ...table(
      ['side', 'figure', 'median (range)'],
      measured.map((one) => [one.side, one.figure, `${spreadText(one.spread)} ${one.unit}`]),
    ),
    ...notes.map((note) => `- ${note}`),
  ]
    .join('\n')
    .trim()
}

/** One goal with what was measured. */
export function goalRow(goal: Goal, answers: readonly Answer[]): string {
  const isMet = answers.every((one) => one.isMet !== false)
  const figures = answers.map((one) => `${one.words}: ${spreadText(one.spread)}`).join('<br>')
  return row([goal.id, goal.work, goal.against, goal.wanted, figures, isMet ? 'met' : '**not met**', goal.remark])
}

function between(document: string, name: string, change: (before: string) => string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [document.indexOf(start), document.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`docs/benchmarks.md has no place for ${name}`)
  const inside = change(document.slice(from + start.length, to).trim())
  return `${document.slice(0, from)}${start}\n\n${inside}\n\n${document.slice(to)}`
}

/** Sections stay in the order of their names. */
function sections(before: string, results: readonly Result[], on: Machine): string {
  const known = new Map(
    before
      .split(/^(?=### )/m)
      .filter((one) => one.startsWith('### '))
      .map((one) => [one.slice(4, one.indexOf('\n')).trim(), one.trim()]),
  )
  for (const result of results) known.set(result.work, section(result, on))
  return [...known]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text)
    .join('\n\n')
}

function goals(before: string, results: readonly Result[]): string {
  const rows = new Map(before.split('\n').map((line) => [/^\| (P\d+b?) \|/.exec(line)?.[1] ?? '', line]))
  const answers = results.flatMap((one) => one.answers)
  const lines = GOALS.map((goal) => {
    const mine = answers.filter((one) => one.goal === goal.id)
    if (mine.length > 0) return goalRow(goal, mine)
    const unmeasured = row([goal.id, goal.work, goal.against, goal.wanted, '', 'not measured', goal.remark])
    return rows.get(goal.id) ?? unmeasured
  })
  const head = ['', 'work', 'against', 'goal', 'last measured', '', 'what stands in the way, or must be known']
  return [row(head), row(head.map(() => '---')), ...lines].join('\n')
}

/** Puts results into a document. */
export const withResults = (document: string, results: readonly Result[], on: Machine): string =>
  between(
    between(document, 'goals', (before) => goals(before, results)),
    'works',
    (before) => sections(before, results, on),
  )

/** Writes the document anew, and the figures as JSON beside, for who wants to look closer. */
export function writeDocs(results: readonly Result[], on: Machine): void {
  writeFileSync(DOCUMENT, withResults(readFileSync(DOCUMENT, 'utf8'), results, on))
  mkdirSync(RESULTS, { recursive: true })
  for (const result of results)
    writeFileSync(join(RESULTS, `${result.work}.json`), JSON.stringify({ machine: on, result }, null, 2))
}
