/** Who can read what is here, in one line. */
import { Icon } from '../../components/icon/Icon.tsx'
import { circle } from '../../device/client.ts'
import { othersIn } from '../../device/people.ts'
import { formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'

export function WhoReads() {
  const here = circle.value
  if (here === null) return null
  const others = othersIn(here).map((one) => one.name)
  return (
    <p class="who-reads">
      <Icon name="lock" />
      <span class="small">
        {others.length === 0 ? t('today.onlyYou') : t('today.onlyYouAnd', { names: formatList(others) })}{' '}
        <a href="/who">{t('today.whoSeesWhat')}</a>
      </span>
    </p>
  )
}
