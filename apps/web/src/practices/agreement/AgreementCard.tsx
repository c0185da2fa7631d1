/** The agreement on “Our plan”: how many lines are in force, and how many wait for a yes from here. */
import { liveLines, waitingForMember } from '@alongside/practice/agreement/state.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { circle } from '../../device/client.ts'
import { t } from '../../words/t.ts'

export function AgreementCard() {
  const here = circle.value
  if (here === null || here.state.people.kind !== 'alongside') return null
  const waiting = waitingForMember(here.state, here.me).length
  return (
    <Card title={t('agreement.title')}>
      <p>{t('agreement.inForceCount', { n: liveLines(here.state).length })}</p>
      {waiting > 0 && <p>{t('agreement.waitsForYou', { n: waiting })}</p>}
      <LinkButton href="/plan/agreement" look="quiet">
        {t('agreement.open')}
      </LinkButton>
    </Card>
  )
}
