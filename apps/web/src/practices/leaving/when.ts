/** Moments of leaving in words: the record's claimed minutes as days, and the seven days an ending can be taken back. */
import { formatDay } from '../../words/format.ts'
import { momentOf } from '../../words/moment.ts'

const SEVEN_DAYS = 7 * 24 * 60

export const dayOf = (minutes: number): string => formatDay(momentOf(minutes))

/** The day on which the relay deletes a box whose ending was asked at this minute. */
export const endDay = (askedAt: number): string => dayOf(askedAt + SEVEN_DAYS)
