/** The command line that our own works and the works against peers share. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeDocs } from './docs.ts'
import { measure, type Result } from './measure.ts'
import { machine, resultLines } from './report.ts'
import type { Work } from './work.ts'

/** All works in a folder: each file that exports `work`. */
export async function worksIn(folder: string): Promise<readonly Work[]> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .toSorted()
  const modules = await Promise.all(
    files.map(async (file) => (await import(join(folder, file))) as { readonly work?: Work }),
  )
  return modules.flatMap(({ work }) => (work === undefined ? [] : [work]))
}

/**
 * Runs the works named on the command line, or all. `--json` prints one object and nothing else; `--docs` writes
 * `docs/benchmarks.md` anew; `--rounds N` overrides how often. A work that breaks is told and the rest goes on; the exit code is then 1. A goal not met is no failure.
 */
export async function runWorks(works: readonly Work[], args: readonly string[]): Promise<readonly Result[]> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      rounds: { type: 'string' },
    },
    allowPositionals: true,
  })
  const unknown = positionals.filter((name) => !works.some((work) => work.name === name))
  const rounds = values.rounds === undefined ? null : Number(values.rounds)
  if (unknown.length > 0 || (rounds !== null && !(Number.isInteger(rounds) && rounds > 0))) {
    const wrong = unknown.length > 0 ? `There is no work called ${unknown.join(', ')}.` : '--rounds wants a number.'
    console.error(`${wrong} There are: ${works.map(({ name }) => name).join(', ')}.`)
    process.exitCode = 2
    return []
  }
  const chosen = works.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
  const on = machine()
  if (!values.json)
    console.log(
      `${on.processor}, ${on.cores} cores, ${on.memoryGiB} GiB, ${on.system}, Node ${on.node}, ${on.commit}\n`,
    )
  const results: Result[] = []
  for (const work of chosen) {
    try {
      const result = await measure(work, rounds ?? work.rounds ?? 5, (line) => process.stderr.write(`${line}\n`))
      results.push(result)
      if (!values.json) console.log(resultLines(result).join('\n'))
    } catch (error) {
      process.exitCode = 1
      console.error(`${work.name} broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
  }
  if (values.docs) writeDocs(results, on)
  if (values.json) console.log(JSON.stringify({ machine: on, results }, null, 2))
  return results
}
