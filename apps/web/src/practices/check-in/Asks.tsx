/** A small change somebody asked for, with its dated replies: that they will do it, or that they cannot and why (CHK-14). */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { askedTwice, type Ask } from '@alongside/practice/check-in/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { reachedOf, StatusWord } from '../../components/status-word/StatusWord.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf } from '../../device/drafts.ts'
import { isPerson, nameIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { formatDay } from '../../words/format.ts'
import { momentOf } from '../../words/moment.ts'
import { t } from '../../words/t.ts'
import { stepText } from './texts.ts'

/** How many replies one member gives to one request (CHK-14). */
const MOST_REPLIES = 5

export function AskView({ circle: here, ask }: { readonly circle: CircleView; readonly ask: Ask }) {
  const name = nameIn(here, ask.member)
  const side = sideIn(here, ask.member)
  const forMe = isPerson(here) !== (ask.member === here.state.people.person)
  const mine = ask.replies.filter((reply) => reply.by === here.me).length
  const twice = askedTwice(here.state).some((one) => one.encounter === ask.encounter && one.member === ask.member)
  return (
    <Card>
      <h2>{ask.member === here.me ? t('check-in.youAsked') : t('check-in.askedBy', { name })}</h2>
      <Thread side={side} name={name}>
        <p class="user-text" dir="auto">
          <strong>{stepText(ask.step, ask.words)}</strong>
        </p>
        <p class="small soft">{t('check-in.askedOn', { day: formatDay(momentOf(ask.at)) })}</p>
      </Thread>
      {twice && forMe && <p>{t('check-in.talkOffer.askedTwiceBody', { name })}</p>}
      {ask.replies.map((reply) => (
        <Thread key={reply.seq} side={sideIn(here, reply.by)} name={nameIn(here, reply.by)}>
          <p>
            <strong>{t('check-in.replied', { what: reply.what, day: formatDay(momentOf(reply.at)) })}</strong>
          </p>
          <p class="user-text" dir="auto">
            {reply.words}
          </p>
          {reply.by === here.me && <StatusWord reached={reachedOf(here.sync, reply.seq, ask.member, name)} />}
        </Thread>
      ))}
      {ask.replies.length === 0 && !forMe && <p class="soft">{t('check-in.noReplyYet')}</p>}
      {forMe && mine < MOST_REPLIES && <ReplyForm circle={here.id} ask={ask} again={mine > 0} />}
    </Card>
  )
}

function ReplyForm(props: { readonly circle: string; readonly ask: Ask; readonly again: boolean }) {
  const { circle, ask, again } = props
  const id = `reply-${ask.encounter}-${ask.member}`
  const open = useSignal(!again)
  const what = useSignal<'willDo' | 'cannot' | null>(null)
  const words = draftOf(`${circle} ${id}`)
  const faults = useSignal<readonly { field: string; text: string }[]>([])
  const failure = useSignal<FailureValue | null>(null)
  const faultOf = (field: string) => faults.value.find((one) => one.field === field)?.text
  if (!open.value)
    return (
      <Button look="words" onPress={() => (open.value = true)}>
        {t('check-in.replyAgain')}
      </Button>
    )
  const reply = async () => {
    faults.value = [
      ...(what.value === null ? [{ field: `${id}-what`, text: t('check-in.replyNeedsWhat') }] : []),
      ...(words.value.trim() === '' ? [{ field: `${id}-words`, text: t('check-in.replyNeedsWords') }] : []),
    ]
    if (what.value === null || faults.value.length > 0) return
    failure.value = await act({
      type: 'ChangeAnswered',
      encounter: ask.encounter,
      member: ask.member,
      what: what.value,
      words: words.value.trim(),
    })
    if (failure.value !== null) return
    words.value = ''
    what.value = null
    open.value = false
    say(t('check-in.repliedNow'))
  }
  return (
    <form
      class="stack near no-print"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void reply()
      }}
    >
      <ErrorSummary faults={faults.value} />
      <Choice
        id={`${id}-what`}
        label={t('check-in.replyWhat')}
        error={faultOf(`${id}-what`)}
        options={[
          { value: 'willDo', label: t('check-in.willDo') },
          { value: 'cannot', label: t('check-in.cannot') },
        ]}
        value={what.value}
        onChange={(value) => (what.value = value)}
      />
      <TextArea
        id={`${id}-words`}
        label={t('check-in.replyWords')}
        hint={t('check-in.replyHint')}
        readers={t('check-in.readersAll')}
        error={faultOf(`${id}-words`)}
        rows={3}
        maxLength={1000}
        value={words.value}
        onInput={(value) => (words.value = value)}
      />
      <Failure failure={failure.value} />
      <Button type="submit">{t('check-in.reply')}</Button>
    </form>
  )
}
