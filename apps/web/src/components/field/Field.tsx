/**
 * One line of text. Direction follows what is typed (`dir="auto"`). `maxLength` is shown as a count and said
 * politely when little is left; it never cuts what was typed or pasted. The browser may offer what it knows for the purpose of
 * an empty field; once something is typed it is told not to remember it, because it would keep it in the clear.
 */
import { CharacterCount } from './CharacterCount.tsx'
import { FieldFrame, describedBy, type FieldWords } from './FieldFrame.tsx'

export interface FieldProps extends FieldWords {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly type?: 'text' | 'password'
  /** The purpose, where the browser can help (`current-password`, `new-password`, `nickname`); `off` otherwise. */
  readonly autocomplete?: string
  readonly inputMode?: 'text' | 'numeric' | 'url'
  readonly maxLength?: number
  readonly required?: boolean
  /** A short answer gets a short box. */
  readonly short?: boolean
  /** Letters of a code or address run left to right in every language. */
  readonly dir?: 'auto' | 'ltr'
}

export function Field(props: FieldProps) {
  const { id, value, onInput, type = 'text', maxLength, error } = props
  const shared = {
    id,
    class: props.short === true ? 'input short' : 'input',
    dir: props.dir ?? 'auto',
    value,
    autocomplete: type === 'text' && value !== '' ? 'off' : (props.autocomplete ?? 'off'),
    inputMode: props.inputMode ?? 'text',
    required: props.required ?? false,
    'aria-invalid': error === undefined ? undefined : true,
    'aria-describedby': describedBy(props, maxLength !== undefined),
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
  }
  return (
    <FieldFrame words={props}>
      {type === 'password' ? <input {...shared} type="password" /> : <input {...shared} type="text" />}
      {maxLength !== undefined && <CharacterCount id={`${id}-count`} used={value.length} max={maxLength} />}
    </FieldFrame>
  )
}
