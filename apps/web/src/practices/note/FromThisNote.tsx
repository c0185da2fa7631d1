/** What came out of a meeting besides words: promises and choices made in it, and the way to make one. */
import type { CircleView } from '@alongside/device/api.ts'
import { promisesFrom } from '@alongside/practice/commitment/state.ts'
import { choicesFrom } from '@alongside/practice/ways/state.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { nameIn, sideIn } from '../../device/people.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'

interface FromThisNoteProps {
  readonly circle: CircleView
  readonly encounter: string
}

export function FromThisNote({ circle: here, encounter }: FromThisNoteProps) {
  return (
    <Card title={t('note.fromThis')}>
      {promisesFrom(here.state, encounter).map((promise) => (
        <Thread key={promise.id} side={sideIn(here, promise.owner)} name={nameIn(here, promise.owner)}>
          <p dir="auto">
            <a href={`/plan/promises/${promise.id}`}>{promise.text}</a>
          </p>
          {promise.due !== null && <p class="small soft">{t('note.promiseBy', { day: formatDay(promise.due) })}</p>}
        </Thread>
      ))}
      {choicesFrom(here.state, encounter).map((choice) => (
        <p key={choice.id} dir="auto">
          <a href={`/plan/ways/${choice.id}`}>{choice.question}</a>
        </p>
      ))}
      {here.phase === 'open' && (
        <div class="acts no-print">
          <LinkButton href={`/plan/promises/new/${encounter}`} look="quiet">
            {t('note.addPromise')}
          </LinkButton>
          <LinkButton href={`/plan/ways/new/${encounter}`} look="quiet">
            {t('note.addWays')}
          </LinkButton>
        </div>
      )}
    </Card>
  )
}
