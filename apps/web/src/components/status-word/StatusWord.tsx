/**
 * Where something written has got to, in words beside an icon, never an icon alone. “The other has it” may
 * only be shown when they have written since; until then it is “no word yet”.
 */
import { standingOf, type SyncView } from '@alongside/device/api.ts'
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

/**
 * Where the entry at `seq` has got to. With a member it says whether they have it or there is no word yet;
 * without one, only how far from this device it is.
 */
export function reachedOf(sync: SyncView, seq: number, member: string | null, name: string): Reached {
  const standing = standingOf(sync, seq, member)
  if (standing === 'othersHave') return { type: 'other', name }
  if (standing === 'reachedRelay') return member === null ? { type: 'relay' } : { type: 'noWord', name }
  return sync.connection === 'live' ? { type: 'here' } : { type: 'waiting' }
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
