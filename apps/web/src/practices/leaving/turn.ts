/** What leaving asks of the one who holds this device: new keys that only the person can make, or a goodbye. */
import type { CircleView } from '@alongside/device/api.ts'
import type { Task } from '../../components/task-list/TaskList.tsx'
import { isPerson } from '../../device/people.ts'
import { t } from '../../words/t.ts'
import { endDay } from './when.ts'

export function turn(circle: CircleView): readonly Task[] {
  if (!isPerson(circle) || circle.phase === 'ended') return []
  const { ending } = circle.state.leaving
  return [
    ...(circle.state.people.rekeyOwedSince !== null && !circle.stopping
      ? [{ href: '/leave', title: t('leaving.keysOwed'), note: t('leaving.keysOwedNote') }]
      : []),
    ...(ending !== null && !ending.now
      ? [{ href: '/leave', title: t('leaving.endsOn', { day: endDay(ending.at) }), note: t('leaving.canTakeBack') }]
      : []),
  ]
}
