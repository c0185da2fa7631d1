/** What of the check-ins waits for the one who holds this device. Nothing is asked of somebody who switched it off. */
import type { CircleView } from '@alongside/device/api.ts'
import { askedTwice, unanswered, unsealed } from '@alongside/practice/check-in/state.ts'
import { windowOpen } from '@alongside/practice/encounter/state.ts'
import type { Task } from '../../components/task-list/TaskList.tsx'
import { open } from '../../device/client.ts'
import { nameIn, sideIn } from '../../device/people.ts'
import { t } from '../../words/t.ts'
import { openedOf } from './beside.ts'
import { stepText } from './texts.ts'

export function turn(circle: CircleView): readonly Task[] {
  if (circle.phase !== 'open') return []
  const asks = open.value?.settings.asksHowItWas !== false
  const toSay = unsealed(circle.state, circle.me)
    .filter(
      (encounter) => asks && windowOpen(circle.state, encounter) && openedOf(circle, encounter, circle.me) === null,
    )
    .map((encounter) => ({
      href: `/check-in/${encounter}`,
      title: t('check-in.title'),
      note: t('check-in.turnNote'),
    }))
  const twice = askedTwice(circle.state)
  const toAnswer = unanswered(circle.state, circle.me).map((ask) => {
    const again = twice.some((one) => one.encounter === ask.encounter && one.member === ask.member)
    const change = stepText(ask.step, ask.words)
    return {
      href: `/check-in/${ask.encounter}`,
      title: t('check-in.askedBy', { name: nameIn(circle, ask.member) }),
      note: again ? t('check-in.askedTwiceNote', { change }) : change,
      side: sideIn(circle, ask.member),
    }
  })
  return [...toSay, ...toAnswer]
}
