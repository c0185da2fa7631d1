/** Several lines of a person's own words. Same rules as Field; grows by `rows`. `inputRef` is for live writing. */
import type { Ref } from 'preact'
import { CharacterCount } from './CharacterCount.tsx'
import { FieldFrame, describedBy, type FieldWords } from './FieldFrame.tsx'

export interface TextAreaProps extends FieldWords {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly rows?: number
  readonly maxLength?: number
  readonly required?: boolean
  readonly inputRef?: Ref<HTMLTextAreaElement>
  readonly onFocus?: () => void
  readonly onBlur?: () => void
}

export function TextArea(props: TextAreaProps) {
  const { id, value, onInput, rows = 4, maxLength, required, error, inputRef, onFocus, onBlur } = props
  return (
    <FieldFrame words={props}>
      <textarea
        id={id}
        ref={inputRef ?? null}
        class="input"
        dir="auto"
        rows={rows}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        onFocus={() => onFocus?.()}
        onBlur={() => onBlur?.()}
        autocomplete="off"
        required={required ?? false}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={describedBy(props, maxLength !== undefined)}
      />
      {maxLength !== undefined && <CharacterCount id={`${id}-count`} used={value.length} max={maxLength} />}
    </FieldFrame>
  )
}
