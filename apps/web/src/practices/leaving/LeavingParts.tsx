/** For everybody but the person: say beforehand that one leaves, declare what is kept elsewhere, and leave. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { DateField } from '../../components/date-field/DateField.tsx'
import { Dialog } from '../../components/dialog/Dialog.tsx'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { device } from '../../device/client.ts'
import { draftOf } from '../../device/drafts.ts'
import { nameIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { Declare } from './Declare.tsx'
import { Goodbyes } from './Ending.tsx'

interface Props {
  readonly circle: CircleView
}

export function LeavingParts({ circle: here }: Props) {
  const { paused, ending } = here.state.leaving
  return (
    <>
      {paused === null && ending === null && <Announce circle={here} />}
      <Declare circle={here} />
      <Goodbyes circle={here} />
      <Leave circle={here} />
    </>
  )
}

function Announce({ circle: here }: Props) {
  const day = draftOf(`${here.id} leaving day`)
  const words = draftOf(`${here.id} leaving words`)
  const fault = useSignal<string | undefined>(undefined)
  const failure = useSignal<FailureValue | null>(null)
  const announced = here.state.people.announced.filter((one) => one.member === here.me)
  const announce = async () => {
    fault.value = day.value === '' ? t('leaving.needsDay') : undefined
    if (fault.value !== undefined) return
    failure.value = await act({ type: 'LeavingAnnounced', day: day.value, words: words.value.trim() })
    if (failure.value !== null) return
    day.value = ''
    words.value = ''
    say(t('leaving.announced'))
  }
  return (
    <Card title={t('leaving.announceTitle')}>
      <p>{t('leaving.announceLead')}</p>
      {announced.map((one) => (
        <Thread key={one.seq} side={sideIn(here, one.member)} name={nameIn(here, one.member)}>
          <p>{t('leaving.announcedFor', { day: formatDay(one.day, 'long') })}</p>
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
          void announce()
        }}
      >
        <ErrorSummary faults={fault.value === undefined ? [] : [{ field: 'leaving-day', text: fault.value }]} />
        <DateField
          id="leaving-day"
          kind="date"
          label={t('leaving.lastDay')}
          error={fault.value}
          value={day.value}
          onInput={(value) => (day.value = value)}
        />
        <TextArea
          id="leaving-words"
          label={t('leaving.handOver')}
          hint={t('leaving.handOverHint')}
          readers={t('leaving.readersAll')}
          rows={4}
          maxLength={2000}
          value={words.value}
          onInput={(value) => (words.value = value)}
        />
        <Failure failure={failure.value} />
        <Button type="submit" look="quiet">
          {t('leaving.announce')}
        </Button>
      </form>
    </Card>
  )
}

function Leave({ circle: here }: Props) {
  const asking = useSignal(false)
  const failure = useSignal<FailureValue | null>(null)
  const name = nameIn(here, here.state.people.person ?? '')
  const announced = here.state.people.announced.some((one) => one.member === here.me)
  const leave = async () => {
    asking.value = false
    const done = await device().leave(here.id)
    failure.value = done.ok ? null : done.error
    if (done.ok) say(t('leaving.phase', { phase: 'left' }))
  }
  return (
    <Card title={t('leaving.leaveTitle')}>
      <ul class="plain-list">
        <li>{t('leaving.leaveNow')}</li>
        <li>{t('leaving.leaveErases')}</li>
        <li>{t('leaving.leaveGoesOn', { name })}</li>
      </ul>
      {!announced && <p>{t('leaving.notAnnounced', { name })}</p>}
      <Failure failure={failure.value} />
      <div>
        <Button look="fix" onPress={() => (asking.value = true)}>
          {t('leaving.leave')}
        </Button>
      </div>
      <Dialog open={asking.value} title={t('leaving.leaveAsk')} onClose={() => (asking.value = false)}>
        <p>{t('leaving.leaveErases')}</p>
        <div class="acts">
          <Button onPress={() => (asking.value = false)}>{t('leaving.stay')}</Button>
          <Button look="fix" onPress={() => void leave()}>
            {t('leaving.leaveYes')}
          </Button>
        </div>
      </Dialog>
    </Card>
  )
}
