/**
 * Where something written has got to, in words beside an icon, never an icon alone. “The other has it” may
 * only be shown when they have written since; until then it is “no word yet”.
 */
import { t } from '../../words/t.ts'
import { Icon, type IconName } from '../icon/Icon.tsx'

export type Reached =
  | { readonly type: 'here' }
  | { readonly type: 'waiting' }
  | { readonly type: 'relay' }
  | { readonly type: 'other'; readonly name: string }
  | { readonly type: 'noWord'; readonly name: string }

const ICONS: Readonly<Record<Reached['type'], IconName>> = {
  here: 'phone',
  waiting: 'waiting',
  relay: 'relay',
  other: 'check',
  noWord: 'waiting',
}

export function reachedText(reached: Reached): string {
  switch (reached.type) {
    case 'here':
      return t('components.savedHere')
    case 'waiting':
      return t('components.waitingToGo')
    case 'relay':
      return t('components.reachedRelay')
    case 'other':
      return t('components.otherHasIt', { name: reached.name })
    case 'noWord':
      return t('components.noWordYet', { name: reached.name })
  }
}

export function StatusWord({ reached }: { readonly reached: Reached }) {
  return (
    <p class={reached.type === 'other' ? 'state good' : 'state'}>
      <Icon name={ICONS[reached.type]} />
      {reachedText(reached)}
    </p>
  )
}
