import { Card } from '../../components/card/Card.tsx'
import { LinkButton } from '../../components/button/Button.tsx'
import { t } from '../../words/t.ts'

/** The way to who may do what, always in the same place. */
export function RightsCard() {
  return (
    <Card title={t('rights.title')}>
      <p>{t('rights.cardLead')}</p>
      <LinkButton href="/rights" look="quiet">
        {t('rights.open')}
      </LinkButton>
    </Card>
  )
}
