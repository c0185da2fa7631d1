/** The choices on “Our plan”: how many are open, and how many stand. */
import { allChoices } from '@alongside/practice/ways/state.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { circle } from '../../device/client.ts'
import { t } from '../../words/t.ts'

export function WaysCard() {
  const here = circle.value
  if (here === null || here.state.people.kind !== 'alongside') return null
  const open = allChoices(here.state).filter((choice) => choice.status !== 'made').length
  return (
    <Card title={t('ways.title')}>
      <p>{t('ways.openCount', { n: open })}</p>
      <LinkButton href="/plan/ways" look="quiet">
        {t('ways.openAll')}
      </LinkButton>
    </Card>
  )
}
