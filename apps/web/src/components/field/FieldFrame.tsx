/**
 * What every field shares: label, hint, the line that says who will read it, the error beside it, and how
 * they are tied to the input for screen readers. Used by Field, TextArea and DateField.
 */
import type { ComponentChildren } from 'preact'
import { Icon } from '../icon/Icon.tsx'

export interface FieldWords {
  /** Also the target of the error summary's link. */
  readonly id: string
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong and how to put it right; the same words go to the error summary. */
  readonly error?: string | undefined
  /** “Who will read this”, in words; shown with a lock. */
  readonly readers?: string | undefined
}

/** The value for `aria-describedby`: only ids that are on the page. */
export function describedBy({ id, hint, error, readers }: FieldWords, counted = false): string | undefined {
  const ids = [
    hint === undefined ? '' : `${id}-hint`,
    readers === undefined ? '' : `${id}-readers`,
    error === undefined ? '' : `${id}-error`,
    counted ? `${id}-count` : '',
  ].filter((each) => each !== '')
  return ids.length === 0 ? undefined : ids.join(' ')
}

export function FieldFrame({ words, children }: { readonly words: FieldWords; readonly children: ComponentChildren }) {
  const { id, label, hint, error, readers } = words
  return (
    <div class={error === undefined ? 'field' : 'field bad'}>
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && <FieldError id={`${id}-error`} text={error} />}
      {children}
      {readers !== undefined && (
        <p class="readers" id={`${id}-readers`}>
          <Icon name="lock" />
          {readers}
        </p>
      )}
    </div>
  )
}

export function FieldError({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <p class="wrong" id={id}>
      <Icon name="fix" />
      {text}
    </p>
  )
}
