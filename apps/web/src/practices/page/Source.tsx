/** Where a limit is written, when that was last checked, and by whom. The app knows no law: the practitioner says it. */
import { Button } from '../../components/button/Button.tsx'
import { DateField } from '../../components/date-field/DateField.tsx'
import { Field } from '../../components/field/Field.tsx'
import { t } from '../../words/t.ts'
import { draft } from './page-draft.ts'

export interface SourceProps {
  readonly id: string
  readonly value: { readonly source: string; readonly checkedOn: string | null }
  readonly onChange: (part: { source?: string; checkedOn?: string | null; checkedBy?: string }) => void
  readonly optional?: boolean
  /** Left out where nobody is named. */
  readonly checkedBy?: string
}

/** Today on this device's calendar, `YYYY-MM-DD`. */
function today(): string {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

export function Source({ id, value, onChange, optional = false, checkedBy }: SourceProps) {
  const name = draft.value?.name ?? ''
  return (
    <>
      <Field
        id={`${id}-source`}
        label={t('page.source')}
        hint={optional ? t('page.sourceOptional') : t('page.sourceHint')}
        value={value.source}
        onInput={(source) => onChange({ source })}
        maxLength={300}
      />
      <div class="stack close">
        <DateField
          id={`${id}-checked`}
          label={t('page.checkedOn')}
          value={value.checkedOn ?? ''}
          onInput={(day) => onChange({ checkedOn: day === '' ? null : day })}
          max={today()}
        />
        <div>
          <Button
            look="words"
            onPress={() =>
              onChange(
                checkedBy === undefined || checkedBy !== ''
                  ? { checkedOn: today() }
                  : { checkedOn: today(), checkedBy: name },
              )
            }
          >
            {t('page.checkedToday')}
          </Button>
        </div>
      </div>
      {checkedBy !== undefined && (
        <Field
          id={`${id}-by`}
          label={t('page.checkedBy')}
          value={checkedBy}
          onInput={(by) => onChange({ checkedBy: by })}
          maxLength={300}
        />
      )}
    </>
  )
}
