/** Answers to look over before they go to anyone: name, value, and a way to change each one. */
import { t } from '../../words/t.ts'

export interface SummaryRow {
  readonly label: string
  /** Text of the person's own; shown with their line breaks and direction. */
  readonly value: string
  /** Where the value is changed; adds “Change” with the label for screen readers. */
  readonly changeHref?: string
}

export function SummaryList({ rows }: { readonly rows: readonly SummaryRow[] }) {
  return (
    <dl class="facts">
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd class="user-text" dir="auto">
            {row.value === '' ? t('components.leftEmpty') : row.value}
          </dd>
          {row.changeHref !== undefined && (
            <dd>
              <a class="change" href={row.changeHref}>
                {t('components.change')} <span class="vh">{row.label}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
