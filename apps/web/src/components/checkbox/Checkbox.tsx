/** One yes that can be taken back: a large tick box with its words. Never ticked beforehand for a consent. */
import { FieldError } from '../field/FieldFrame.tsx'

export interface CheckboxProps {
  readonly id: string
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export function Checkbox({ id, label, hint, error, checked, onChange }: CheckboxProps) {
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(
    (each) => each !== '',
  )
  return (
    <div class={error === undefined ? 'field' : 'field bad'}>
      {error !== undefined && <FieldError id={`${id}-error`} text={error} />}
      <label class="choice" for={id}>
        <input
          id={id}
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={described.length === 0 ? undefined : described.join(' ')}
        />
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
