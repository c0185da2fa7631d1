/** Claimed minutes of the record as milliseconds, for showing a day. */
const MINUTE = 60_000
const START = Date.UTC(2020, 0, 1)

export const momentOf = (minutes: number): number => START + minutes * MINUTE
