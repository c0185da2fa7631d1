import type { CircleView } from '@alongside/device/api.ts'
import { waitingForMember } from '@alongside/practice/agreement/state.ts'
import type { Task } from '../../components/task-list/TaskList.tsx'
import { sideIn } from '../../device/people.ts'
import { t } from '../../words/t.ts'

export function turn(circle: CircleView): readonly Task[] {
  const lines = waitingForMember(circle.state, circle.me)
  const first = lines[0]
  if (first === undefined) return []
  return [
    {
      href: '/plan/agreement',
      title: t('agreement.waitsForYou', { n: lines.length }),
      note: t('agreement.nothingUntilYes'),
      side: sideIn(circle, first.author),
    },
  ]
}
