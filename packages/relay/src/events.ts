/**
 * Everything the relay reports, in one place. An event holds no id, address, key, size of one box or content: what is
 * not here is not logged. One line of JSON each, on standard error.
 */
export type RelayEvent =
  | { readonly type: 'Started'; readonly wireVersion: number }
  | { readonly type: 'Stopped' }
  /** Old things went: how many boxes were deleted, tombstones and places forgotten. */
  | { readonly type: 'Swept'; readonly boxes: number; readonly tombstones: number; readonly places: number }
  /** The database refused a write; `code` is SQLite's own, 13 when the disk is full. */
  | { readonly type: 'CouldNotKeep'; readonly code: number }
  /** A bug: its place in our code, never its message, which could hold what was being handled. */
  | { readonly type: 'Bug'; readonly where: string }

export type Report = (event: RelayEvent) => void

export const reportToStderr: Report = (event) => {
  process.stderr.write(`${JSON.stringify(event)}\n`)
}

/** The first frame of a stack that lies in our code, without the message. */
export function whereOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return /([\w-]+\.ts:\d+)/.exec(stack)?.[1] ?? 'unknown'
}
