/** Results as text for people: ratios first, then the figures they come from, each with its range. */
import { execFileSync } from 'node:child_process'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import type { Result, Spread } from './measure.ts'

export interface Machine {
  readonly system: string
  readonly processor: string
  readonly cores: number
  readonly memoryGiB: number
  readonly node: string
  readonly commit: string
  readonly day: string
}

function commit(): string {
  try {
    const short = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
    const changed = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).trim() !== ''
    return changed ? `${short} with changes` : short
  } catch {
    return 'unknown'
  }
}

/** The machine that measured, without its name. */
export const machine = (): Machine => ({
  system: `${platform()} ${release()} ${arch()}`,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  commit: commit(),
  day: new Date().toISOString().slice(0, 10),
})

/** Three digits that matter, without an exponent. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

export const spreadText = ({ median, least, most }: Spread): string =>
  least === most ? short(median) : `${short(median)} (${short(least)}–${short(most)})`

/** In words; nothing where no goal was set. */
export const verdict = (isMet: boolean | null): string => (isMet === null ? '' : isMet ? 'met' : 'NOT MET')

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** One work's result as lines. */
export function resultLines({ work, what, rounds, answers, measured, notes }: Result): string[] {
  const ratios = answers.map((one) => [
    `  ${one.goal}`,
    spreadText(one.spread),
    one.wanted,
    verdict(one.isMet),
    one.words,
  ])
  const figures = measured.map((one) => [`  ${one.side}`, one.figure, `${spreadText(one.spread)} ${one.unit}`])
  return [
    `${work} (${rounds} rounds): ${what}`,
    ...table(ratios),
    ...table(figures),
    ...notes.map((note) => `  ${note}`),
    '',
  ]
}
