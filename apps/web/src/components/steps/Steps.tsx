/** Numbered steps, and which of them is now: for things to do with one's hands, and for where one is in a longer way. */
import type { ComponentChildren } from 'preact'
import { t } from '../../words/t.ts'

export interface Step {
  readonly content: ComponentChildren
  readonly state?: 'done' | 'now' | 'later'
}

export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol class="steps">
      {steps.map((step, at) => (
        <li key={at} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <div>
            {step.content}
            {step.state === 'done' && <span class="vh"> {t('components.stepDone')}</span>}
          </div>
        </li>
      ))}
    </ol>
  )
}
