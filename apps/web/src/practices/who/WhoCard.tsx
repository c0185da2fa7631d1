import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { circle } from '../../device/client.ts'
import { othersIn } from '../../device/people.ts'
import { formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'

/** Who is here, in one line, and the way to the rest. */
export function WhoCard() {
  const here = circle.value
  if (here === null) return null
  const names = othersIn(here).map((one) => one.name)
  return (
    <Card title={t('who.title')}>
      <p>{names.length === 0 ? t('who.onlyYou') : t('who.youAnd', { names: formatList(names) })}</p>
      <LinkButton href="/who" look="quiet">
        {t('who.open')}
      </LinkButton>
    </Card>
  )
}
