/** A meeting's day and time in words; the year only when it is not this one. */
import type { Encounter } from '@alongside/practice/encounter/state.ts'
import { formatDay, formatTime } from '../../words/format.ts'
import { todayHere } from '../../shell/turn.ts'
import { t } from '../../words/t.ts'

/** “10:00” on this device's clock face; the text itself names no zone. */
function timeWords(time: string): string {
  const [hours, minutes] = time.split(':').map(Number)
  return formatTime(new Date(2026, 0, 1, hours ?? 0, minutes ?? 0).getTime())
}

export function whenWords(one: Pick<Encounter, 'day' | 'time'>): string {
  if (one.day === null) return t('encounter.noDay')
  const day = formatDay(one.day, one.day.slice(0, 4) === todayHere().slice(0, 4) ? '' : 'long')
  return one.time === null ? day : t('encounter.dayAndTime', { day, time: timeWords(one.time) })
}
