/** A day, a time, or both, with the device's own picker. Value: `YYYY-MM-DD`, `HH:MM` or `YYYY-MM-DDTHH:MM`; empty when not chosen. */
import { FieldFrame, describedBy, type FieldWords } from '../field/FieldFrame.tsx'

export interface DateFieldProps extends FieldWords {
  readonly kind?: 'date' | 'time' | 'datetime-local'
  readonly value: string
  readonly onInput: (value: string) => void
  readonly min?: string
  readonly max?: string
}

export function DateField(props: DateFieldProps) {
  const { id, kind = 'date', value, onInput, min, max, error } = props
  return (
    <FieldFrame words={props}>
      <input
        id={id}
        class="input short"
        type={kind}
        value={value}
        min={min}
        max={max}
        onInput={(event) => onInput(event.currentTarget.value)}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={describedBy(props)}
      />
    </FieldFrame>
  )
}
