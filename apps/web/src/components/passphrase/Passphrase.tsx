/**
 * A passphrase: can be shown, pasted and filled in by a password keeper; never a puzzle, never asked twice
 * (WCAG 2.2, 3.3.8). `fresh` is for choosing one. In the walk-through world it types itself.
 */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t } from '../../words/t.ts'
import { Checkbox } from '../checkbox/Checkbox.tsx'
import { Field } from '../field/Field.tsx'
import type { FieldWords } from '../field/FieldFrame.tsx'
import { typedForYou } from './typed.ts'

export interface PassphraseProps extends FieldWords {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly fresh?: boolean
}

export function Passphrase(props: PassphraseProps) {
  const visible = useSignal(false)
  useEffect(() => {
    if (typedForYou.value !== null && props.value === '') props.onInput(typedForYou.value)
  }, [])
  return (
    <div class="stack close">
      {/* A password keeper wants a name beside it, and would otherwise take the nearest field's and keep it in the clear. */}
      <input type="text" autocomplete="username" value="Alongside" readOnly hidden tabIndex={-1} aria-hidden="true" />
      <Field
        {...props}
        {...(typedForYou.value === null ? {} : { hint: t('components.typedForYou') })}
        type={visible.value ? 'text' : 'password'}
        autocomplete={props.fresh === true ? 'new-password' : 'current-password'}
        required
      />
      <Checkbox
        id={`${props.id}-show`}
        label={t('components.showPassphrase')}
        checked={visible.value}
        onChange={(checked) => {
          visible.value = checked
        }}
      />
    </div>
  )
}
