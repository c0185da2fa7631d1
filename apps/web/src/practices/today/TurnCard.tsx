/** Whose turn it is: what each practice has waiting for the one who holds this device. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Card } from '../../components/card/Card.tsx'
import { TaskList } from '../../components/task-list/TaskList.tsx'
import { circle } from '../../device/client.ts'
import { todayHere, type TurnModule } from '../../shell/turn.ts'
import { loadWords, t } from '../../words/t.ts'

const modules = import.meta.glob<TurnModule>('../*/turn.ts')

/** `../agreement/turn.ts` → `agreement`. */
const folderOf = (path: string): string => path.split('/').at(-2) ?? ''

export function TurnCard() {
  const loaded = useSignal<readonly TurnModule[]>([])
  useEffect(() => {
    const paths = Object.keys(modules).sort()
    void Promise.all([...paths.map((path) => modules[path]?.()), loadWords(paths.map(folderOf))]).then((all) => {
      loaded.value = all.filter((one): one is TurnModule => one !== undefined && one !== null)
    })
  }, [])
  const here = circle.value
  if (here === null) return null
  const today = todayHere()
  const tasks = loaded.value.flatMap((one) => one.turn(here, today))
  return (
    <Card title={t('today.yourTurn')}>
      {tasks.length === 0 ? <p class="soft">{t('today.nothingWaits')}</p> : <TaskList tasks={tasks} />}
    </Card>
  )
}
