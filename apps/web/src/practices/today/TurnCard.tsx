/** Whose turn it is: what each practice has waiting for the one who holds this device. */
import { Card } from '../../components/card/Card.tsx'
import { TaskList } from '../../components/task-list/TaskList.tsx'
import { circle } from '../../device/client.ts'
import { t } from '../../words/t.ts'
import { useTurns } from './use-turns.ts'

export function TurnCard() {
  const turns = useTurns()
  const here = circle.value
  if (here === null) return null
  const tasks = turns(here)
  return (
    <Card title={t('today.yourTurn')}>
      {tasks.length === 0 ? <p class="soft">{t('today.nothingWaits')}</p> : <TaskList tasks={tasks} />}
    </Card>
  )
}
