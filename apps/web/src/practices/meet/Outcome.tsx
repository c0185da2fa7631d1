/** When there is no page to read (any more): a link that does not open, and the answer that was given, with no reason asked. */
import { useEffect } from 'preact/hooks'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import type { Failure } from '../../device/act.ts'
import { focusHeading } from '../../shell/frame/Frame.tsx'
import { go } from '../../shell/route.ts'
import { t } from '../../words/t.ts'
import { visitFailureText } from './VisitFailure.tsx'
import { forgetVisit, type Answer } from './visiting.ts'

const AGAIN = ['Unreachable', 'RelayBusy', 'RelayRefused']

export function LinkFailed(props: { readonly failure: Failure; readonly again: (() => void) | null }) {
  const { failure, again } = props
  useEffect(focusHeading, [])
  const title = failure.type === 'PlaceTaken' ? 'taken' : failure.type === 'PlaceGone' ? 'gone' : 'other'
  return (
    <>
      <h1>{t('meet.linkFailed', { title })}</h1>
      <Card>
        <p>{visitFailureText(failure)}</p>
        <p class="soft">{t('meet.nothingSent')}</p>
        <div class="acts">
          {again !== null && AGAIN.includes(failure.type) && <Button onPress={again}>{t('meet.tryAgain')}</Button>}
          <LinkButton href="/link" look="quiet">
            {t('meet.putLink')}
          </LinkButton>
        </div>
      </Card>
    </>
  )
}

export function Answered(props: { readonly name: string; readonly answer: Answer; readonly again: () => void }) {
  const { name, answer, again } = props
  useEffect(focusHeading, [])
  return (
    <>
      <h1>{t('meet.thanks')}</h1>
      <Card>
        <p class="measure">{t('meet.answered', { answer })}</p>
        <p class="measure">{t('meet.whatTheyLearn', { name })}</p>
        <p class="soft measure">{t('meet.comeAgain')}</p>
        <div class="acts">
          <Button look="quiet" onPress={again}>
            {t('meet.readAgain')}
          </Button>
          <Button
            look="quiet"
            onPress={() => {
              forgetVisit()
              go('/', { replace: true })
            }}
          >
            {t('meet.done')}
          </Button>
        </div>
      </Card>
    </>
  )
}
