import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { t } from '../../words/t.ts'

/** The way to the safety page, always in the same place. */
export function SafetyCard() {
  return (
    <Card title={t('safety.cardTitle')}>
      <p>{t('safety.cardLead')}</p>
      <LinkButton href="/safety" look="quiet">
        {t('safety.open')}
      </LinkButton>
    </Card>
  )
}
