/** A practitioner is asked to say how a promise stands on its day, before anybody has to ask for it (PRM-7). */
import type { CircleView } from '@alongside/device/api.ts'
import { askedToOwn } from '@alongside/practice/commitment/state.ts'
import type { Task } from '../../components/task-list/TaskList.tsx'
import { sideIn } from '../../device/people.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'

export const turn = (circle: CircleView, today: string): readonly Task[] =>
  askedToOwn(circle.state, circle.me, today).map((promise) => ({
    href: `/plan/promises/${promise.id}`,
    title: t('commitment.sayHow', { text: promise.text }),
    note: t('commitment.wasFor', { day: formatDay(promise.due ?? today) }),
    side: sideIn(circle, promise.owner),
  }))
