/**
 * Runs everything that shows Alongside works: the checks, the unit and contract tests, the build, the story on two real
 * devices, and the journeys in a real browser. Goes on after a failure and says at the end what ran and what could not.
 * Run by `npm run test:all`, which has installed the packages before.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { haveChromium } from './lib/chromium.ts'
import { ROOT } from './lib/files.ts'
import { COMMANDS, runNode } from './lib/run.ts'

export interface Outcome {
  readonly step: string
  readonly result: 'passed' | 'failed' | 'could not run'
  readonly ms: number
  readonly note: string
}

interface Step {
  readonly step: string
  readonly script: string
  readonly args?: readonly string[]
  /** Its line of figures in the output, for the table. */
  readonly figures?: RegExp
  readonly browser?: true
}

const STEPS: readonly Step[] = [
  { step: 'checks', script: 'tools/check.ts' },
  { step: 'unit tests', script: COMMANDS.vitest, args: ['run'], figures: /^\s*Tests\s+(.*)$/m },
  { step: 'web build', script: COMMANDS.vite, args: ['build', 'apps/web', '--logLevel', 'warn'] },
  { step: 'story', script: 'story/main.ts' },
  {
    step: 'crashes',
    script: 'crash/main.ts',
    args: ['--relay', '40', '--device', '20'],
    figures: /^(\d+ (?:kills|faults).*)$/m,
  },
  {
    step: 'browser tests',
    script: COMMANDS.playwright,
    args: ['test', '-c', 'e2e/playwright.config.ts'],
    figures: /^\s*(\d+ (?:passed|failed).*)$/m,
    browser: true,
  },
]

/** Terminal colours stand between the figures; escape, bracket, numbers, m. */
const plain = (text: string): string => text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')

async function runStep({ step, script, args = [], figures, browser }: Step): Promise<Outcome> {
  const fail = (note: string): Outcome => ({ step, result: 'could not run', ms: 0, note })
  const needed = [script, ...args.filter((arg) => arg.endsWith('.config.ts'))]
  const missing = needed.find((path) => !existsSync(join(ROOT, path)))
  if (missing !== undefined) return fail(`${missing} does not exist`)
  const env: Record<string, string> = {}
  if (browser) {
    const chromium = await haveChromium()
    if ('why' in chromium) return fail(chromium.why)
    env['CHROMIUM_PATH'] = chromium.path
  }
  console.log(`\n=== ${step}`)
  const { code, output, ms } = await runNode(script, args, { output: 'show', env })
  const note = figures === undefined ? '' : (figures.exec(plain(output))?.[1]?.trim() ?? '')
  return {
    step,
    result: code === 0 ? 'passed' : 'failed',
    ms,
    note: code === 0 ? note : [`exit ${code}`, note].filter(Boolean).join(', '),
  }
}

/** The table and the last line. What could not run counts as failed. */
export function summary(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ step, result, ms, note }) =>
    `${step.padEnd(14)} ${result.padEnd(13)} ${`${Math.round(ms / 1000)} s`.padStart(6)}  ${note}`.trimEnd(),
  )
  const passed = outcomes.filter(({ result }) => result === 'passed').length
  return ['', ...rows, '', `${passed} passed, ${outcomes.length - passed} failed`].join('\n')
}

if (import.meta.main) {
  const outcomes: Outcome[] = []
  for (const step of STEPS) outcomes.push(await runStep(step))
  console.log(summary(outcomes))
  process.exitCode = outcomes.every(({ result }) => result === 'passed') ? 0 : 1
}
