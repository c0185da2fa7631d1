/** A question without details. The limits were on the page before; here it says who may guess, and where the reply will be. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import type { Failure } from '../../device/act.ts'
import { device } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { focusHeading } from '../../shell/frame/Frame.tsx'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { NeedsLink } from './NeedsLink.tsx'
import { Replies } from './Replies.tsx'
import { VisitFailure } from './VisitFailure.tsx'
import { question, replyCode, visiting } from './visiting.ts'
import './meet.css'

const QUESTION_MOST = 2000

export function AskScreen() {
  const now = visiting.value
  if (now.type !== 'read') return <NeedsLink />
  const code = replyCode.value
  return code === null ? (
    <AskForm visit={now.visit.visit} name={now.visit.page.name} />
  ) : (
    <Asked link={now.link} code={code} name={now.visit.page.name} />
  )
}

function AskForm({ visit, name }: { readonly visit: string; readonly name: string }) {
  const failure = useSignal<Failure | null>(null)
  const empty = useSignal(false)
  const busy = useSignal(false)
  const send = async (): Promise<void> => {
    if (busy.value) return
    failure.value = null
    empty.value = question.value.trim() === ''
    if (empty.value) return
    busy.value = true
    const asked = await device().ask(visit, question.value.trim())
    busy.value = false
    if (!asked.ok) {
      failure.value = asked.error
      return
    }
    question.value = ''
    replyCode.value = asked.value.code
    say(t('meet.asked'))
  }
  const error = empty.value ? t('meet.askEmpty') : undefined
  return (
    <>
      <Back href="/meet" />
      <ErrorSummary faults={error === undefined ? [] : [{ field: 'question', text: error }]} />
      <h1>{t('meet.askTitle')}</h1>
      <Notice kind="now">
        <p>{t('meet.mayGuess', { name })}</p>
      </Notice>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <TextArea
          id="question"
          label={t('meet.question')}
          hint={t('meet.questionHint')}
          readers={t('meet.questionReaders', { name })}
          error={error}
          value={question.value}
          onInput={(value) => {
            question.value = value
          }}
          rows={5}
          maxLength={QUESTION_MOST}
          required
        />
        <VisitFailure failure={failure.value} />
        <Button type="submit" main>
          {busy.value ? t('meet.sending') : t('meet.sendQuestion')}
        </Button>
      </form>
    </>
  )
}

function Asked({ link, code, name }: { readonly link: string; readonly code: string; readonly name: string }) {
  useEffect(focusHeading, [])
  return (
    <>
      <Back href="/meet">{t('meet.backToPage')}</Back>
      <h1>{t('meet.asked')}</h1>
      <p class="measure">{t('meet.askedHelp', { name })}</p>
      <Card title={t('meet.codeTitle')}>
        <p class="code" dir="ltr">
          {code}
        </p>
        <p class="measure">{t('meet.codeHelp')}</p>
      </Card>
      <Replies link={link} code={code} name={name} />
      <Button
        look="words"
        onPress={() => {
          replyCode.value = null
        }}
      >
        {t('meet.askAnother')}
      </Button>
      <LinkButton href="/meet" look="quiet">
        {t('meet.backToPage')}
      </LinkButton>
    </>
  )
}
