/** What a note is called and where it is: the note of a meeting, or what was written outside of any. */
import type { CircleView } from '@alongside/device/api.ts'
import { encounterOf, type Encounter } from '@alongside/practice/encounter/state.ts'
import { formatDay } from '../../words/format.ts'
import { momentOf } from '../../words/moment.ts'
import { t } from '../../words/t.ts'

/** The path part for notes that belong to no meeting. */
export const OUTSIDE = 'other'

export const pathOf = (encounter: string | null): string => `/notes/${encounter ?? OUTSIDE}`

/** The meeting's day, or the day it was made when none was said. */
const dayOf = (one: Encounter): string => formatDay(one.day ?? momentOf(one.metAt ?? one.at))

export function titleOf(circle: CircleView, encounter: string | null): string {
  const one = encounter === null ? null : encounterOf(circle.state, encounter)
  return one === null ? t('note.outside') : t('note.titleOf', { day: dayOf(one) })
}
