/** Pausing and ending, the person's alone: at once or in seven days, and taken back while it waits. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { device } from '../../device/client.ts'
import { draftOf } from '../../device/drafts.ts'
import { nameIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'
import { PassphraseAct } from './PassphraseAct.tsx'
import { dayOf, endDay } from './when.ts'

interface Props {
  readonly circle: CircleView
}

export function Pausing({ circle: here }: Props) {
  const failure = useSignal<FailureValue | null>(null)
  const { paused, ending } = here.state.leaving
  if (ending !== null) return null
  const change = async () => {
    failure.value = await act({ type: paused === null ? 'Paused' : 'Resumed' })
    if (failure.value === null) say(paused === null ? t('leaving.isPaused') : t('leaving.goesOn'))
  }
  return (
    <Card title={t('leaving.pauseTitle')}>
      <p>{paused === null ? t('leaving.pauseLead') : t('leaving.pausedSince', { day: dayOf(paused.at) })}</p>
      <Failure failure={failure.value} />
      <div>
        <Button look="quiet" onPress={() => void change()}>
          {paused === null ? t('leaving.pause') : t('leaving.resume')}
        </Button>
      </div>
    </Card>
  )
}

export function Ending({ circle: here }: Props) {
  const how = useSignal<'later' | 'now'>('later')
  const { ending } = here.state.leaving
  const end = async (now: boolean, passphrase: string): Promise<FailureValue | null> => {
    const done = await device().end(here.id, { now, passphrase })
    return done.ok ? null : done.error
  }
  if (ending?.now === true)
    return (
      <Card title={t('leaving.endTitle')}>
        <p>{t('leaving.endsNow')}</p>
      </Card>
    )
  if (ending !== null)
    return (
      <Card title={t('leaving.endsOn', { day: endDay(ending.at) })} look="gap">
        <p>{t('leaving.takeBackLead')}</p>
        <PassphraseAct
          id="take-back"
          button={t('leaving.takeBack')}
          done={t('leaving.goesOn')}
          onGo={async (passphrase) => {
            const done = await device().takeBackEnd(here.id, passphrase)
            return done.ok ? null : done.error
          }}
        />
        <hr class="rule" />
        <h3>{t('leaving.endNowInstead')}</h3>
        <p>{t('leaving.endNowHint')}</p>
        <PassphraseAct
          id="end-now"
          look="fix"
          button={t('leaving.endNow')}
          done={t('leaving.endsNow')}
          onGo={(passphrase) => end(true, passphrase)}
        />
      </Card>
    )
  return (
    <Card title={t('leaving.endTitle')}>
      <p>{t('leaving.endLead')}</p>
      <Choice
        id="end-how"
        label={t('leaving.endWhen')}
        options={[
          { value: 'later', label: t('leaving.endLater'), hint: t('leaving.endLaterHint') },
          { value: 'now', label: t('leaving.endNow'), hint: t('leaving.endNowHint') },
        ]}
        value={how.value}
        onChange={(value) => (how.value = value)}
      />
      <PassphraseAct
        id="end"
        look="fix"
        button={how.value === 'now' ? t('leaving.endNow') : t('leaving.endLater')}
        done={t('leaving.endAsked')}
        onGo={(passphrase) => end(how.value === 'now', passphrase)}
      />
    </Card>
  )
}

/** A last line from each side while a circle is ending (LEA-6). */
export function Goodbyes({ circle: here }: Props) {
  const words = draftOf(`${here.id} goodbye`)
  const failure = useSignal<FailureValue | null>(null)
  const { ending, goodbyes } = here.state.leaving
  if (ending === null) return null
  const saySo = async () => {
    if (words.value.trim() === '') return
    failure.value = await act({ type: 'GoodbyeSaid', words: words.value.trim() })
    if (failure.value !== null) return
    words.value = ''
    say(t('leaving.goodbyeSaid'))
  }
  return (
    <Card title={t('leaving.goodbyeTitle')}>
      {goodbyes.map((one) => (
        <Thread key={one.member} side={sideIn(here, one.member)} name={nameIn(here, one.member)}>
          <p class="user-text" dir="auto">
            {one.words}
          </p>
        </Thread>
      ))}
      <form
        class="stack near"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void saySo()
        }}
      >
        <TextArea
          id="goodbye"
          label={t('leaving.goodbyeLabel')}
          hint={t('leaving.goodbyeHint')}
          readers={t('leaving.readersAll')}
          rows={3}
          maxLength={2000}
          value={words.value}
          onInput={(value) => (words.value = value)}
        />
        <Failure failure={failure.value} />
        <Button type="submit" look="quiet">
          {t('leaving.sayGoodbye')}
        </Button>
      </form>
    </Card>
  )
}
