/** What this device kept after leaving, removal or an end: own words, and what was declared. */
import type { CircleView } from '@alongside/device/api.ts'
import { Card } from '../../components/card/Card.tsx'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'

type KeptEvent = CircleView['kept'][number]['event']

/** The words of an entry, whichever of its fields holds them; empty when it has none. */
function wordsOf(event: KeptEvent): string {
  if ('text' in event && typeof event.text === 'string') return event.text
  if ('words' in event) return event.words
  return 'what' in event ? event.what : ''
}

export function Kept({ circle: here }: { readonly circle: CircleView }) {
  const lines = here.kept.map((one) => ({ ...one, words: wordsOf(one.event) })).filter((one) => one.words !== '')
  return (
    <Card title={t('leaving.keptTitle')}>
      <p>{t('leaving.keptCount', { n: lines.length })}</p>
      {lines.length > 0 && (
        <ul class="stays">
          {lines.map((one) => (
            <li key={one.seq}>
              <p class="small soft">{formatDay(one.at, 'long')}</p>
              <p class="user-text" dir="auto">
                {one.words}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
