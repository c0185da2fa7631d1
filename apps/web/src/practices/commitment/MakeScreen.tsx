/** Making a promise: what, and by when if there is a day. Whoever makes it owns it; nobody promises for another (PRM-1). */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { encounterOf } from '@alongside/practice/encounter/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { DateField } from '../../components/date-field/DateField.tsx'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { act, newId, type Failure as FailureValue } from '../../device/act.ts'
import { circle } from '../../device/client.ts'
import { draftOf, forgetDrafts } from '../../device/drafts.ts'
import { othersIn } from '../../device/people.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { say } from '../../shell/live.ts'
import { go } from '../../shell/route.ts'
import type { ScreenProps } from '../../shell/screen.ts'
import { formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'

export function MakeScreen({ params }: ScreenProps) {
  const here = circle.value
  if (here === null) return null
  const meeting = encounterOf(here.state, params['encounter'] ?? '')
  return <MakeForm key={here.id} circle={here} encounter={meeting?.id ?? null} />
}

interface MakeFormProps {
  readonly circle: CircleView
  readonly encounter: string | null
}

export function MakeForm({ circle: here, encounter }: MakeFormProps) {
  const key = `${here.id}/commitment.new`
  const text = draftOf(`${key}/text`)
  const due = draftOf(`${key}/due`)
  const fault = useSignal<string | undefined>(undefined)
  const failure = useSignal<FailureValue | null>(null)
  const others = othersIn(here).map((one) => one.name)
  const back = encounter === null ? '/plan/promises' : `/notes/${encounter}`

  const make = async () => {
    if (text.value.trim() === '') {
      fault.value = t('commitment.needsWords')
      return
    }
    fault.value = undefined
    failure.value = await act({
      type: 'PromiseMade',
      promise: newId(),
      text: text.value.trim(),
      due: due.value === '' ? null : due.value,
      encounter,
    })
    if (failure.value !== null) return
    forgetDrafts(key)
    say(t('commitment.made'))
    go('/plan/promises')
  }

  return (
    <>
      <Back href={back} />
      <ErrorSummary faults={fault.value === undefined ? [] : [{ field: 'promise-text', text: fault.value }]} />
      <h1>{t('commitment.makeTitle')}</h1>
      <p class="measure">{t('commitment.makeLead')}</p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <TextArea
          id="promise-text"
          label={t('commitment.textLabel')}
          hint={t('commitment.textHint')}
          error={fault.value}
          readers={
            others.length === 0 ? t('commitment.readersAlone') : t('commitment.readers', { names: formatList(others) })
          }
          value={text.value}
          onInput={(value) => (text.value = value)}
          rows={3}
          maxLength={2000}
          required
        />
        <DateField
          id="promise-due"
          label={t('commitment.dueLabel')}
          hint={t('commitment.dueHint')}
          value={due.value}
          onInput={(value) => (due.value = value)}
        />
        <Failure failure={failure.value} />
        <Button main type="submit">
          {t('commitment.makeIt')}
        </Button>
      </form>
    </>
  )
}
