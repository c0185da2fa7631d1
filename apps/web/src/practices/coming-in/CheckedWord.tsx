/** How it was checked that somebody is who they say, from here and from their side, in words that stay visible. */
import type { CircleView } from '@alongside/device/api.ts'
import { Icon } from '../../components/icon/Icon.tsx'
import { nameIn } from '../../device/people.ts'
import { formatDay } from '../../words/format.ts'
import { momentOf } from '../../words/moment.ts'
import { t } from '../../words/t.ts'
import { latestCheck } from './checks.ts'

export function CheckedWord({ circle, member }: { readonly circle: CircleView; readonly member: string }) {
  const mine = latestCheck(circle, circle.me, member)
  const theirs = latestCheck(circle, member, circle.me)
  const name = nameIn(circle, member)
  const checked = mine !== null && mine.how !== 'notChecked'
  return (
    <div class="stack close">
      <p class={checked ? 'state good' : 'state'}>
        <Icon name={checked ? 'check' : 'info'} />
        {mine === null
          ? t('coming-in.notCheckedYet')
          : t('coming-in.checked', { how: mine.how, day: formatDay(momentOf(mine.at)) })}
      </p>
      {theirs !== null && <p class="small soft">{t('coming-in.theySay', { how: theirs.how, name })}</p>}
    </div>
  )
}
