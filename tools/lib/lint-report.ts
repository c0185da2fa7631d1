/** Reads what oxlint prints as JSON: one line for each fault, and how many files it looked at. */
import type { Report } from './check.ts'

interface Diagnostic {
  readonly filename: string
  readonly code?: string
  readonly message: string
  readonly labels: readonly { readonly span: { readonly line: number } }[]
}

interface Output {
  readonly diagnostics: readonly Diagnostic[]
  readonly number_of_files: number
}

/** The report of a run that printed `output` and ended with `code`. Output that is not JSON is itself the fault. */
export function lintReport(output: string, code: number): Report {
  let read: Output
  try {
    read = JSON.parse(output) as Output
  } catch {
    return { looked: 0, what: 'files', faults: output.trim().split('\n') }
  }
  const faults = read.diagnostics.map(
    ({ filename, code: rule, message, labels }) =>
      `${filename}:${labels[0]?.span.line ?? 1}: ${message.split('\n')[0]} (${rule ?? 'no rule'})`,
  )
  if (code !== 0 && faults.length === 0) faults.push(`oxlint ended with ${code}`)
  return { looked: read.number_of_files, what: 'files', faults }
}
