/** A text of the page with ready words offered beside it. They are put in only when asked for, and are there to be changed. */
import { Button } from '../../components/button/Button.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { t } from '../../words/t.ts'
import { hasBlanks } from './page-edit.ts'

export interface ReadyTextProps {
  readonly id: string
  readonly label: string
  readonly hint?: string | undefined
  readonly ready: string
  readonly value: string
  readonly onInput: (text: string) => void
  readonly maxLength: number
  readonly rows?: number
}

export function ReadyText({ id, label, hint, ready, value, onInput, maxLength, rows = 4 }: ReadyTextProps) {
  const start = (): void => {
    onInput(ready)
    requestAnimationFrame(() => document.getElementById(id)?.focus())
  }
  return (
    <div class="stack close">
      <TextArea
        id={id}
        label={label}
        hint={hasBlanks(value) ? t('page.fillBlanks') : hint}
        value={value}
        onInput={onInput}
        rows={rows}
        maxLength={maxLength}
      />
      {value.trim() === '' && ready !== '' && (
        <div>
          <p class="small soft user-text measure">{ready}</p>
          <Button look="words" onPress={start} label={t('page.useReadyFor', { label })}>
            {t('page.useReady')}
          </Button>
        </div>
      )}
    </div>
  )
}
