/** Stops on a bug of ours. Never used for bad input, which is an expected failure and a `Result`. */
export function assert(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Error(`bug: ${why}`)
}

/** The end of a switch over a closed union: the checker proves that no case was forgotten. */
export function never(value: never): never {
  throw new Error(`bug: unexpected ${String(value)}`)
}
