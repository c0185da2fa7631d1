/** While a circle is paused, ending or over, Today says so first, and where to go from there. */
import { LinkButton } from '../../components/button/Button.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { circle } from '../../device/client.ts'
import { isPerson } from '../../device/people.ts'
import { t } from '../../words/t.ts'
import { endDay } from './when.ts'

export function StandstillCard() {
  const here = circle.value
  if (here === null) return null
  const { paused, ending } = here.state.leaving
  const person = isPerson(here)
  const gone = here.phase === 'left' || here.phase === 'removedMe' || here.phase === 'ended'
  const words = gone
    ? t('leaving.phase', { phase: here.phase })
    : ending !== null
      ? ending.now
        ? t('leaving.endsNow')
        : t('leaving.endsOn', { day: endDay(ending.at) })
      : paused !== null
        ? t('leaving.isPaused')
        : here.stopping
          ? t('leaving.stopsAtRelay')
          : null
  if (words === null) return null
  return (
    <Notice kind="now" title={words}>
      <div class="stack near">
        {person && <p>{t('leaving.stillReadPerson')}</p>}
        {!person && !gone && <p>{t('leaving.nobodyWrites')}</p>}
        <LinkButton href="/leave" look="quiet">
          {t('leaving.open')}
        </LinkButton>
      </div>
    </Notice>
  )
}
