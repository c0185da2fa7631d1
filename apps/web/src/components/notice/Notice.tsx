/** A few words that should not be missed: for information, about now, needing a fix, or done. Says it with an icon and words, not colour alone. */
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../icon/Icon.tsx'

export type NoticeKind = 'info' | 'now' | 'fix' | 'done'

export interface NoticeProps {
  readonly kind?: NoticeKind
  readonly title?: string
  readonly children?: ComponentChildren
  /** Said at once by screen readers when it appears (only for what just went wrong). */
  readonly alert?: boolean
}

const ICONS: Readonly<Record<NoticeKind, IconName>> = { info: 'info', now: 'now', fix: 'fix', done: 'check' }

export function Notice({ kind = 'info', title, children, alert = false }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={alert ? 'alert' : undefined}>
      <Icon name={ICONS[kind]} />
      <div class="stack close">
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
    </div>
  )
}
