/** How places are called on the screen: by number in the order they were opened, never by who might have come. */
import type { PlaceView } from '@alongside/device/api.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { open } from '../../device/client.ts'

export interface NumberedPlace {
  readonly place: PlaceView
  readonly n: number
}

/** Every place with its number, the newest first. */
export function numberedPlaces(): readonly NumberedPlace[] {
  const places = [...(open.value?.places ?? [])].sort((a, b) => a.madeAt - b.madeAt)
  return places.map((place, at) => ({ place, n: at + 1 })).reverse()
}

export const isOver = (place: PlaceView): boolean => place.state === 'closed' || place.state === 'ended'

export const placeTitle = ({ place, n }: NumberedPlace): string =>
  t('page.placeTitle', { n, day: formatDay(place.madeAt, 'short') })

/** Questions nobody has replied to. */
export const unanswered = (place: PlaceView): number => place.questions.filter((each) => each.reply === null).length

/** What is shown beside a place in a list. */
export function placeNote(place: PlaceView): string {
  const waiting = unanswered(place)
  return waiting > 0 && !isOver(place)
    ? t('page.placeWaiting', { n: waiting })
    : t('page.placeState', { state: place.state })
}
