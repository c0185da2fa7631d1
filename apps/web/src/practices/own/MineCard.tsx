import { privateNotes } from '@alongside/practice/own/state.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { open } from '../../device/client.ts'
import { t } from '../../words/t.ts'

/** Only mine: how many private notes there are, and the way to them. */
export function MineCard() {
  const device = open.value
  if (device === null) return null
  return (
    <Card title={t('own.title')}>
      <p>{t('own.count', { n: privateNotes(device.own.state).length })}</p>
      <LinkButton href="/mine" look="quiet">
        {t('own.open')}
      </LinkButton>
    </Card>
  )
}
