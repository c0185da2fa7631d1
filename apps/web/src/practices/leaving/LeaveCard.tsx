import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { circle } from '../../device/client.ts'
import { isPerson } from '../../device/people.ts'
import { t } from '../../words/t.ts'

/** The way out, always in the same place. */
export function LeaveCard() {
  const here = circle.value
  if (here === null) return null
  return (
    <Card title={isPerson(here) ? t('leaving.titlePerson') : t('leaving.titleOther')}>
      <p>{isPerson(here) ? t('leaving.leadPerson') : t('leaving.leadOther')}</p>
      <LinkButton href="/leave" look="quiet">
        {t('leaving.open')}
      </LinkButton>
    </Card>
  )
}
