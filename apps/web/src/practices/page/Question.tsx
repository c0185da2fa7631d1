/** A question without details and its reply. A reply that is not sent yet stays while one goes elsewhere in the app. */
import { useSignal } from '@preact/signals'
import type { PlaceView } from '@alongside/device/api.ts'
import { Button } from '../../components/button/Button.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { device, open } from '../../device/client.ts'
import { draftOf } from '../../device/drafts.ts'
import { say } from '../../shell/live.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'

export interface QuestionProps {
  readonly place: string
  readonly question: PlaceView['questions'][number]
  /** The place is closed: nobody can be reached there any more. */
  readonly over: boolean
}

export function Question({ place, question, over }: QuestionProps) {
  const text = draftOf(`page/reply/${place}/${question.n}`)
  const typed = text.value
  const busy = useSignal(false)
  const failure = useSignal<FailureValue | null>(null)
  const send = async (): Promise<void> => {
    if (busy.value || typed.trim() === '') return
    busy.value = true
    const sent = await device().reply(place, question.n, typed.trim())
    busy.value = false
    failure.value = sent.ok ? null : sent.error
    if (!sent.ok) return
    text.value = ''
    say(t('page.replied'))
  }
  return (
    <div class="stack near question">
      <Thread side="person" name={t('page.someone')}>
        <p class="user-text measure" dir="auto">
          {question.text}
        </p>
        <p class="small soft">{t('page.askedOn', { day: formatDay(question.at) })}</p>
      </Thread>
      {question.reply !== null && (
        <Thread side="worker" name={open.value?.me.name ?? ''}>
          <p class="user-text measure" dir="auto">
            {question.reply}
          </p>
        </Thread>
      )}
      {question.reply === null && !over && (
        <form
          class="stack near"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <TextArea
            id={`reply-${question.n}`}
            label={t('page.replyLabel', { n: question.n })}
            hint={t('page.replyHint')}
            readers={t('page.replyReaders')}
            value={typed}
            onInput={(value) => {
              text.value = value
            }}
            maxLength={2000}
          />
          <Failure failure={failure.value} />
          <Button type="submit" whyNot={typed.trim() === '' ? t('page.replyEmpty') : undefined}>
            {busy.value ? t('page.sending') : t('page.reply')}
          </Button>
        </form>
      )}
    </div>
  )
}
