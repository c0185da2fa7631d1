/** What waits about page and places, on Today; and the way there, on More. Only for someone who works beside people. */
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { TaskList, type Task } from '../../components/task-list/TaskList.tsx'
import { open } from '../../device/client.ts'
import { t } from '../../words/t.ts'
import { isOver, numberedPlaces, placeTitle, unanswered } from './places.ts'

/** Places where a question waits, or somebody said yes and is coming in. */
function waiting(): readonly Task[] {
  return numberedPlaces().flatMap((each) => {
    const n = unanswered(each.place)
    if (isOver(each.place)) return []
    const href = `/places/${each.place.id}`
    if (n > 0) return [{ href, title: placeTitle(each), note: t('page.placeWaiting', { n }) }]
    if (each.place.state === 'yes' && each.place.circle === null)
      return [{ href, title: placeTitle(each), note: t('page.placeState', { state: 'yes' }) }]
    return []
  })
}

export function PageTodayCard() {
  const device = open.value
  if (device === null || device.me.side !== 'practitioner') return null
  const tasks = waiting()
  const missing = device.page.missing.length
  const starting = device.circles.length === 0
  const isFree = device.places.some(({ state }) => state === 'free' || state === 'freeAgain')
  if (!starting && missing === 0 && tasks.length === 0) return null
  return (
    <Card title={t('page.cardTitle')}>
      {tasks.length > 0 && <TaskList tasks={tasks} />}
      {missing > 0 && <p>{t('page.cardMissing', { n: missing })}</p>}
      {missing === 0 && starting && tasks.length === 0 && <p>{isFree ? t('page.cardFree') : t('page.cardReady')}</p>}
      <div class="acts">
        <LinkButton href="/page" look={missing > 0 ? 'strong' : 'quiet'}>
          {t('page.title')}
        </LinkButton>
        <LinkButton href="/places" look={missing > 0 ? 'quiet' : 'strong'}>
          {t('page.places')}
        </LinkButton>
      </div>
    </Card>
  )
}

export function PageMoreCard() {
  if (open.value?.me.side !== 'practitioner') return null
  return (
    <Card title={t('page.cardTitle')}>
      <TaskList
        tasks={[
          { href: '/page', title: t('page.title'), note: t('page.moreNote') },
          { href: '/places', title: t('page.places'), note: t('page.placesNote') },
        ]}
      />
    </Card>
  )
}
