/**
 * One answer out of a few, as large radio buttons with words. Nothing is chosen beforehand unless `value`
 * says so, and where skipping is allowed a skip is one of the options.
 */
import { FieldError, describedBy, type FieldWords } from '../field/FieldFrame.tsx'
import { Icon } from '../icon/Icon.tsx'

export interface ChoiceOption<V extends string> {
  readonly value: V
  readonly label: string
  readonly hint?: string
  /** Language of the label when it is not the page's. */
  readonly lang?: string
}

export interface ChoiceProps<V extends string> extends FieldWords {
  readonly options: readonly ChoiceOption<V>[]
  readonly value: V | null
  readonly onChange: (value: V) => void
  /** Side by side where there is room. */
  readonly across?: boolean
  /** The question is the screen's own: a larger legend. */
  readonly big?: boolean
}

export function Choice<V extends string>(props: ChoiceProps<V>) {
  const { id, label, hint, error, readers, options, value, onChange, across = false, big = false } = props
  return (
    <fieldset class={error === undefined ? 'field' : 'field bad'} id={id} aria-describedby={describedBy(props)}>
      <legend class={big ? 'big' : undefined}>{label}</legend>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && <FieldError id={`${id}-error`} text={error} />}
      <div class={across ? 'choices across' : 'choices'}>
        {options.map((option) => (
          <label class="choice" key={option.value} lang={option.lang}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              <span dir="auto">{option.label}</span>
              {option.hint !== undefined && <span class="hint"> {option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {readers !== undefined && (
        <p class="readers" id={`${id}-readers`}>
          <Icon name="lock" />
          {readers}
        </p>
      )}
    </fieldset>
  )
}
