/** One promise: how it stands, what happened to it, and what can be said about it from here. */
import type { CircleView } from '@alongside/device/api.ts'
import { askedToOwn, isOver, type Commitment } from '@alongside/practice/commitment/state.ts'
import { Card } from '../../components/card/Card.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { circle } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import type { ScreenProps } from '../../shell/screen.ts'
import { todayHere } from '../../shell/turn.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { PromiseLine } from './PromiseLine.tsx'
import { ChangeForm, KeepForm, LetGoForm, OwnForm, SeeDifferentlyForm } from './promise-forms.tsx'

export function PromiseScreen({ params }: ScreenProps) {
  const here = circle.value
  if (here === null) return null
  const promise = here.state.commitment.promises[params['promise'] ?? '']
  if (promise === undefined)
    return (
      <>
        <Back href="/plan/promises" />
        <h1>{t('commitment.title')}</h1>
        <Empty title={t('commitment.notFound')} />
      </>
    )
  return <OnePromise key={promise.id} circle={here} promise={promise} />
}

export function OnePromise({ circle: here, promise }: { readonly circle: CircleView; readonly promise: Commitment }) {
  const mine = promise.owner === here.me
  const asked = askedToOwn(here.state, here.me, todayHere()).includes(promise)
  return (
    <>
      <Back href="/plan/promises" />
      <h1>{t('commitment.oneTitle')}</h1>
      <div class="stack narrow">
        <Card>
          <PromiseLine circle={here} promise={promise} />
        </Card>
        {asked && (
          <Notice kind="now" title={t('commitment.ownFirst')}>
            <p>{t('commitment.ownFirstLead')}</p>
            <p class="small soft">{t('failure.byRule', { sentence: t('commitment.rule.PRM-7'), rule: 'PRM-7' })}</p>
          </Notice>
        )}
        {mine && !isOver(promise) && (
          <section class="stack near" aria-label={t('commitment.howDoesItStand')}>
            <h2>{t('commitment.howDoesItStand')}</h2>
            <KeepForm promise={promise} />
            <Details summary={t('commitment.own')} open={asked}>
              <OwnForm circle={here} promise={promise} />
            </Details>
            <Details summary={t('commitment.change')}>
              <ChangeForm circle={here} promise={promise} />
            </Details>
            <Details summary={t('commitment.letGo')}>
              <LetGoForm circle={here} promise={promise} />
            </Details>
          </section>
        )}
        {!mine && (
          <Details summary={t('commitment.seeDifferently')}>
            <SeeDifferentlyForm circle={here} promise={promise} />
          </Details>
        )}
        <Details summary={t('commitment.history', { n: promise.moves.length })}>
          <ol class="moves">
            {promise.moves.map((move) => (
              <li key={move.seq}>
                <strong>{t('commitment.move', { type: move.type })}</strong>
                <p class="user-text" dir="auto">
                  {move.text}
                </p>
                {move.due !== null && <p class="small soft">{t('commitment.by', { day: formatDay(move.due) })}</p>}
                {move.words !== '' && (
                  <p class="user-text small" dir="auto">
                    {move.words}
                  </p>
                )}
              </li>
            ))}
          </ol>
        </Details>
      </div>
    </>
  )
}
