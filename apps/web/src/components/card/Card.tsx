/** A card: one subject with its heading. `strong` is the one block of indigo a screen may have; `gap` is for what two people see differently. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

export interface CardProps {
  readonly title?: string
  /** Heading level of the title. */
  readonly level?: 2 | 3
  readonly look?: 'plain' | 'strong' | 'gap'
  readonly children: ComponentChildren
}

export function Card({ title, level = 2, look = 'plain', children }: CardProps) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section
      class={`card stack near ${look === 'plain' ? '' : look}`.trim()}
      aria-labelledby={title === undefined ? undefined : id}
    >
      {look === 'strong' && <TwoThreads />}
      {title !== undefined && <Heading id={id}>{title}</Heading>}
      {children}
    </section>
  )
}

/** The two threads running side by side: drawn on the strong card, never a carrier of meaning. */
function TwoThreads() {
  return (
    <svg class="deco" viewBox="50 0 92 240" preserveAspectRatio="none" aria-hidden="true">
      <path
        d="M92 250C92 190 60 170 88 110 104 76 104 40 104 -10"
        fill="none"
        stroke="#6A65B8"
        stroke-width="7"
        vector-effect="non-scaling-stroke"
      />
      <path
        d="M124 250C124 190 92 170 120 110 136 76 136 40 136 -10"
        fill="none"
        stroke="#FFC94D"
        stroke-width="7"
        stroke-dasharray="15 9"
        vector-effect="non-scaling-stroke"
      />
    </svg>
  )
}
