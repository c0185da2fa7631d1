/**
 * Behind a link: the page with its limits first, and four answers that are equally easy. Nothing is typed here, nothing
 * is stored, and the practitioner learns of a *not now*, *no* or *someone else* only that the place is free again.
 */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Visit } from '@alongside/device/api.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import type { Failure } from '../../device/act.ts'
import { view } from '../../device/client.ts'
import { focusHeading } from '../../shell/frame/Frame.tsx'
import { path } from '../../shell/route.ts'
import { t } from '../../words/t.ts'
import { NeedsLink } from './NeedsLink.tsx'
import { Answered, LinkFailed } from './Outcome.tsx'
import { PageShown } from './PageShown.tsx'
import { VisitFailure } from './VisitFailure.tsx'
import { arrive, decline, readLink, visiting, type Answer } from './visiting.ts'

export function MeetScreen() {
  const ready = view.value.type !== 'starting'
  useEffect(() => {
    if (ready) void arrive()
  }, [ready, path.value])
  const now = visiting.value
  if (!ready || now.type === 'reading') return <h1>{t('meet.opening')}</h1>
  switch (now.type) {
    case 'none':
      return <NeedsLink />
    case 'failed':
      return <LinkFailed failure={now.failure} again={() => void readLink(now.link)} />
    case 'answered':
      return <Answered name={now.name} answer={now.answer} again={() => void readLink(now.link)} />
    case 'read':
      return now.visit.taken ? <LinkFailed failure={{ type: 'PlaceTaken' }} again={null} /> : <Page visit={now.visit} />
  }
}

function Page({ visit }: { readonly visit: Visit }) {
  useEffect(focusHeading, [])
  const answers = useRef<HTMLDivElement>(null)
  const { page } = visit
  const name = page.name
  return (
    <>
      <Card look="strong">
        <h1>
          <bdi>{name}</bdi>
        </h1>
        <p class="measure">{t('meet.lead', { name })}</p>
        <p class="small">{t('meet.nothingStored')}</p>
        <Button
          onPress={() => {
            answers.current?.focus()
            answers.current?.scrollIntoView({ block: 'start' })
          }}
        >
          {t('meet.toAnswers')}
        </Button>
      </Card>
      <PageShown page={page} />
      <div ref={answers} tabIndex={-1} class="answers">
        <Answers name={name} />
      </div>
    </>
  )
}

const DECLINES: readonly Answer[] = ['notNow', 'no', 'someoneElse']

function Answers({ name }: { readonly name: string }) {
  const failure = useSignal<Failure | null>(null)
  const sending = useSignal<Answer | null>(null)
  const say = async (answer: Answer): Promise<void> => {
    if (sending.value !== null) return
    sending.value = answer
    failure.value = await decline(answer)
    sending.value = null
  }
  return (
    <>
      <Card title={t('meet.answerTitle')}>
        <p>{t('meet.answerLead', { name })}</p>
        <div class="acts four">
          <LinkButton href="/meet/yes" main look="quiet">
            {t('meet.yes')}
          </LinkButton>
          {DECLINES.map((answer) => (
            <Button key={answer} main look="quiet" onPress={() => void say(answer)}>
              {sending.value === answer ? t('meet.sending') : t('meet.decline', { answer })}
            </Button>
          ))}
        </div>
        <p class="small soft measure">{t('meet.noReason', { name })}</p>
        <VisitFailure failure={failure.value} />
        {failure.value !== null && <p class="small">{t('meet.silenceIsFine')}</p>}
      </Card>
      <Card title={t('meet.askTitle')}>
        <p class="measure">{t('meet.askShort')}</p>
        <div class="acts">
          <LinkButton href="/meet/ask" look="quiet">
            {t('meet.ask')}
          </LinkButton>
          <LinkButton href="/meet/reply" look="words">
            {t('meet.haveReplyCode')}
          </LinkButton>
        </div>
      </Card>
      <Notice>
        <p>{t('meet.closeIsFine')}</p>
      </Notice>
    </>
  )
}
