/** What somebody who is not the person keeps elsewhere, or must keep, with its source and end day: no shadow record. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Checkbox } from '../../components/checkbox/Checkbox.tsx'
import { DateField } from '../../components/date-field/DateField.tsx'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Field } from '../../components/field/Field.tsx'
import { reachedOf, StatusWord } from '../../components/status-word/StatusWord.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf } from '../../device/drafts.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'

export function Declare({ circle: here }: { readonly circle: CircleView }) {
  const [what, where, source, until] = [
    draftOf(`${here.id} outside what`),
    draftOf(`${here.id} outside where`),
    draftOf(`${here.id} outside source`),
    draftOf(`${here.id} outside until`),
  ]
  const required = useSignal(false)
  const fault = useSignal<string | undefined>(undefined)
  const failure = useSignal<FailureValue | null>(null)
  const mine = here.state.people.outside.filter((one) => one.member === here.me)
  const declare = async () => {
    fault.value = what.value.trim() === '' ? t('leaving.needsWhat') : undefined
    if (fault.value !== undefined) return
    failure.value = await act({
      type: 'OutsideRecordDeclared',
      what: what.value.trim(),
      where: where.value.trim(),
      source: source.value.trim(),
      until: until.value === '' ? null : until.value,
      required: required.value,
    })
    if (failure.value !== null) return
    for (const field of [what, where, source, until]) field.value = ''
    required.value = false
    say(t('leaving.declaredNow'))
  }
  return (
    <Card title={t('leaving.declareTitle')}>
      <p>{t('leaving.declareLead')}</p>
      {mine.map((one) => (
        <div key={one.entry}>
          <p class="user-text" dir="auto">
            {one.what}
          </p>
          <StatusWord reached={reachedOf(here.sync, one.seq, null, '')} />
        </div>
      ))}
      <form
        class="stack near"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void declare()
        }}
      >
        <ErrorSummary faults={fault.value === undefined ? [] : [{ field: 'outside-what', text: fault.value }]} />
        <Field
          id="outside-what"
          label={t('leaving.what')}
          error={fault.value}
          readers={t('leaving.readersAll')}
          value={what.value}
          onInput={(value) => (what.value = value)}
          maxLength={500}
        />
        <Field
          id="outside-where"
          label={t('leaving.where')}
          value={where.value}
          onInput={(value) => (where.value = value)}
          maxLength={300}
        />
        <Field
          id="outside-source"
          label={t('leaving.source')}
          hint={t('leaving.sourceHint')}
          value={source.value}
          onInput={(value) => (source.value = value)}
          maxLength={300}
        />
        <DateField
          id="outside-until"
          kind="date"
          label={t('leaving.until')}
          value={until.value}
          onInput={(value) => (until.value = value)}
        />
        <Checkbox
          id="outside-required"
          label={t('leaving.mustKeep')}
          checked={required.value}
          onChange={(value) => (required.value = value)}
        />
        <Failure failure={failure.value} />
        <Button type="submit" look="quiet">
          {t('leaving.declare')}
        </Button>
      </form>
    </Card>
  )
}
