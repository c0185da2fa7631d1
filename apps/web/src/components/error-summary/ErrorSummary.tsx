/**
 * What needs fixing, above the heading: takes focus when it appears, repeats each message as a link to its
 * field. Nothing that was typed is ever cleared. Renders nothing when there is nothing to fix.
 */
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../words/t.ts'

export interface FieldFault {
  /** The id of the field. */
  readonly field: string
  /** The same words as beside the field. */
  readonly text: string
}

export interface ErrorSummaryProps {
  readonly faults: readonly FieldFault[]
}

function focusField(id: string): void {
  const found = document.getElementById(id)
  const input = found instanceof HTMLFieldSetElement ? found.querySelector('input') : found
  input?.focus()
  input?.scrollIntoView({ block: 'center' })
}

export function ErrorSummary({ faults }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  const key = faults.map((fault) => fault.field + fault.text).join('|')
  useEffect(() => {
    if (key !== '') box.current?.focus()
  }, [key])
  if (faults.length === 0) return null
  return (
    <div class="summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{t('components.fixTitle', { n: faults.length })}</h2>
      <ul>
        {faults.map((fault) => (
          <li key={fault.field}>
            <a
              href={`#${fault.field}`}
              onClick={(event) => {
                event.preventDefault()
                event.stopPropagation()
                focusField(fault.field)
              }}
            >
              {fault.text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
