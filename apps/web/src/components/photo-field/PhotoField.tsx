/** Takes a photo of a square code with the device's own camera, and hands on what the code says. */
import { useSignal } from '@preact/signals'
import { FieldFrame } from '../field/FieldFrame.tsx'
import { t } from '../../words/t.ts'
import { readSquareCode } from './scan.ts'

export interface PhotoFieldProps {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly onText: (text: string) => void
}

export function PhotoField({ id, label, hint, onText }: PhotoFieldProps) {
  const state = useSignal<'idle' | 'reading' | 'nothing'>('idle')
  const look = async (photo: File | undefined): Promise<void> => {
    if (photo === undefined) return
    state.value = 'reading'
    const text = await readSquareCode(photo)
    state.value = text === null ? 'nothing' : 'idle'
    if (text !== null) onText(text)
  }
  const error = state.value === 'nothing' ? t('components.photoNoCode') : undefined
  return (
    <FieldFrame words={{ id, label, hint: hint ?? t('components.photoHint'), error }}>
      <input
        id={id}
        class="input"
        type="file"
        accept="image/*"
        capture="environment"
        aria-describedby={error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`}
        onChange={(event) => {
          const input = event.currentTarget
          void look(input.files?.[0]).then(() => {
            input.value = ''
          })
        }}
      />
      {state.value === 'reading' && <p role="status">{t('components.photoReading')}</p>}
    </FieldFrame>
  )
}
