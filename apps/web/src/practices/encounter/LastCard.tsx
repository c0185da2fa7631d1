/** The last meeting, with what can be done about it. */
import { lastEncounter, talkedIn } from '@alongside/practice/encounter/state.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { circle } from '../../device/client.ts'
import { t } from '../../words/t.ts'
import { whenWords } from './when.ts'

export function LastCard() {
  const here = circle.value
  const last = here === null ? null : lastEncounter(here.state)
  if (here === null || last === null) return null
  const talked = talkedIn(here.state, last.id)
  return (
    <Card title={t('encounter.last')}>
      <p>{whenWords(last)}</p>
      {talked.length > 0 && (
        <ul class="stack close">
          {talked.slice(0, 3).map((item) => (
            <li key={item.id} dir="auto">
              {item.text}
            </li>
          ))}
        </ul>
      )}
      <div class="acts">
        <LinkButton href={`/meeting/${last.id}`} look="quiet">
          {t('encounter.openLast')}
        </LinkButton>
        <LinkButton href={`/notes/${last.id}`} look="quiet">
          {t('encounter.ourNote')}
        </LinkButton>
      </div>
    </Card>
  )
}
