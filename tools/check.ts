/**
 * `npm run check`: everything that must hold before a change goes in, two at a time, each with its time. Names given on
 * the command line run only those: `npm run check -- arrows words`.
 */
import { availableParallelism } from 'node:os'
import { arrows } from './arrows.ts'
import { budgets } from './budgets.ts'
import { contrast } from './contrast.ts'
import { docs } from './docs.ts'
import { hygiene } from './hygiene.ts'
import { type Check, linesOf, passed, type Report } from './lib/check.ts'
import { ROOT } from './lib/files.ts'
import { lintReport } from './lib/lint-report.ts'
import { COMMANDS, runNode } from './lib/run.ts'
import { buildIfStale } from './lib/web-build.ts'
import { reading } from './reading.ts'
import { rights } from './rights.ts'
import { rules } from './rules.ts'
import { subjects } from './subjects.ts'
import { words } from './words.ts'

interface Command {
  readonly script: string
  readonly args: readonly string[]
  readonly what: string
  /** Reads from the output how many things were looked at. */
  readonly count: (output: string) => number
  /** Makes short lines of long output. */
  readonly tidy?: (lines: string[]) => string[]
}

/** A command of others as a check. */
const command =
  ({ script, args, what, count, tidy = (lines) => lines }: Command): Check =>
  async () => {
    const { code, output } = await runNode(script, args, { output: 'keep' })
    const lines = output.split('\n').filter((line) => line.trim() !== '' && !line.startsWith(`${ROOT}/`))
    return { looked: count(output), what, faults: code === 0 ? [] : tidy(lines) }
  }

const numberIn = (pattern: RegExp) => (output: string) => Number(pattern.exec(output)?.[1] ?? 0)

const ourFiles = (output: string): number =>
  output.split('\n').filter((line) => line.startsWith(`${ROOT}/`) && !line.includes('/node_modules/')).length

/** The generated types must be there before anything reads the sources. */
const messages = command({
  script: 'apps/web/messages-types.ts',
  args: [],
  what: 'message folders',
  count: numberIn(/(\d+) message folders/),
})

const types = command({ script: COMMANDS.tsc, args: ['-p', '.', '--listFiles'], what: 'files', count: ourFiles })

const lint: Check = async () => {
  const { code, output } = await runNode(COMMANDS.oxlint, ['--type-aware', '--deny-warnings', '--format=json'], {
    output: 'keep',
  })
  return lintReport(output, code)
}

const format = command({
  script: COMMANDS.biome,
  args: ['format', '--max-diagnostics=none', '.'],
  what: 'files',
  count: numberIn(/Checked (\d+) files/),
  tidy: (lines) =>
    lines.flatMap((line) => {
      const path = /^(\S+) format ━/.exec(line)?.[1]
      return path === undefined ? [] : [`${path}: is not formatted; run \`npm run format\``]
    }),
})

/** It does not say how much it read; instead a pattern of knip.json that matches no file is an error. */
const unused = command({
  script: COMMANDS.knip,
  args: ['--no-progress', '--treat-config-hints-as-errors'],
  what: 'project',
  count: () => 1,
})

const built: Check = async (root): Promise<Report> => {
  const ran = await buildIfStale()
  if (ran !== null && ran.code !== 0) return { looked: 1, what: 'builds', faults: ran.output.trim().split('\n') }
  return budgets(root)
}

const AFTER_MESSAGES: readonly (readonly [name: string, check: Check])[] = [
  ['types', types],
  ['lint', lint],
  ['format', format],
  ['unused', unused],
  ['budgets', built],
  ['arrows', arrows],
  ['rules', rules],
  ['rights', rights],
  ['subjects', subjects],
  ['words', words],
  ['reading', reading],
  ['contrast', contrast],
  ['docs', docs],
  ['hygiene', hygiene],
]

/** Runs one check and prints its line; faults below it. */
async function runCheck(name: string, check: Check): Promise<boolean> {
  const start = performance.now()
  let report: Report
  try {
    report = await check(ROOT)
  } catch (error) {
    report = {
      looked: 1,
      what: 'things',
      faults: [`stopped: ${error instanceof Error ? error.message : String(error)}`],
    }
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const verdict = passed(report) ? 'ok    ' : 'FAILED'
  console.log(`${verdict} ${name.padEnd(9)} ${seconds.padStart(5)} s  ${report.looked} ${report.what}`)
  for (const line of linesOf(report)) console.log(line)
  return passed(report)
}

const chosen = process.argv.slice(2)
const known = ['messages', ...AFTER_MESSAGES.map(([name]) => name)]
const unknown = chosen.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no check called ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  process.exit(2)
}
const wanted = (name: string): boolean => chosen.length === 0 || chosen.includes(name)

let failed = (await runCheck('messages', messages)) ? 0 : 1
const queue = AFTER_MESSAGES.filter(([name]) => wanted(name))
const worker = async () => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) if (!(await runCheck(...next))) failed++
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker))
console.log(failed === 0 ? 'Everything holds.' : `${failed} failed.`)
process.exitCode = failed === 0 ? 0 : 1
