/** Opening something to choose: the question, whose choice it is, by when, and what happens if nothing is chosen. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { encounterOf } from '@alongside/practice/encounter/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Checkbox } from '../../components/checkbox/Checkbox.tsx'
import { DateField } from '../../components/date-field/DateField.tsx'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { FieldError } from '../../components/field/FieldFrame.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { act, newId, type Failure as FailureValue } from '../../device/act.ts'
import { circle } from '../../device/client.ts'
import { draftOf, forgetDrafts } from '../../device/drafts.ts'
import { nameIn, othersIn } from '../../device/people.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { say } from '../../shell/live.ts'
import { go } from '../../shell/route.ts'
import type { ScreenProps } from '../../shell/screen.ts'
import { t } from '../../words/t.ts'
import './ways.css'

export function OpenScreen({ params }: ScreenProps) {
  const here = circle.value
  if (here === null) return null
  const meeting = encounterOf(here.state, params['encounter'] ?? '')
  return <OpenForm key={here.id} circle={here} encounter={meeting?.id ?? null} />
}

interface OpenFormProps {
  readonly circle: CircleView
  readonly encounter: string | null
}

export function OpenForm({ circle: here, encounter }: OpenFormProps) {
  const key = `${here.id}/ways.new`
  const question = draftOf(`${key}/question`)
  const byWhen = draftOf(`${key}/byWhen`)
  const ifNot = draftOf(`${key}/ifNot`)
  const whose = useSignal<readonly string[]>([])
  const faults = useSignal<readonly { field: string; text: string }[]>([])
  const failure = useSignal<FailureValue | null>(null)
  const members = [here.me, ...othersIn(here).flatMap((one) => (one.status === 'here' ? [one.id] : []))]
  const faultOf = (field: string) => faults.value.find((fault) => fault.field === field)?.text

  const open = async () => {
    const found: { field: string; text: string }[] = []
    if (question.value.trim() === '') found.push({ field: 'choice-question', text: t('ways.needsQuestion') })
    if (whose.value.length === 0) found.push({ field: 'choice-whose', text: t('ways.needsWhose') })
    faults.value = found
    if (found.length > 0) return
    const choice = newId()
    failure.value = await act(
      {
        type: 'ChoiceOpened',
        choice,
        encounter,
        question: question.value.trim(),
        whose: [...whose.value],
        byWhen: byWhen.value === '' ? null : byWhen.value,
        ifNot: ifNot.value.trim(),
      },
      { type: 'WayAdded', choice, way: newId(), text: t('ways.notNow'), notNow: true },
    )
    if (failure.value !== null) return
    forgetDrafts(key)
    say(t('ways.opened'))
    go(`/plan/ways/${choice}`, { replace: true })
  }

  return (
    <>
      <Back href={encounter === null ? '/plan/ways' : `/notes/${encounter}`} />
      <ErrorSummary faults={faults.value} />
      <h1>{t('ways.newTitle')}</h1>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void open()
        }}
      >
        <TextArea
          id="choice-question"
          label={t('ways.question')}
          error={faultOf('choice-question')}
          value={question.value}
          onInput={(value) => (question.value = value)}
          rows={2}
          maxLength={1000}
          required
        />
        <fieldset class="field" id="choice-whose">
          <legend>{t('ways.whose')}</legend>
          <p class="hint">{t('ways.whoseHint')}</p>
          {faultOf('choice-whose') !== undefined && (
            <FieldError id="choice-whose-error" text={faultOf('choice-whose') ?? ''} />
          )}
          {members.map((member) => (
            <Checkbox
              key={member}
              id={`whose-${member}`}
              label={member === here.me ? t('ways.mine') : t('ways.theirs', { name: nameIn(here, member) })}
              checked={whose.value.includes(member)}
              onChange={(on) =>
                (whose.value = on ? [...whose.value, member] : whose.value.filter((one) => one !== member))
              }
            />
          ))}
        </fieldset>
        <DateField
          id="choice-by"
          label={t('ways.byWhen')}
          hint={t('ways.byWhenHint')}
          value={byWhen.value}
          onInput={(value) => (byWhen.value = value)}
        />
        <TextArea
          id="choice-if-not"
          label={t('ways.ifNot')}
          value={ifNot.value}
          onInput={(value) => (ifNot.value = value)}
          rows={2}
          maxLength={1000}
        />
        <p class="soft">{t('ways.notNowComes')}</p>
        <Failure failure={failure.value} />
        <Button main type="submit">
          {t('ways.openIt')}
        </Button>
      </form>
    </>
  )
}
