/** A meeting's day and time in words. */
import type { Encounter } from '@alongside/practice/encounter/state.ts'
import { formatDay, formatTime } from '../../words/format.ts'
import { t } from '../../words/t.ts'

/** “10:00” on this device's clock face; the text itself names no zone. */
function timeWords(time: string): string {
  const [hours, minutes] = time.split(':').map(Number)
  return formatTime(new Date(2026, 0, 1, hours ?? 0, minutes ?? 0).getTime())
}

export function whenWords(one: Pick<Encounter, 'day' | 'time'>): string {
  if (one.day === null) return t('encounter.noDay')
  return one.time === null
    ? formatDay(one.day)
    : t('encounter.dayAndTime', { day: formatDay(one.day), time: timeWords(one.time) })
}
