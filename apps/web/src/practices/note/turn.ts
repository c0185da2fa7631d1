/**
 * What waits for a yes before it is kept, and what was kept of the last meeting without a word from here. Older blocks
 * without a word are not asked about: no word may stay no word.
 */
import type { CircleView } from '@alongside/device/api.ts'
import { lastEncounter } from '@alongside/practice/encounter/state.ts'
import { waitingForYes, withoutWordOf, type Block } from '@alongside/practice/note/state.ts'
import type { Task } from '../../components/task-list/TaskList.tsx'
import { sideIn } from '../../device/people.ts'
import { t } from '../../words/t.ts'
import { pathOf } from './titles.ts'

export function turn(circle: CircleView): readonly Task[] {
  const last = lastEncounter(circle.state)?.id ?? null
  const yes = waitingForYes(circle.state, circle.me)
  const word = withoutWordOf(circle.state, circle.me).filter((block) => last !== null && block.encounter === last)
  return [
    ...taskOf(circle, yes, t('note.turnYes', { n: yes.length }), t('note.turnYesNote')),
    ...taskOf(circle, word, t('note.turnWord', { n: word.length }), t('note.turnWordNote')),
  ]
}

function taskOf(circle: CircleView, blocks: readonly Block[], title: string, note: string): readonly Task[] {
  const first = blocks[0]
  return first === undefined
    ? []
    : [{ href: pathOf(first.encounter), title, note, side: sideIn(circle, first.offeredBy) }]
}
