/** More for those who want it, closed at first, in the browser's own element. */
import type { ComponentChildren } from 'preact'

export interface DetailsProps {
  readonly summary: string
  readonly open?: boolean
  readonly children: ComponentChildren
}

export function Details({ summary, open, children }: DetailsProps) {
  return (
    <details open={open}>
      <summary>{summary}</summary>
      <div class="stack near scroll">{children}</div>
    </details>
  )
}
