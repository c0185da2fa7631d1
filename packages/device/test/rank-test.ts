/**
 * Whether two samples can come from one distribution: the rank-sum test of Mann and Whitney (Annals of Mathematical
 * Statistics 18, 1947), two-sided, by its normal approximation with the correction for ties; good from about twenty a side.
 */

/** Upper tail of the standard normal distribution; error below 7.5e-8 (Abramowitz and Stegun 26.2.17). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const terms = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429]
  const sum = terms.reduce((total, term, i) => total + term * t ** (i + 1), 0)
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum
}

/** `p`: how often two samples of one distribution would lie at least this far apart. */
export function rankTest(a: readonly number[], b: readonly number[]): { readonly p: number } {
  const all = [...a, ...b].toSorted((x, y) => x - y)
  const rankOf = (value: number): number => (all.indexOf(value) + all.lastIndexOf(value)) / 2 + 1
  const n = all.length
  const rankSum = a.reduce((sum, value) => sum + rankOf(value), 0)
  const u = rankSum - (a.length * (a.length + 1)) / 2
  const ties = [...new Set(all)].reduce((sum, value) => {
    const count = all.lastIndexOf(value) - all.indexOf(value) + 1
    return sum + count ** 3 - count
  }, 0)
  const variance = ((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1)))
  if (variance === 0) return { p: 1 }
  const z = Math.max(0, Math.abs(u - (a.length * b.length) / 2) - 0.5) / Math.sqrt(variance)
  return { p: Math.min(1, 2 * upperTail(z)) }
}
