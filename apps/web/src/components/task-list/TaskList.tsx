/** What is waiting to be done or opened: each line is one large link, with whose thread it is and a short note. */
import { Icon } from '../icon/Icon.tsx'
import type { ThreadSide } from '../thread-mark/ThreadMark.tsx'

export interface Task {
  readonly href: string
  readonly title: string
  readonly note?: string
  /** Whose thread it belongs to; the title or note must name them too. */
  readonly side?: ThreadSide
}

export function TaskList({ tasks }: { readonly tasks: readonly Task[] }) {
  return (
    <ul class="tasks">
      {tasks.map((task) => (
        <li key={task.href + task.title}>
          <a href={task.href}>
            <span class={task.side === undefined ? undefined : task.side === 'worker' ? 'thread worker' : 'thread'}>
              <strong dir="auto">{task.title}</strong>
              {task.note !== undefined && <span class="small soft">{task.note}</span>}
            </span>
            <Icon name="forward" />
          </a>
        </li>
      ))}
    </ul>
  )
}
