/** Choices that are theirs to make and have ways to choose between, and choices to look at again today. */
import type { CircleView } from '@alongside/device/api.ts'
import { dueToLookAgain, isChooser, waitingForChoice } from '@alongside/practice/ways/state.ts'
import type { Task } from '../../components/task-list/TaskList.tsx'
import { sideIn } from '../../device/people.ts'
import { t } from '../../words/t.ts'

export function turn(circle: CircleView, today: string): readonly Task[] {
  const side = sideIn(circle, circle.me)
  const waiting = waitingForChoice(circle.state, circle.me).map((choice) => ({
    href: `/plan/ways/${choice.id}`,
    title: t('ways.turnChoose', { question: choice.question }),
    note: t('ways.turnChooseNote'),
    side,
  }))
  const again = dueToLookAgain(circle.state, today)
    .filter((choice) => isChooser(circle.state, choice, circle.me))
    .map((choice) => ({
      href: `/plan/ways/${choice.id}`,
      title: t('ways.turnLook', { question: choice.question }),
      note: t('ways.turnLookNote'),
      side,
    }))
  return [...waiting, ...again]
}
