/** The way to how it was, on Today, once there has been a meeting. It says nothing of what anybody answered. */
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { circle } from '../../device/client.ts'
import { t } from '../../words/t.ts'
import { myMeetings } from './beside.ts'

export function CheckInCard() {
  const here = circle.value
  if (here === null || myMeetings(here).length === 0) return null
  return (
    <Card title={t('check-in.cardTitle')}>
      <p>{t('check-in.cardLead')}</p>
      <LinkButton href="/check-ins" look="quiet">
        {t('check-in.cardOpen')}
      </LinkButton>
    </Card>
  )
}
