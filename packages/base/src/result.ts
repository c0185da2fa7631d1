/**
 * Expected failures are values. A function that can fail in a way its caller must handle gives a `Result`;
 * `error` is a closed union tagged by `type` and carries data, never a sentence. Throwing is for bugs.
 */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error })

/** The value of a result that cannot fail here; throws (a bug) if it did. */
export function must<T>(result: Result<T, unknown>, why = 'must succeed'): T {
  if (result.ok) return result.value
  throw new Error(`${why}: ${JSON.stringify(result.error)}`)
}
