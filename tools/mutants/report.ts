/** What became of mutants: the mutator's report (mutation-testing report schema) as shares and survivors. */

/** A mutant that no test noticed. */
export interface Survivor {
  readonly file: string
  readonly line: number
  readonly mutator: string
  /** What stood there, and what stood there instead; each on one line. */
  readonly was: string
  readonly became: string
  /** Whether any test reached the place at all. */
  readonly covered: boolean
}

export interface FileResult {
  readonly file: string
  readonly mutants: number
  readonly killed: number
  readonly survivors: readonly Survivor[]
}

interface Position {
  readonly line: number
  readonly column: number
}

interface Mutant {
  readonly mutatorName: string
  readonly replacement?: string
  readonly status: string
  readonly location: { readonly start: Position; readonly end: Position }
}

interface Report {
  readonly files: { readonly [path: string]: { readonly source: string; readonly mutants: readonly Mutant[] } }
}

const oneLine = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > 100 ? `${flat.slice(0, 97)}…` : flat
}

/** The text between two positions; lines and columns count from 1. */
function textAt(source: string, { start, end }: Mutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  const last = lines.length - 1
  return lines
    .map((line, i) => line.slice(i === 0 ? start.column - 1 : 0, i === last ? end.column - 1 : undefined))
    .join('\n')
}

/** Reads a report. A mutant that ends in a time limit is noticed; one that does not run at all counts for nothing. */
export function resultsOf(reportText: string): readonly FileResult[] {
  const report = JSON.parse(reportText) as Report
  return Object.entries(report.files).map(([file, { source, mutants }]) => {
    const counted = mutants.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
    const survivors = counted
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(
        (mutant): Survivor => ({
          file,
          line: mutant.location.start.line,
          mutator: mutant.mutatorName,
          was: oneLine(textAt(source, mutant.location)),
          became: oneLine(mutant.replacement ?? ''),
          covered: mutant.status === 'Survived',
        }),
      )
      .sort((a, b) => a.line - b.line)
    return { file, mutants: counted.length, killed: counted.length - survivors.length, survivors }
  })
}

/** A share in hundredths, such as `97.4 %`; of nothing, a dash. */
export const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`

/** The results as lines for people: a table by file, then every survivor. */
export function linesFor(results: readonly FileResult[]): readonly string[] {
  const all = (of: (result: FileResult) => number) => results.reduce((sum, result) => sum + of(result), 0)
  const [mutants, killed] = [all((one) => one.mutants), all((one) => one.killed)]
  const row = (name: string, of: number, dead: number) =>
    `${share(dead, of).padStart(8)}  ${String(dead).padStart(5)} of ${String(of).padEnd(5)} ${name}`
  return [
    ...results.map((one) => row(one.file, one.mutants, one.killed)),
    row('all', mutants, killed),
    ...results
      .flatMap((one) => one.survivors)
      .map(
        (one) =>
          `${one.file}:${one.line} ${one.mutator}${one.covered ? '' : ' (not reached)'}: ${one.was} → ${one.became}`,
      ),
  ]
}
