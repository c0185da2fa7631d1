/** What each practice has waiting for the one who holds this device, in any of their circles. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { CircleView } from '@alongside/device/api.ts'
import type { Task } from '../../components/task-list/TaskList.tsx'
import { todayHere, type TurnModule } from '../../shell/turn.ts'
import { loadWords } from '../../words/t.ts'

const modules = import.meta.glob<TurnModule>('../*/turn.ts')

/** `../agreement/turn.ts` → `agreement`. */
const folderOf = (path: string): string => path.split('/').at(-2) ?? ''

/** Answers for a circle; with nothing until the practices and their words have been fetched. */
export function useTurns(): (circle: CircleView) => readonly Task[] {
  const loaded = useSignal<readonly TurnModule[]>([])
  useEffect(() => {
    const paths = Object.keys(modules).sort()
    void Promise.all([...paths.map((path) => modules[path]?.()), loadWords(paths.map(folderOf))]).then((all) => {
      loaded.value = all.filter((one): one is TurnModule => one !== undefined && one !== null)
    })
  }, [])
  return (circle) => loaded.value.flatMap((one) => one.turn(circle, todayHere()))
}
