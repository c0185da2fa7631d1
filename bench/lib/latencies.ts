/** What a list of waits comes to. */

/** The value below which this share of the (sorted) values lies. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

export interface Latencies {
  readonly p50: number
  readonly p99: number
  readonly most: number
  readonly count: number
}

/** Of one or more waits, in milliseconds. */
export function latencies(values: readonly number[]): Latencies {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    most: sorted.at(-1) ?? Number.NaN,
    count: values.length,
  }
}
