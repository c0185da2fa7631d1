/** The people a practitioner works alongside, when there is more than one: by name, with the next meeting and what waits, in no ranking. */
import type { CircleView } from '@alongside/device/api.ts'
import { nextEncounter } from '@alongside/practice/encounter/state.ts'
import { Card } from '../../components/card/Card.tsx'
import { chosenCircle, circle, open } from '../../device/client.ts'
import { isGone, nameIn } from '../../device/people.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { useTurns } from './use-turns.ts'

function line(each: CircleView): string {
  const next = nextEncounter(each.state)
  if (next === null) return t('today.noMeeting')
  return next.day === null ? t('today.meetingNoDay') : t('today.meetingOn', { day: formatDay(next.day) })
}

export function PeopleCard() {
  const turns = useTurns()
  const circles = (open.value?.circles ?? []).filter((each) => !isGone(each))
  if (circles.length < 2) return null
  const named = circles
    .map((each) => ({ each, name: nameIn(each, each.state.people.person ?? ''), waits: turns(each).length }))
    .sort((a, b) => a.name.localeCompare(b.name))
  return (
    <Card title={t('today.alongside')}>
      <ul class="row">
        {named.map(({ each, name, waits }) => (
          <li key={each.id}>
            <button
              type="button"
              class={circle.value?.id === each.id ? 'btn' : 'btn quiet'}
              aria-pressed={circle.value?.id === each.id}
              onClick={() => (chosenCircle.value = each.id)}
            >
              <span>
                <bdi>{name}</bdi>
                <br />
                <span class="small">{line(each)}</span>
                {waits > 0 && (
                  <>
                    <br />
                    <span class="small">{t('today.waits', { n: waits })}</span>
                  </>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
