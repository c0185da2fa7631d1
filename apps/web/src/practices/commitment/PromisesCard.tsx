/** The promises on “Our plan”: how many are open on each side, said alike. */
import { isLive, promisesOf } from '@alongside/practice/commitment/state.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { circle } from '../../device/client.ts'
import { othersIn } from '../../device/people.ts'
import { t } from '../../words/t.ts'

export function PromisesCard() {
  const here = circle.value
  if (here === null) return null
  const openOf = (member: string) => promisesOf(here.state, member).filter(isLive).length
  return (
    <Card title={t('commitment.title')}>
      <ul class="plain-list">
        <li>{t('commitment.openMine', { n: openOf(here.me) })}</li>
        {othersIn(here).map((other) => (
          <li key={other.id}>{t('commitment.openOf', { name: other.name, n: openOf(other.id) })}</li>
        ))}
      </ul>
      <LinkButton href="/plan/promises" look="quiet">
        {t('commitment.openAll')}
      </LinkButton>
    </Card>
  )
}
