/** The record says when in minutes since 2020-01-01 UTC, as a device claimed; screens show and compare milliseconds. */

const START = Date.UTC(2020, 0, 1)
const MINUTE = 60_000

/** Minutes since 2020 as milliseconds since 1970. */
export const momentOf = (minutes: number): number => START + minutes * MINUTE

/** Milliseconds since 1970 as whole minutes since 2020. */
export const minutesAt = (milliseconds: number): number => Math.floor((milliseconds - START) / MINUTE)
