/**
 * What a check is: it looks at things and finds faults. A check that looked at nothing has failed, because a check that
 * cannot see proves nothing.
 */
import { pathToFileURL } from 'node:url'
import { ROOT } from './files.ts'

export interface Report {
  /** How many things were looked at; zero is a failure. */
  readonly looked: number
  /** What was looked at, for the summary line: `412 files`. */
  readonly what: string
  /** One line for each fault, with the file in front. */
  readonly faults: readonly string[]
  /** Worth knowing, does not fail. */
  readonly notes?: readonly string[]
}

export type Check = (root: string) => Report | Promise<Report>

export const passed = (report: Report): boolean => report.looked > 0 && report.faults.length === 0

/** The report in lines: faults first, then notes. */
export function linesOf(report: Report): string[] {
  const lines = report.faults.map((fault) => `  ${fault}`)
  if (report.looked === 0) lines.unshift(`  looked at no ${report.what}, so it proves nothing`)
  for (const note of report.notes ?? []) lines.push(`  note: ${note}`)
  return lines
}

/** Lets a check's file be run by itself: `node tools/arrows.ts`. */
export async function runAlone(meta: ImportMeta, check: Check): Promise<void> {
  if (meta.url !== pathToFileURL(process.argv[1] ?? '').href) return
  const report = await check(ROOT)
  for (const line of linesOf(report)) console.log(line)
  console.log(`${passed(report) ? 'ok' : 'failed'}: ${report.looked} ${report.what}, ${report.faults.length} faults`)
  process.exitCode = passed(report) ? 0 : 1
}
