/** The way back to the screen above, at the start of a screen. */
import { Icon } from '../../components/icon/Icon.tsx'
import { t } from '../../words/t.ts'

export function Back({ href, children }: { readonly href: string; readonly children?: string }) {
  return (
    <a class="back" href={href}>
      <Icon name="back" />
      {children ?? t('shell.back')}
    </a>
  )
}
