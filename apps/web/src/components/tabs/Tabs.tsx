/** Two or three views of one thing, such as a picture and its table. Arrow keys move, following the direction of writing (WAI-ARIA tabs). */
import type { ComponentChildren } from 'preact'
import { useSignal } from '@preact/signals'
import { direction } from '../../words/locale.ts'

export interface Tab {
  readonly id: string
  readonly label: string
  readonly content: ComponentChildren
}

export function Tabs({
  id,
  label,
  tabs,
}: {
  readonly id: string
  readonly label: string
  readonly tabs: readonly Tab[]
}) {
  const chosen = useSignal(tabs[0]?.id ?? '')
  const current = tabs.find((tab) => tab.id === chosen.value) ?? tabs[0]
  if (current === undefined) return null
  const move = (event: KeyboardEvent): void => {
    const forward = direction.value === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const backward = direction.value === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
    const at = tabs.indexOf(current)
    const to =
      event.key === forward
        ? at + 1
        : event.key === backward
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? tabs.length - 1
              : null
    if (to === null) return
    event.preventDefault()
    const next = tabs[(to + tabs.length) % tabs.length]
    if (next === undefined) return
    chosen.value = next.id
    document.getElementById(`${id}-tab-${next.id}`)?.focus()
  }
  return (
    <div class="stack near">
      <div class="inner-tabs" role="tablist" aria-label={label}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.id}`}
            aria-selected={tab === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab === current ? 0 : -1}
            onClick={() => {
              chosen.value = tab.id
            }}
            onKeyDown={move}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${current.id}`} tabIndex={0}>
        {current.content}
      </div>
    </div>
  )
}
